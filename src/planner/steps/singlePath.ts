import type { Quote, ResolvedAction } from "../../domain/quote.ts";
import { canBind, protocolOf } from "../calls.ts";
import { refusal } from "../lending/rankOffers.ts";
import type { Context, Route, Sized } from "../types.ts";
import { slippageFor } from "./swapFunds.ts";

/** True when a late-bound amount can go through the route: one quote with one place for it. */
export function isBindable(context: Context, { quotes }: Route): boolean {
  const [only] = quotes;
  return only !== undefined && quotes.length === 1 && canBind(context, only);
}

/** The whole amount through the best one of a split route's own paths, so that it can be bound; undefined when none takes it. */
export async function singlePath(context: Context, route: Route, sized: Sized): Promise<Route | undefined> {
  const slippageBps = slippageFor(context, sized);
  const actions = route.quotes.flatMap(({ protocol, action }) => {
    if (action.type !== "swap") return [];
    return action.legs.map(({ path }) => ({
      protocol,
      action: { ...action, legs: [{ path, amount: sized.amount }], slippageBps },
    }));
  });
  const routes = await Promise.all(actions.map((one) => quoteWhole(context, one)));
  return routes
    .filter((one) => one !== undefined)
    .filter((one) => isBindable(context, one))
    .reduce<Route | undefined>(
      (best, one) => (best !== undefined && best.totalGets >= one.totalGets ? best : one),
      undefined,
    );
}

type Whole = { readonly protocol: string; readonly action: ResolvedAction };

async function quoteWhole(context: Context, { protocol, action }: Whole): Promise<Route | undefined> {
  try {
    const quote = await protocolOf(context, protocol).quote(context.reader, action, context.account);
    return { quotes: [quote], totalGets: sumOf(quote.gets), totalPays: sumOf(quote.pays), alternatives: [] };
  } catch (error) {
    refusal(error); // a pool that cannot fill the whole amount is no path for it
    return undefined;
  }
}

function sumOf(amounts: Quote["gets"]): bigint {
  return amounts.reduce((sum, { amount }) => sum + amount, 0n);
}
