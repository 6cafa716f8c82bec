import type { Alternative } from "../../domain/plan.ts";
import type { PathQuote } from "../../protocols/swapVenue.ts";
import { formatAmount } from "../format.ts";
import type { RouteRequest } from "../types.ts";
import type { Curves } from "./curves.ts";
import type { GasValue } from "./gasValue.ts";
import type { Share } from "./optimise.ts";
import type { Candidate } from "./paths.ts";

/** Rejected paths that are worth showing. */
const SHOWN = 5;

/** The chosen paths with their shares, then the best single paths that were not taken and what they would have given. */
export function describeAlternatives(input: {
  readonly candidates: readonly Candidate[];
  readonly shares: readonly Share[];
  readonly curves: Curves;
  readonly request: RouteRequest;
  /** Base units of the optimised token that so much gas is worth; undefined = gas cannot be valued here. */
  readonly gasValue: GasValue;
}): readonly Alternative[] {
  const { candidates, shares, curves, request, gasValue } = input;
  const chosen = shares.map(({ candidate, percent }): Alternative => {
    const share = percent === 100 ? "" : `${percent} % `;
    const reason = percent === 100 ? `chosen: ${reasonOf(curves.at(candidate, 100), request, gasValue)}` : "chosen";
    return { ...subject(candidate, `${share}${pathLabel(candidate)}`, request), chosen: true, reason };
  });
  const taken = new Set(shares.map(({ candidate }) => candidate));
  const ranked = candidates
    .filter((candidate) => !taken.has(candidate))
    .map((candidate) => ({ candidate, quote: curves.at(candidate, 100) }))
    .sort((a, b) => rank(a.quote?.amount, b.quote?.amount, request.side));
  const rejected = ranked.slice(0, SHOWN).map(
    ({ candidate, quote }): Alternative => ({
      ...subject(candidate, pathLabel(candidate), request),
      chosen: false,
      reason: reasonOf(quote, request, gasValue),
    }),
  );
  return [...chosen, ...rejected];
}

/** What the whole amount would give or cost on this path alone, before and after the gas of its leg. */
function reasonOf(quote: PathQuote | undefined, { side, sell, buy }: RouteRequest, gasValue: GasValue): string {
  if (quote === undefined) return "its pools cannot fill the amount";
  const gas = gasValue?.(quote.gas);
  const [verb, token, net] =
    side === "sell"
      ? (["gives", buy, quote.amount - (gas ?? 0n)] as const)
      : (["costs", sell, quote.amount + (gas ?? 0n)] as const);
  const alone = `alone it ${verb} ${formatAmount(quote.amount, token)}`;
  return gas === undefined ? alone : `${alone}, ${formatAmount(net, token)} after gas`;
}

/** "WETH → 0.05 % → USDC". */
function pathLabel({ path }: Candidate): string {
  const [first, ...rest] = path.tokens;
  const hops = rest.map((token, index) => `→ ${percentOf(path.pools[index]?.feePips ?? 0)} → ${token.symbol}`);
  return [first?.symbol ?? "?", ...hops].join(" ");
}

const percentOf = (pips: number): string => `${pips / 10_000} %`;

const subject = (candidate: Candidate, label: string, { buy }: RouteRequest) => ({
  label,
  protocol: candidate.venue.id,
  asset: buy.symbol,
});

/** Best first; paths that cannot fill last. */
function rank(a: bigint | undefined, b: bigint | undefined, side: "sell" | "buy"): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  const ahead = side === "sell" ? a > b : a < b;
  return ahead ? -1 : a === b ? 0 : 1;
}
