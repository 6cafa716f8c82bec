import type { Quote } from "../../domain/quote.ts";
import type { Token } from "../../domain/token.ts";
import { ceilDiv, type Decimal, exactUnits, maxOf, minOf, parseDecimal } from "../decimal.ts";
import { AmountPrecisionError, LimitPriceError, MinReceiveError } from "../errors.ts";
import { formatAmount } from "../format.ts";
import type { Route } from "../types.ts";

type Pair = { readonly sell: Token; readonly buy: Token; readonly side: "sell" | "buy" };

/**
 * Holds a route to the owner's limit price: dollars or stablecoin per unit of the volatile token (intent.md, Readings 6).
 * Selling for a stablecoin the price must not fall below it; in every other pair it is the most that one unit of the
 * bought token may cost in units of the sold one. Floors and ceilings are tightened to the limit, so that it holds on
 * chain too. Throws LimitPriceError when the quote is already worse.
 */
export function holdLimit(route: Route, pair: Pair, limitPrice: string): Route {
  const limit = parseDecimal(limitPrice);
  const bound = pair.side === "sell" ? leastGets(pair, route.totalPays, limit) : mostPays(pair, route.totalGets, limit);
  const fails = pair.side === "sell" ? route.totalGets < bound : route.totalPays > bound;
  if (fails)
    throw new LimitPriceError(
      `The market is worse than your limit of ${limitPrice}: ${formatAmount(route.totalPays, pair.sell)} now gets ${formatAmount(route.totalGets, pair.buy)}. Wait or change the limit.`,
      { facts: [`limit ${limitPrice}`, `pays ${route.totalPays}`, `gets ${route.totalGets}`], retry: "fresh-quote" },
    );
  return pair.side === "sell" ? raiseFloor(route, bound) : lowerCeiling(route, bound);
}

/** Holds a route to the least the owner wants to receive. Throws MinReceiveError when the quote is below. */
export function holdMinReceive(route: Route, buy: Token, minReceive: string): Route {
  const least = exactUnits(parseDecimal(minReceive), buy.decimals);
  if (least === undefined)
    throw new AmountPrecisionError(
      `${buy.symbol} has ${buy.decimals} decimal places: give the least to receive with no more.`,
    );
  if (route.totalGets < least)
    throw new MinReceiveError(
      `The swap would bring ${formatAmount(route.totalGets, buy)}, less than the ${formatAmount(least, buy)} you want at least.`,
      { facts: [`gets ${route.totalGets}`, `least ${least}`], retry: "fresh-quote" },
    );
  return raiseFloor(route, least);
}

/** Base units of `buy` that the limit demands for base units of `sell`, rounded up. */
function leastGets({ sell, buy }: Pair, pays: bigint, limit: Decimal): bigint {
  const [one, scale] = [limit.digits, 10n ** BigInt(limit.scale)];
  const paysScaled = pays * 10n ** BigInt(buy.decimals);
  const unit = 10n ** BigInt(sell.decimals);
  return pricedInBuy(sell, buy) ? ceilDiv(paysScaled * one, unit * scale) : ceilDiv(paysScaled * scale, unit * one);
}

/** Base units of `sell` that the limit allows for base units of `buy`, rounded down. */
function mostPays({ sell, buy }: Pair, gets: bigint, limit: Decimal): bigint {
  const [one, scale] = [limit.digits, 10n ** BigInt(limit.scale)];
  const getsScaled = gets * 10n ** BigInt(sell.decimals);
  const unit = 10n ** BigInt(buy.decimals);
  return pricedInBuy(sell, buy) ? (getsScaled * scale) / (unit * one) : (getsScaled * one) / (unit * scale);
}

function pricedInBuy(sell: Token, buy: Token): boolean {
  return buy.stable && !sell.stable;
}

/** Floors of all quotes raised in proportion, so that together they demand `least`. */
function raiseFloor(route: Route, least: bigint): Route {
  const floors = route.quotes.map((quote) => quote.floor ?? 0n);
  if (total(floors) >= least) return route;
  const raise = (quote: Quote): Quote => {
    const gets = total(quote.gets.map((one) => one.amount));
    return { ...quote, floor: minOf(gets, maxOf(quote.floor ?? 0n, ceilDiv(least * gets, route.totalGets))) };
  };
  return { ...route, quotes: route.quotes.map(raise) };
}

/** Ceilings of all quotes lowered in proportion, and their approvals with them. */
function lowerCeiling(route: Route, most: bigint): Route {
  const ceilings = route.quotes.map((quote) => quote.maxPays ?? 0n);
  if (total(ceilings) <= most) return route;
  const lower = (quote: Quote): Quote => {
    const pays = total(quote.pays.map((one) => one.amount));
    const maxPays = maxOf(pays, minOf(quote.maxPays ?? pays, (most * pays) / route.totalPays));
    const approvals = quote.approvals.map((one) => ({ ...one, amount: minOf(one.amount, maxPays) }));
    return { ...quote, maxPays, approvals };
  };
  return { ...route, quotes: route.quotes.map(lower) };
}

function total(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, one) => sum + one, 0n);
}
