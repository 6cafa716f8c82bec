import type { Effect } from "../src/domain/effect.ts";
import type { Evidence } from "../src/domain/evidence.ts";
import type { Quote } from "../src/domain/quote.ts";
import { assetKey, assetName } from "./lib/assets.ts";
import type { Policy } from "./policy.ts";

const id = "slippage-floor";
type Swap = Extract<Effect, { type: "swap" }>;

/** Every swap has a floor (or ceiling) within the allowed distance from its quote, and an on-chain deadline of this plan. */
export const slippageFloor: Policy<number> = {
  id,
  reads: "plan",
  rule: (mandate) => mandate.maxSlippageBps,
  check: (evidence, mandateBps) => {
    const said = evidence.plan.intent.constraints?.maxSlippageBps;
    const maxBps = Math.floor(Math.min(mandateBps, said === undefined ? mandateBps : Number(said)));
    return evidence.decoded.flatMap(({ effect }) => {
      if (effect?.type !== "swap") return [];
      const subject = `${assetName(evidence, effect.sell)} → ${assetName(evidence, effect.buy)}`;
      const problems = [...floorProblems(evidence, effect, BigInt(maxBps)), ...deadlineProblems(evidence, effect)];
      return problems.map((text) => ({ code: id, severity: "danger" as const, subject, evidence: text, source: id }));
    });
  },
};

function floorProblems(evidence: Evidence, swap: Swap, maxBps: bigint): readonly string[] {
  if (swap.buyAmount === 0n) return ["the swap accepts any output: its floor is 0"];
  const quotes = evidence.plan.quotes.filter((quote) => matches(evidence, quote, swap));
  if (quotes.length === 0) return ["no quote of this plan stands behind the swap"];
  const within = quotes.some((quote) => {
    const quoted = (swap.side === "sell" ? quote.gets : quote.pays)[0]?.amount ?? 0n;
    if (quoted === 0n) return false;
    if (swap.side === "sell") return swap.buyAmount >= (quoted * (10_000n - maxBps)) / 10_000n;
    return swap.sellAmount <= (quoted * (10_000n + maxBps) + 9_999n) / 10_000n;
  });
  if (within) return [];
  const limit = swap.side === "sell" ? `floor ${swap.buyAmount}` : `ceiling ${swap.sellAmount}`;
  return [`${limit} is more than ${maxBps} bps away from the quote`];
}

/** Same protocol, pair, side and fixed amount. */
function matches(evidence: Evidence, quote: Quote, swap: Swap): boolean {
  const { action } = quote;
  if (action.type !== "swap" || quote.protocol !== swap.protocol || action.side !== swap.side) return false;
  if (assetKey(evidence, action.sell.address) !== assetKey(evidence, swap.sell)) return false;
  if (assetKey(evidence, action.buy.address) !== assetKey(evidence, swap.buy)) return false;
  const fixed = action.legs.reduce((sum, leg) => sum + leg.amount, 0n);
  return fixed === (swap.side === "sell" ? swap.sellAmount : swap.buyAmount);
}

function deadlineProblems({ nowSeconds, plan }: Evidence, swap: Swap): readonly string[] {
  const { deadlineSeconds } = swap;
  if (deadlineSeconds === undefined) return ["the swap has no deadline"];
  if (deadlineSeconds <= nowSeconds) return [`the deadline ${deadlineSeconds} is over (now ${nowSeconds})`];
  if (deadlineSeconds > plan.deadlineSeconds)
    return [`the deadline ${deadlineSeconds} is later than the plan's ${plan.deadlineSeconds}`];
  return [];
}
