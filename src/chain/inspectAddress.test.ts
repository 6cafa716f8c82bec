import { decodeFunctionData, encodeFunctionResult, type Hex, pad, parseAbi } from "viem";
import { expect, test } from "vitest";
import { NATIVE_ADDRESS } from "../domain/token.ts";
import { multicall3Abi } from "./abis/multicall3.ts";
import { inspectAddress } from "./inspectAddress.ts";
import type { Reader } from "./reader.ts";

const abi = parseAbi([
  "function name() view returns (string)",
  "function symbol() view returns (string)",
  "function decimals() view returns (uint8)",
  "function totalSupply() view returns (uint256)",
]);

test("behavior: an answer that no call can hold leaves the others", async () => {
  const call = async ({ data }: { data: Hex }) => {
    const { args } = decodeFunctionData({ abi: multicall3Abi, data });
    const [first] = (args?.[0] ?? []) as readonly { callData: Hex }[];
    const { functionName } = decodeFunctionData({ abi, data: first?.callData ?? "0x" });
    if (functionName === "name") throw new RangeError("out of gas");
    const result = [{ success: true, returnData: pad("0x06", { size: 32 }) }];
    return { data: encodeFunctionResult({ abi: multicall3Abi, functionName: "aggregate3", result }) };
  };
  const client = { call, getCode: async () => "0x60", getStorageAt: async () => pad("0x", { size: 32 }) };
  const reader = { block: 1n, addresses: { multicall3: NATIVE_ADDRESS }, client } as unknown as Reader;
  const inspected = await inspectAddress(reader, NATIVE_ADDRESS);
  expect(inspected).toMatchObject({ codeBytes: 1, decimals: 6, totalSupply: 6n });
  expect(inspected.name).toBeUndefined();
});
