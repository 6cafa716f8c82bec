import type { Address } from "viem";
import type { Plan } from "../../domain/plan.ts";
import type { Oddity } from "../../domain/simulation.ts";
import type { Token } from "../../domain/token.ts";
import type { StepLog } from "../types.ts";
import type { Observed } from "./layout.ts";
import { type Draft, realised } from "./settle.ts";
import { isAddressWord, TRANSFER } from "./watch.ts";

type Parts = {
  readonly plan: Plan;
  readonly draft: Draft;
  readonly seen: Observed;
  readonly wrappedNative: Address;
  readonly tokenOf: (address: Address) => Token;
};

/** Claimed and real movement may differ by this share before it is worth saying: rebasing tokens round. */
const TOLERANCE_DIVISOR = 1000n;

/**
 * Where events claim another movement than balances show (fee on transfer, a token that lies). Balances decide; this is
 * only said. Wrapped native coins are left out: their deposits and withdrawals emit no Transfer. Empty without events.
 */
export function findOddities({ plan, draft, seen, wrappedNative, tokenOf }: Parts): readonly Oddity[] {
  return seen.calls.flatMap((call, index) => {
    if (!call.ok || !call.logs) return [];
    const claimed = claims(call.logs, plan.account);
    return realised(draft.watch, seen, index).flatMap(({ asset, delta }) => {
      const claim = claimed.get(asset.toLowerCase());
      if (claim === undefined || asset.toLowerCase() === wrappedNative.toLowerCase()) return [];
      const gap = claim > delta ? claim - delta : delta - claim;
      if (gap * TOLERANCE_DIVISOR <= (claim < 0n ? -claim : claim) && (claim === 0n) === (delta === 0n)) return [];
      const token = tokenOf(asset as Address);
      const text = `call ${index}: events of ${token.symbol} (${asset}) claim ${claim}, the balance changed by ${delta}`;
      return [{ asset: token.address, text }];
    });
  });
}

/** Net movement of the owner per token, by its Transfer events alone. */
function claims(logs: readonly StepLog[], owner: Address): ReadonlyMap<string, bigint> {
  const totals = new Map<string, bigint>();
  for (const log of logs) {
    const [event, from, to] = log.topics;
    if (event !== TRANSFER || !from || !to || log.topics.length !== 3 || log.data.length !== 66) continue;
    const amount = BigInt(log.data);
    const moved = (isAddressWord(to, owner) ? amount : 0n) - (isAddressWord(from, owner) ? amount : 0n);
    if (!isAddressWord(to, owner) && !isAddressWord(from, owner)) continue;
    const key = log.address.toLowerCase();
    totals.set(key, (totals.get(key) ?? 0n) + moved);
  }
  return totals;
}
