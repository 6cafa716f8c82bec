import { decodeFunctionResult, encodeFunctionData, type Hex } from "viem";
import { multicall3Abi } from "./abis/multicall3.ts";
import type { Reader } from "./reader.ts";

export type RawCall = { readonly target: `0x${string}`; readonly callData: Hex };

/** Result of one call inside the batch; undefined = it reverted. */
export type RawResult = Hex | undefined;

/**
 * Many raw calls at the reader's block through Multicall3, a failing one does not fail the rest.
 * Chunks run in parallel; `callsPerRequest` keeps one eth_call below the gas that public nodes allow (50M by default in geth).
 * Meant for heavy calls such as quotes, where viem's per-call overhead would dominate.
 */
export async function aggregate(
  reader: Reader,
  calls: readonly RawCall[],
  options: { readonly callsPerRequest: number },
): Promise<readonly RawResult[]> {
  const chunks: RawCall[][] = [];
  for (let at = 0; at < calls.length; at += options.callsPerRequest)
    chunks.push(calls.slice(at, at + options.callsPerRequest));
  const results = await Promise.all(chunks.map((chunk) => aggregateChunk(reader, chunk)));
  return results.flat();
}

async function aggregateChunk(reader: Reader, calls: readonly RawCall[]): Promise<readonly RawResult[]> {
  const data = encodeFunctionData({
    abi: multicall3Abi,
    functionName: "aggregate3",
    args: [calls.map((call) => ({ ...call, allowFailure: true }))],
  });
  const answer = await reader.client.call({
    to: reader.addresses.multicall3,
    data,
    blockNumber: reader.block,
    batch: false,
  });
  const results = decodeFunctionResult({ abi: multicall3Abi, functionName: "aggregate3", data: answer.data ?? "0x" });
  return results.map(({ success, returnData }) => (success ? returnData : undefined));
}
