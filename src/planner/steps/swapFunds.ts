import type { Address } from "viem";
import type { Quote } from "../../domain/quote.ts";
import type { Token } from "../../domain/token.ts";
import { addQuote } from "../calls.ts";
import { minOf } from "../decimal.ts";
import { addNotes } from "../draft.ts";
import { PriceMissingError } from "../errors.ts";
import { formatAmount, protocolName } from "../format.ts";
import { receive, spend, spendSized } from "../funds.ts";
import type { Context, Draft, Output, Route, Sized } from "../types.ts";
import { isBindable, singlePath } from "./singlePath.ts";
import { leastOf } from "./supplyInto.ts";

export type SwapStep = {
  readonly sell: Token;
  readonly buy: Token;
  readonly side: "sell" | "buy";
  /** Of `sell` for side sell, of `buy` for side buy. */
  readonly sized: Sized;
  readonly actionIndex: number;
  /** Judges the route and may tighten its floors. */
  readonly guard?: (route: Route) => Route;
};

export type Swapped = {
  readonly draft: Draft;
  readonly route: Route;
  readonly output: Output;
  readonly maxPays: bigint;
};

/** Outputs above the quote are rare and small: a binding takes up to 5 % more and stops beyond, as something is then wrong. */
const BOUND_ROOM = 20n;

/** Swaps along the best route, split over protocols where that pays. */
export async function swapFunds(context: Context, draft: Draft, step: SwapStep): Promise<Swapped> {
  const { actionIndex, sell, buy, side } = step;
  const { route, sized, note } = await routeFor(context, step);
  const maxPays = side === "sell" ? sized.max : sum(route.quotes.map((quote) => quote.maxPays ?? paysOf(quote)));
  let next = addNotes(draft, { alternatives: route.alternatives, assumptions: note });
  next = side === "sell" ? await spendSized(context, next, sized) : await spend(context, next, sell, maxPays);
  const from: number[] = [];
  for (const quote of route.quotes) {
    const bound = side === "sell" ? sized.bound : undefined;
    next = await addQuote(context, next, { quote, actionIndex, bound });
    next.calls.forEach((call, index) => {
      if (index >= draft.calls.length && call.role === "action" && !from.includes(index)) from.push(index);
    });
  }
  const output = outputOf(route, buy, side === "buy" ? sized : undefined, from);
  return { draft: receive(next, buy, output.min), route, output, maxPays };
}

type Routed = { readonly route: Route; readonly sized: Sized; readonly note: readonly string[] };

async function routeFor(context: Context, step: SwapStep): Promise<Routed> {
  const { sized, guard = (route: Route) => route } = step;
  const route = await ask(context, step, sized);
  if (sized.bound === undefined || isBindable(context, route)) return { route: guard(route), sized, note: [] };
  const least = leastOf(sized);
  const [split, single] = await Promise.all([ask(context, step, least), singlePath(context, route, sized)]);
  if (single !== undefined && single.totalGets >= split.totalGets) return { route: guard(single), sized, note: [] };
  const note = `The swap is split over several pools, so ${formatAmount(least.amount, least.token)}, the least that must arrive before it, is swapped and anything above stays in the wallet.`;
  return { route: guard(split), sized: least, note: [note] };
}

/** Best route for an amount at the plan's block. */
export function ask(context: Context, step: Pick<SwapStep, "sell" | "buy" | "side">, sized: Sized): Promise<Route> {
  const { sell, buy, side } = step;
  return findRouteFor(context, { sell, buy, side, amount: sized.amount, slippageBps: slippageFor(context, sized) });
}

/** The floor of a late-bound amount also allows for its own floor: less may come in, so less may come out. */
export function slippageFor(context: Context, { bound, amount, min }: Sized): number {
  return context.slippageBps + (bound === undefined ? 0 : Number(((amount - min) * 10_000n) / amount + 1n));
}

type RouteAsk = {
  readonly sell: Token;
  readonly buy: Token;
  readonly side: "sell" | "buy";
  readonly amount: bigint;
  readonly slippageBps: number;
};

async function findRouteFor(context: Context, wanted: RouteAsk): Promise<Route> {
  const { reader, reads, venues } = context;
  const swappers = context.protocols.filter((one) => one.actions.includes("swap"));
  const allow = venues.allow?.filter((id) => swappers.some((one) => one.id === id)) ?? [];
  const pricesUsdE8 = new Map<Address, bigint>();
  for (const token of [wanted.sell, wanted.buy, reader.tokens.native]) {
    const price = await reads.price(token).catch(withoutPrice);
    if (price !== undefined) pricesUsdE8.set(token.address, price.usdE8);
  }
  return context.findRoute({
    ...wanted,
    reader,
    protocols: swappers,
    gasPriceWei: reader.gasPriceWei,
    pricesUsdE8,
    ...(allow.length > 0 ? { allow } : {}),
    ...(venues.deny.length > 0 ? { deny: venues.deny } : {}),
  });
}

function withoutPrice(error: unknown): undefined {
  if (error instanceof PriceMissingError) return undefined; // routes without gas in the balance
  throw error;
}

function outputOf(route: Route, token: Token, exact: Sized | undefined, from: readonly number[]): Output {
  if (exact !== undefined) return { token, quoted: exact.amount, min: exact.amount, max: exact.amount, from };
  const quoted = route.totalGets;
  const floors = sum(route.quotes.map((quote) => quote.floor ?? 0n));
  return { token, quoted, min: minOf(floors, quoted), max: quoted + quoted / BOUND_ROOM, from };
}

/** "Uniswap v3 and Uniswap v2". */
export function venuesOf(route: Route): string {
  return [...new Set(route.quotes.map((quote) => protocolName(quote.protocol)))].join(" and ");
}

function paysOf(quote: Quote): bigint {
  return sum(quote.pays.map((one) => one.amount));
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, one) => total + one, 0n);
}
