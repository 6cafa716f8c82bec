import { type Address, encodeFunctionData, erc20Abi, type Hex } from "viem";
import type { Reader } from "../chain/reader.ts";
import type { TradePair } from "./types.ts";

export type CalleeRequest = {
  readonly reader: Reader;
  readonly token: Address;
  readonly pair: TradePair;
  /** A fresh account that gets one unit. */
  readonly friend: Address;
};

type Touched = { readonly accessList?: readonly { readonly address: Address }[] };

/**
 * Contracts that a transfer of the token touches besides itself, wherever their addresses come from: what
 * `eth_createAccessList` lists for a transfer out of the pair. Undefined where the node cannot tell.
 */
export async function readCallees({
  reader,
  token,
  pair,
  friend,
}: CalleeRequest): Promise<readonly Address[] | undefined> {
  const data = encodeFunctionData({ abi: erc20Abi, functionName: "transfer", args: [friend, 1n] });
  const call = { from: pair.pair, to: token, data };
  const request = reader.client.request as (args: { method: string; params: unknown }) => Promise<unknown>;
  try {
    const block = `0x${reader.block.toString(16)}`;
    const found = (await request({ method: "eth_createAccessList", params: [call, block] })) as Touched;
    return found.accessList?.map(({ address }) => address);
  } catch {
    return undefined;
  }
}

const [SLOAD, CALL, CALLCODE, DELEGATECALL, STATICCALL] = [0x54, 0xf1, 0xf2, 0xf4, 0xfa];

/** Whether a contract's answers may change: it reads storage or asks others. One that does neither is a fixed function. */
export function canChange(code: Hex): boolean {
  for (let at = 2; at < code.length; at += 2) {
    const op = Number.parseInt(code.slice(at, at + 2), 16);
    if ([SLOAD, CALL, CALLCODE, DELEGATECALL, STATICCALL].includes(op)) return true;
    if (op >= 0x60 && op <= 0x7f) at += (op - 0x5f) * 2;
  }
  return false;
}
