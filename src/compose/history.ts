import type { Address } from "viem";
import type { Reader } from "../chain/reader.ts";
import type { PaymentHistory } from "../domain/evidence.ts";
import { ownPayments } from "../evidence/ownPayments.ts";
import { type ReadHistory, readHistory, withOwnPayments } from "../evidence/readHistory.ts";
import type { ChainParts } from "./chain.ts";
import type { StorageParts } from "./storage.ts";

type Parts = {
  readonly chain: Pick<ChainParts, "protocols">;
  readonly storage: Pick<StorageParts, "executions">;
};

/** Histories kept: a plan is judged three times at one block, and its events are read once. */
const KEPT = 16;

/** What the owner paid before: the chain's events up to the plan's block and our own mined calls. */
export function composeHistory({ chain, storage }: Parts): ReadHistory {
  const kept = new Map<string, Promise<PaymentHistory>>();
  const ofChain = (reader: Reader, owner: Address): Promise<PaymentHistory> => {
    const key = `${reader.chainId} ${reader.blockHash} ${owner.toLowerCase()}`;
    const found = kept.get(key);
    if (found !== undefined) return found;
    const read = readHistory(reader, owner);
    kept.set(key, read);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    // A read that failed, or that the node refused in part, is tried again the next time.
    read.then(({ complete }) => complete || kept.delete(key)).catch(() => kept.delete(key));
    return read;
  };
  return async (reader, owner) => {
    const options = { protocols: chain.protocols, wrappedNative: reader.addresses.wrappedNative };
    const [history, executed] = await Promise.all([
      ofChain(reader, owner),
      storage.executions.executed(owner, reader.chainId),
    ]);
    return withOwnPayments(history, ownPayments(options, executed));
  };
}
