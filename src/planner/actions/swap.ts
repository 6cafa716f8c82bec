import type { ActionOf } from "../../domain/intent.ts";
import { isNative, sameToken, type Token } from "../../domain/token.ts";
import { type AmountRequest, resolveAmount } from "../amounts/resolveAmount.ts";
import { walletBase } from "../amounts/walletBase.ts";
import { resolveAsset } from "../assets/resolveAsset.ts";
import { asErc20, sameAsset } from "../assets/wrapped.ts";
import { convert, staysWrapped } from "../convert.ts";
import { addNotes, closeAction } from "../draft.ts";
import { AmountUnitError, LimitPriceError, UnsupportedActionError } from "../errors.ts";
import { formatAmount } from "../format.ts";
import { assertFunds } from "../funds.ts";
import { holdLimit, holdMinReceive } from "../steps/priceGuard.ts";
import { swapFunds, venuesOf } from "../steps/swapFunds.ts";
import type { Context, Draft, Route } from "../types.ts";

type Swap = ActionOf<"swap">;
type Tokens = { readonly sell: Token; readonly buy: Token };

/** Swap, exact input or exact output; the coin and its wrapped form are exchanged one to one without a pool. */
export async function planSwap(context: Context, draft: Draft, action: Swap, actionIndex: number): Promise<Draft> {
  const { reader } = context;
  const [sell, wanted] = await Promise.all([resolveAsset(reader, action.sell), resolveAsset(reader, action.buy)]);
  if (sameToken(sell, wanted))
    throw new UnsupportedActionError(`${sell.symbol} is swapped for itself: name two different tokens.`);
  checkLimit(action, { sell, buy: wanted });
  const amount = await sizeOf(context, draft, action, actionIndex, { sell, buy: wanted });
  if (sameAsset(reader.tokens, sell, wanted)) {
    const paid = action.side === "buy" ? { ...amount.sized, token: sell } : amount.sized;
    return wrapOrUnwrap(context, { draft: amount.draft, sized: paid }, { sell, buy: wanted }, actionIndex);
  }
  if (action.side === "sell") await assertFunds(context, amount.draft, amount.sized);
  const lends = isNative(wanted) && staysWrapped(context, actionIndex);
  const buy = lends ? asErc20(reader.tokens, wanted) : wanted;
  const from = action.side === "sell" ? amount.sized.token : sell;
  const guard = guardOf(context, action, actionIndex, { sell: from, buy });
  const sized = action.side === "buy" ? { ...amount.sized, token: buy } : amount.sized;
  const swapped = await swapFunds(context, amount.draft, {
    sell: from,
    buy,
    side: action.side,
    sized,
    actionIndex,
    guard,
  });
  const { route, output, maxPays } = swapped;
  const told = addNotes(swapped.draft, {
    sentences: [
      `swap ${formatAmount(route.totalPays, from)} for about ${formatAmount(route.totalGets, buy)} on ${venuesOf(route)}`,
    ],
    assumptions: [
      ...slippageNote(context),
      ...(lends
        ? [
            `${wanted.symbol} is bought in its wrapped form ${buy.symbol}, because the next action takes it in that form.`,
          ]
        : []),
    ],
  });
  const expectation = { actionIndex, pays: [{ token: from, max: maxPays }], gets: [{ token: buy, min: output.min }] };
  return closeAction(told, expectation, output);
}

/** A limit is dollars or stablecoin per unit of the volatile token; between two volatile ones it would be guesswork. */
function checkLimit({ limitPrice }: Swap, { sell, buy }: Tokens): void {
  if (limitPrice === undefined || sell.stable || buy.stable) return;
  throw new LimitPriceError(
    `A limit of ${limitPrice} between ${sell.symbol} and ${buy.symbol} has no clear unit: swap against a stablecoin, or leave it out.`,
  );
}

/** Told to the owner when the slippage was not said. */
export function slippageNote({ intent, slippageBps }: Context): readonly string[] {
  if (intent.constraints?.maxSlippageBps !== undefined) return [];
  return [`Slippage of at most ${slippageBps / 100} % from the quote is allowed.`];
}

function sizeOf(context: Context, draft: Draft, action: Swap, actionIndex: number, { sell, buy }: Tokens) {
  const token = action.side === "sell" ? sell : buy;
  if (action.side === "buy" && action.amount.unit === "previous")
    throw new AmountUnitError("What the action before leaves is an amount to sell: say how much to buy, or sell it.");
  const request: AmountRequest = { amount: action.amount, token, actionIndex };
  if (action.side === "buy") return resolveAmount(context, draft, request);
  return resolveAmount(context, draft, { ...request, base: () => walletBase(context, draft, sell) });
}

type Amounted = Awaited<ReturnType<typeof sizeOf>>;

async function wrapOrUnwrap(
  context: Context,
  amount: Amounted,
  { sell, buy }: Tokens,
  actionIndex: number,
): Promise<Draft> {
  const from = amount.draft.calls.length;
  const { draft } = await convert(context, amount.draft, { sized: amount.sized, wanted: buy, actionIndex });
  const { amount: quoted, min, max } = amount.sized;
  const told = addNotes(draft, { sentences: [`${isNative(sell) ? "wrap" : "unwrap"} ${formatAmount(quoted, sell)}`] });
  const expectation = { actionIndex, pays: [{ token: amount.sized.token, max }], gets: [{ token: buy, min }] };
  return closeAction(told, expectation, { token: buy, quoted, min, max, from: [from] });
}

function guardOf(context: Context, action: Swap, actionIndex: number, pair: Tokens): (route: Route) => Route {
  const { minReceive } = context.intent.constraints ?? {};
  return (route) => {
    const limited =
      action.limitPrice === undefined ? route : holdLimit(route, { ...pair, side: action.side }, action.limitPrice);
    const last = context.intent.actions.findLastIndex((one) => one.type === "swap") === actionIndex;
    return minReceive === undefined || !last || action.side === "buy"
      ? limited
      : holdMinReceive(limited, pair.buy, minReceive);
  };
}
