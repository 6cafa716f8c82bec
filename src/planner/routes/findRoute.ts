import { zeroAddress } from "viem";
import type { Alternative } from "../../domain/plan.ts";
import type { Quote, SwapLeg } from "../../domain/quote.ts";
import { isSwapVenue, type SwapVenue } from "../../protocols/swapVenue.ts";
import type { Route, RouteRequest } from "../types.ts";
import { type Curves, createCurves, sliceOf } from "./curves.ts";
import { describeAlternatives } from "./describe.ts";
import { InsufficientLiquidityError, NoRouteError } from "./errors.ts";
import { approvalGas, gasUsdE8, gasValuer } from "./gasValue.ts";
import { optimise, type Share } from "./optimise.ts";
import { type Candidate, findPaths } from "./paths.ts";

export type FoundRoute = Route & {
  /** Gas of all calls, approvals included, in US dollars (1e8 = $1); undefined without a price of the native coin. */
  readonly gasUsdE8?: bigint;
  readonly alternatives: readonly Alternative[];
};

/**
 * The best way through all pools for one amount at the reader's block, after gas: split over paths of one and two hops,
 * fee tiers and versions, in steps of 1 %. One quote per protocol used; their amounts add up to the amount asked.
 * Wrapping is not routing: ETH and WETH are the same end.
 * Errors: NoRouteError, InsufficientLiquidityError.
 */
export async function findRoute(request: RouteRequest): Promise<FoundRoute> {
  const { reader, sell, buy, side, amount } = request;
  const fixed = side === "sell" ? sell : buy;
  const venues = allowedVenues(request);
  const candidates = amount > 0n ? await findPaths({ reader, venues, sell, buy }) : [];
  if (candidates.length === 0) throw new NoRouteError(sell, buy, facts(venues, amount));
  const curves = createCurves(reader, side, amount);
  await curves.ask(candidates.map((candidate) => ({ candidate, percents: [10, 100] })));
  const gasValue = gasValuer(request, parity(candidates, curves, amount));
  const venueGas = (venue: SwapVenue) => venue.baseGas + approvalGas(request);
  const split = await optimise(candidates, { curves, side, gasValue, venueGas });
  if (split === undefined) throw new InsufficientLiquidityError(sell, buy, fixed, amount);
  const shares = split.shares.filter(({ percent }) => percent > 0);
  const quotes = await quoteShares(request, shares);
  const gas = quotes.reduce((total, quote) => total + quote.gas + approvalGas(request), 0n);
  const cost = gasUsdE8(request, gas);
  return {
    quotes,
    totalGets: total(quotes.map((quote) => quote.gets)),
    totalPays: total(quotes.map((quote) => quote.pays)),
    alternatives: describeAlternatives({ candidates, shares, curves, request, gasValue }),
    ...(cost === undefined ? {} : { gasUsdE8: cost }),
  };
}

function allowedVenues({ protocols, allow, deny }: RouteRequest): readonly SwapVenue[] {
  return protocols
    .filter(isSwapVenue)
    .filter(({ id }) => (allow === undefined || allow.includes(id)) && !(deny ?? []).includes(id));
}

/** One final quote per protocol; rounding of the percentages goes to the largest leg. */
async function quoteShares(request: RouteRequest, shares: readonly Share[]): Promise<readonly Quote[]> {
  const { reader, side, sell, buy, amount, slippageBps } = request;
  const largest = shares.reduce((a, b) => (b.percent > a.percent ? b : a));
  const rest = shares
    .filter((share) => share !== largest)
    .reduce((left, { percent }) => left - sliceOf(amount, percent), amount);
  const legOf = (share: Share): SwapLeg => ({
    path: share.candidate.path,
    amount: share === largest ? rest : sliceOf(amount, share.percent),
  });
  const venues = [...new Set(shares.map(({ candidate }) => candidate.venue))];
  return Promise.all(
    venues.map((venue) => {
      const legs = shares.filter(({ candidate }) => candidate.venue === venue).map(legOf);
      return venue.quote(reader, { type: "swap", side, sell, buy, legs, slippageBps }, zeroAddress);
    }),
  );
}

/** Worth of the whole amount on the other side, by the best single path; lets gas be valued without an oracle. */
function parity(candidates: readonly Candidate[], curves: Curves, amount: bigint) {
  for (const percent of [100, 10]) {
    const amounts = candidates.flatMap((candidate) => curves.at(candidate, percent)?.amount ?? []);
    const [first] = amounts.sort((a, b) => (a > b ? -1 : 1));
    if (first !== undefined) return { fixed: sliceOf(amount, percent), variable: first };
  }
  return undefined;
}

const total = (sides: readonly Quote["gets"][]): bigint => sides.flat().reduce((sum, { amount }) => sum + amount, 0n);

const facts = (venues: readonly SwapVenue[], amount: bigint): readonly string[] => [
  `protocols searched: ${venues.map(({ id }) => id).join(", ") || "none"}`,
  ...(amount > 0n ? [] : ["amount is zero"]),
];
