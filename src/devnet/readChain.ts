import { type Client, decodeFunctionResult, encodeFunctionData, type Hex } from "viem";
import { type BuildCall, request } from "./build/builder.ts";

/** Reads one contract value at the latest block; the caller names the result's type. */
export async function readChain<T>(client: Client, call: Omit<BuildCall, "from" | "value">): Promise<T> {
  const args = [...(call.args ?? [])];
  const data = encodeFunctionData({ abi: call.abi, functionName: call.fn, args });
  const result = await request<Hex>(client, "eth_call", [{ to: call.to, data }, "latest"]);
  return decodeFunctionResult({ abi: call.abi, functionName: call.fn, data: result, args }) as T;
}
