import { type Address, BaseError, type Hex, isHex } from "viem";
import type { Reader } from "../../chain/reader.ts";

/** What the contract answered: its return data, or the revert data (undefined = no reason given). */
export type DryRun =
  | { readonly ok: true; readonly data: Hex | undefined }
  | { readonly ok: false; readonly revert: Hex | undefined };

/**
 * Runs one call by eth_call from `from` at the reader's block. For calls that pull no tokens (withdraw, borrow), so
 * that no balance or allowance has to exist. An unreachable node throws.
 */
export async function dryRun(
  reader: Reader,
  call: { readonly from: Address; readonly to: Address; readonly data: Hex },
): Promise<DryRun> {
  try {
    const { data } = await reader.client.call({
      account: call.from,
      to: call.to,
      data: call.data,
      blockNumber: reader.block,
    });
    return { ok: true, data };
  } catch (error) {
    const revert = revertData(error);
    if (revert === undefined) throw error;
    return { ok: false, revert: revert === "0x" ? undefined : revert };
  }
}

/** Revert data inside viem's cause chain; "0x" for a revert without data; undefined when nothing says "reverted". */
function revertData(error: unknown): Hex | undefined {
  if (!(error instanceof BaseError)) return undefined;
  const holder = error.walk((cause) => cause instanceof Error && "data" in cause && isHex(cause.data));
  if (holder !== null && "data" in holder && isHex(holder.data)) return holder.data;
  const reverted = error.walk((cause) => cause instanceof Error && /revert/i.test(cause.message));
  return reverted === null ? undefined : "0x";
}
