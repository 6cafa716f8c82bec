import type { Alternative } from "../../domain/plan.ts";
import { formatAmount } from "../format.ts";
import type { RouteRequest } from "../types.ts";
import type { Curves } from "./curves.ts";
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
}): readonly Alternative[] {
  const { candidates, shares, curves, request } = input;
  const chosen = shares.map(({ candidate, percent }): Alternative => {
    const share = percent === 100 ? "" : `${percent} % `;
    return { ...subject(candidate, `${share}${pathLabel(candidate)}`, request), chosen: true, reason: "chosen" };
  });
  const taken = new Set(shares.map(({ candidate }) => candidate));
  const ranked = candidates
    .filter((candidate) => !taken.has(candidate))
    .map((candidate) => ({ candidate, amount: curves.at(candidate, 100)?.amount }))
    .sort((a, b) => rank(a.amount, b.amount, request.side));
  const rejected = ranked.slice(0, SHOWN).map(
    ({ candidate, amount }): Alternative => ({
      ...subject(candidate, pathLabel(candidate), request),
      chosen: false,
      reason: reasonOf(amount, request),
    }),
  );
  return [...chosen, ...rejected];
}

function reasonOf(amount: bigint | undefined, { side, sell, buy }: RouteRequest): string {
  if (amount === undefined) return "its pools cannot fill the amount";
  return side === "sell"
    ? `alone it gives ${formatAmount(amount, buy)}`
    : `alone it costs ${formatAmount(amount, sell)}`;
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
