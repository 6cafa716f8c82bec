import { BaseError, type Hex, isHex, type Transaction } from "viem";
import type { Reader } from "../chain/reader.ts";
import { decodeRevert } from "../chain/revert.ts";

/**
 * Why a mined transaction failed, by running it once more on the block before its own. That state need not be the one it
 * met; undefined where it does not fail there, or the node keeps no state that old.
 */
export async function readRevert(
  { client }: Reader,
  { from, to, input, value, blockNumber }: Transaction,
): Promise<string | undefined> {
  if (blockNumber === null || blockNumber === 0n) return undefined;
  try {
    await client.call({ account: from, to, data: input, value, blockNumber: blockNumber - 1n });
    return undefined;
  } catch (error) {
    const data = revertData(error);
    return data === undefined ? undefined : decodeRevert(data).message;
  }
}

function revertData(error: unknown): Hex | undefined {
  if (!(error instanceof BaseError)) return undefined;
  const holder = error.walk((cause) => cause instanceof Error && "data" in cause && isHex(cause.data));
  return holder !== null && "data" in holder && isHex(holder.data) ? holder.data : undefined;
}
