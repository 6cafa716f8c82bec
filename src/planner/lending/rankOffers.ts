import { IntendantError } from "../../domain/error.ts";
import type { LendMarket } from "../../domain/market.ts";
import type { Alternative } from "../../domain/plan.ts";
import type { Quote } from "../../domain/quote.ts";
import { protocolOf } from "../calls.ts";
import { NoMarketError } from "../errors.ts";
import { formatApy } from "../format.ts";
import { CALL_GAS, gasUsdE8 } from "../gas.ts";
import type { Context } from "../types.ts";
import { netApyWad } from "./netApy.ts";

/** One market that could take the deposit, and what getting there costs; or why it cannot be reached. */
export type Offer =
  | {
      readonly market: LendMarket;
      /** Base units of the market's asset that would be deposited. */
      readonly amount: bigint;
      /** Value given up, and costs so far (swap loss, swap gas); US dollars, 1e8 = $1. */
      readonly committedUsdE8: bigint;
      readonly costUsdE8: bigint;
    }
  | { readonly market: LendMarket; readonly rejected: string };

export type Ranked = {
  readonly market: LendMarket;
  readonly quote: Quote;
  readonly netApyWad: bigint;
  readonly grossApyWad: bigint;
};

/**
 * Every offer priced by its contract's own what-if rate after this deposit, best net yield first; ties go to the
 * cheaper gas, then to the market's id, so that the same block gives the same plan.
 * Throws NoMarketError with every reason when no market takes the deposit.
 */
export async function rankOffers(
  context: Context,
  offers: readonly Offer[],
): Promise<{
  readonly best: Ranked;
  readonly ranked: readonly Ranked[];
  readonly alternatives: readonly Alternative[];
}> {
  const judged = await Promise.all(offers.map((offer) => judge(context, offer)));
  const ranked = judged
    .filter((one): one is Ranked => "quote" in one)
    .sort(
      (a, b) =>
        compare(b.netApyWad, a.netApyWad) || compare(a.quote.gas, b.quote.gas) || (a.market.id < b.market.id ? -1 : 1),
    );
  const rejected = judged.filter((one): one is Rejected => "rejected" in one);
  const [best] = ranked;
  if (best === undefined)
    throw new NoMarketError("No market takes this deposit: try another asset, amount or protocol.", {
      facts: rejected.map(({ market, rejected }) => `${market.label}: ${rejected}`),
    });
  const alternatives = [
    ...ranked.map((one) => describe(one, best)),
    ...rejected.map(({ market, rejected }) => ({ ...place(market), chosen: false, reason: rejected })),
  ];
  return { best, ranked, alternatives };
}

type Rejected = Extract<Offer, { rejected: string }>;

async function judge(context: Context, offer: Offer): Promise<Ranked | Rejected> {
  if ("rejected" in offer) return offer;
  const { market, amount } = offer;
  if (!market.canSupply) return { market, rejected: market.notes.join("; ") || "takes no deposits" };
  try {
    const action = { type: "supply", marketId: market.id, asset: market.asset, amount } as const;
    const quote = await protocolOf(context, market.protocol).quote(context.reader, action, context.account);
    const grossApyWad = quote.apyAfterWad ?? market.supplyApyWad;
    const gas = quote.gas + BigInt(quote.approvals.length) * CALL_GAS.approve;
    const cost = offer.costUsdE8 + (await gasUsdE8(context, gas));
    const terms = { grossApyWad, cost, committed: offer.committedUsdE8, horizonDays: context.horizonDays };
    return { market, quote, grossApyWad, netApyWad: netApyWad(terms) };
  } catch (error) {
    return { market, rejected: refusal(error) };
  }
}

/** What a market or a route said when it refused. An unreachable node is no refusal: it stops the plan. */
export function refusal(error: unknown): string {
  if (error instanceof IntendantError && error.retry !== "same") return error.message;
  throw error;
}

function describe(one: Ranked, best: Ranked): Alternative {
  const { netApyWad, grossApyWad } = one;
  const behind = formatApy(best.netApyWad - netApyWad);
  const reason = one === best ? "chosen" : `${behind} a year less after costs`;
  return { ...place(one.market), netApyWad, grossApyWad, chosen: one === best, reason };
}

function place(market: LendMarket) {
  return { label: market.label, protocol: market.protocol, marketId: market.id, asset: market.asset.symbol };
}

function compare(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
