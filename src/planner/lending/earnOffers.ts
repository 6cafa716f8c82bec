import type { LendMarket } from "../../domain/market.ts";
import { sameToken, type Token } from "../../domain/token.ts";
import { CALL_GAS, gasUsdE8 } from "../gas.ts";
import { ask } from "../steps/swapFunds.ts";
import type { Context, Route, Sized } from "../types.ts";
import { type Offer, refusal } from "./rankOffers.ts";

/**
 * Every market as an offer for the funds: one route per distinct asset, its loss against the oracle and its gas as cost.
 * `costs = value given − value that arrives + gas`, US dollars at the plan's block.
 */
export async function earnOffers(
  context: Context,
  markets: readonly LendMarket[],
  source: Sized,
): Promise<readonly Offer[]> {
  const assets = markets
    .map((market) => market.asset)
    .filter((asset, index, all) => all.findIndex((other) => sameToken(other, asset)) === index);
  const ways = await Promise.all(
    assets.map(async (asset) => [asset.address, await reach(context, asset, source)] as const),
  );
  const reached = new Map(ways);
  const offers = markets.map((market): Offer => {
    const way = reached.get(market.asset.address);
    if (way === undefined) return { market, rejected: "not reached" };
    return "rejected" in way ? { market, rejected: way.rejected } : { ...way.terms, market };
  });
  return offers;
}

type Terms = { readonly amount: bigint; readonly committedUsdE8: bigint; readonly costUsdE8: bigint };
type Reached = { readonly rejected: string } | { readonly terms: Terms };

async function reach(context: Context, asset: Token, source: Sized): Promise<Reached> {
  try {
    const committedUsdE8 = (await usdOf(context, source.token, source.amount)) || 1n;
    if (isSame(context, source.token, asset)) {
      const wraps = sameToken(source.token, asset) ? 0n : CALL_GAS.wrap;
      return { terms: { amount: source.amount, committedUsdE8, costUsdE8: await gasUsdE8(context, wraps) } };
    }
    const route = await ask(context, { sell: source.token, buy: asset, side: "sell" }, source);
    const arrives = await usdOf(context, asset, route.totalGets);
    const costUsdE8 = committedUsdE8 - arrives + (await gasUsdE8(context, routeGas(route)));
    return { terms: { amount: route.totalGets, committedUsdE8, costUsdE8 } };
  } catch (error) {
    return { rejected: refusal(error) };
  }
}

/** Gas units of a route with its approvals. */
export function routeGas(route: Route): bigint {
  return route.quotes.reduce((sum, quote) => sum + quote.gas + BigInt(quote.approvals.length) * CALL_GAS.approve, 0n);
}

function isSame({ reader }: Context, a: Token, b: Token): boolean {
  const { native, wrappedNative } = reader.tokens;
  return sameToken(sameToken(a, native) ? wrappedNative : a, b);
}

async function usdOf(context: Context, token: Token, amount: bigint): Promise<bigint> {
  const { usdE8 } = await context.reads.price(token);
  return (amount * usdE8) / 10n ** BigInt(token.decimals);
}
