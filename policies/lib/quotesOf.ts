import type { Effect } from "../../src/domain/effect.ts";
import type { Evidence } from "../../src/domain/evidence.ts";
import type { Quote } from "../../src/domain/quote.ts";
import { assetKey } from "./assets.ts";

export type SwapEffect = Extract<Effect, { type: "swap" }>;

/** Quotes of the plan that may stand behind a swap: same protocol, pair, side and fixed amount. */
export function quotesOf(evidence: Evidence, swap: SwapEffect): readonly Quote[] {
  return evidence.plan.quotes.filter((quote) => matches(evidence, quote, swap));
}

function matches(evidence: Evidence, { action, protocol }: Quote, swap: SwapEffect): boolean {
  if (action.type !== "swap" || protocol !== swap.protocol || action.side !== swap.side) return false;
  if (assetKey(evidence, action.sell.address) !== assetKey(evidence, swap.sell)) return false;
  if (assetKey(evidence, action.buy.address) !== assetKey(evidence, swap.buy)) return false;
  const fixed = action.legs.reduce((sum, leg) => sum + leg.amount, 0n);
  return fixed === (swap.side === "sell" ? swap.sellAmount : swap.buyAmount);
}
