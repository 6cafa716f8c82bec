import type { LendMarket } from "../../domain/market.ts";
import type { Quote, ResolvedAction } from "../../domain/quote.ts";
import { addQuote, canBind, protocolOf } from "../calls.ts";
import { addNotes } from "../draft.ts";
import { formatAmount } from "../format.ts";
import { spendSized } from "../funds.ts";
import type { Context, Draft, Sized } from "../types.ts";
import { isTouched, movePosition } from "../wallet.ts";

type SupplyStep = { readonly market: LendMarket; readonly sized: Sized; readonly actionIndex: number };

export type Supplied = { readonly draft: Draft; readonly quote: Quote; readonly sized: Sized };

/**
 * Supplies an amount of the wallet to a market. A late-bound amount stays bound where the calldata can take it;
 * where it cannot, the least that must arrive is supplied and the owner is told that the rest stays in the wallet.
 */
export async function supplyInto(context: Context, draft: Draft, step: SupplyStep): Promise<Supplied> {
  const { market, actionIndex } = step;
  const quoted = await quoteSupply(context, draft, market, step.sized);
  const loose = step.sized.bound !== undefined && !canBind(context, quoted);
  const sized = loose ? leastOf(step.sized) : step.sized;
  const quote = loose ? await quoteSupply(context, draft, market, sized) : quoted;
  const spent = await spendSized(context, loose ? tell(draft, sized) : draft, sized);
  const called = await addQuote(context, spent, { quote, actionIndex, bound: sized.bound });
  const change = {
    protocol: market.protocol,
    marketId: market.id,
    token: sized.token,
    side: "supplied",
    delta: sized.min,
  } as const;
  return { draft: { ...called, ledger: movePosition(called.ledger, change) }, quote, sized };
}

/** The part of a late-bound amount that is sure to be there, no longer bound. */
export function leastOf({ bound: _, ...sized }: Sized): Sized {
  return { ...sized, amount: sized.min, max: sized.min };
}

/** Terms of a supply at this point of the plan. */
export function quoteSupply(
  context: Context,
  draft: Draft,
  market: LendMarket,
  { token, amount }: Sized,
): Promise<Quote> {
  const action: ResolvedAction = { type: "supply", marketId: market.id, asset: token, amount };
  const afterEarlierActions = isTouched(draft.ledger, market.protocol);
  return protocolOf(context, market.protocol).quote(context.reader, action, context.account, { afterEarlierActions });
}

function tell(draft: Draft, { amount, token }: Sized): Draft {
  const text = `This protocol cannot take an amount that is only known later: ${formatAmount(amount, token)}, the least that must arrive, is used and anything above stays in the wallet.`;
  return addNotes(draft, { assumptions: [text] });
}
