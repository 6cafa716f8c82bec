import type { Evidence } from "../src/domain/evidence.ts";
import type { Finding, Severity } from "../src/domain/verdict.ts";
import { isPositionToken } from "./conformance/flows.ts";
import { listedToken, sameAddress } from "./lib/assets.ts";
import { shortfallBps, showUsd, usdOf } from "./lib/money.ts";
import type { Mandate } from "./mandate.ts";
import type { Policy } from "./policy.ts";

const id = "value-loss";
/** Calls that turn assets into others. What is sent, lent or repaid changes its place and is judged elsewhere. */
const TURNING = new Set(["swap", "wrap", "unwrap", "approve"]);

/**
 * What all swaps of a plan take and give together in the simulation, at oracle prices: several losses that pass one by one
 * add up. Above `warnBps` asks, above `denyBps` denies; a listed token without a price denies. What is on no list has no
 * price: the total cannot be known, and `priceImpact` asks about that swap.
 */
export const valueLoss: Policy<Mandate["valueLoss"]> = {
  id,
  reads: "simulation",
  rule: (mandate) => mandate.valueLoss,
  check(evidence, { warnBps, denyBps }) {
    const object = (severity: Severity, code: string, text: string): readonly Finding[] => [
      { code, severity, subject: evidence.plan.summary, evidence: text, source: id },
    ];
    const moved = turned(evidence);
    const unpriced = moved.filter(({ usdE8 }) => usdE8 === undefined);
    if (unpriced.some(({ asset }) => listedToken(evidence, asset) !== undefined))
      return object("block", `${id}.no-price`, "something that a swap moves has no oracle price");
    if (unpriced.length > 0) return [];
    const paid = moved.reduce((sum, { usdE8 = 0n }) => (usdE8 < 0n ? sum - usdE8 : sum), 0n);
    const got = moved.reduce((sum, { usdE8 = 0n }) => (usdE8 > 0n ? sum + usdE8 : sum), 0n);
    if (paid === 0n) return [];
    const lossBps = shortfallBps(paid, got);
    const text = `the swaps of this plan together pay ${showUsd(paid)} and get ${showUsd(got)} at oracle prices: ${lossBps} bps lost`;
    if (lossBps > BigInt(denyBps)) return object("danger", id, `${text}, limit ${denyBps}`);
    return lossBps > BigInt(warnBps) ? object("warn", id, `${text}, limit ${warnBps}`) : [];
  },
};

/** Net change of each asset over the calls that turn assets into others, in signed US dollars; undefined without a price. */
function turned(evidence: Evidence): readonly { readonly asset: string; readonly usdE8: bigint | undefined }[] {
  const net = new Map<string, bigint>();
  for (const { effect, callIndex } of evidence.decoded) {
    if (effect === undefined || !TURNING.has(effect.type)) continue;
    for (const { token, holder, delta } of evidence.simulation?.calls[callIndex]?.changes ?? []) {
      if (!sameAddress(holder, evidence.plan.account) || isPositionToken(evidence, token.address)) continue;
      const key = token.address.toLowerCase();
      net.set(key, (net.get(key) ?? 0n) + delta);
    }
  }
  return [...net]
    .filter(([, delta]) => delta !== 0n)
    .map(([asset, delta]) => ({ asset, usdE8: usdOf(evidence, asset, delta) }));
}
