import type { ActionOf } from "../../domain/intent.ts";
import { isNative, type Token } from "../../domain/token.ts";
import { unitsToUsd, usdToUnits } from "../amounts/healthFactor.ts";
import { type Base, resolveAmount } from "../amounts/resolveAmount.ts";
import { targetOf } from "../amounts/targetOf.ts";
import { resolveAsset } from "../assets/resolveAsset.ts";
import { asErc20 } from "../assets/wrapped.ts";
import { addQuote } from "../calls.ts";
import { staysWrapped } from "../convert.ts";
import { maxOf, minOf } from "../decimal.ts";
import { addNotes, closeAction } from "../draft.ts";
import { AmountUnitError, CollateralError } from "../errors.ts";
import { formatAmount, formatUsd, protocolName } from "../format.ts";
import { receive } from "../funds.ts";
import { cheapestLoan, type Lender, lendersFor } from "../lending/chooseLoan.ts";
import { priceWad } from "../lending/health.ts";
import type { Context, Draft, Output } from "../types.ts";
import { movePosition } from "../wallet.ts";
import { unwrapOutput } from "./withdraw.ts";

/** Borrows against collateral: from the protocol named, else the cheapest where collateral lies. */
export async function planBorrow(
  context: Context,
  draft: Draft,
  action: ActionOf<"borrow">,
  actionIndex: number,
): Promise<Draft> {
  const { reader } = context;
  const wanted = await resolveAsset(reader, action.asset);
  const token = asErc20(reader.tokens, wanted);
  if (action.amount.unit === "previous")
    throw new AmountUnitError("A loan is not paid with what the action before leaves: say how much to borrow.");
  const lenders = await lendersFor(context, draft, token, action.protocol);
  const fixed = action.amount.unit === "token" || action.amount.unit === "usd";
  const open = fixed ? lenders : lenders.slice(0, 1);
  const resolved = await resolveAmount(context, draft, {
    amount: action.amount,
    token,
    actionIndex,
    base: () => capacityOf(context, open[0], token),
    ...(open[0] === undefined
      ? {}
      : { target: targetOf(context, draft, { verb: "borrow", market: open[0].market, token }) }),
  });
  const { amount } = resolved.sized;
  const carried = await carrying(context, open, token, amount);
  const { lender, quote, assumptions } = await cheapestLoan(context, resolved.draft, {
    lenders: carried,
    token,
    amount,
  });
  const called = await addQuote(context, resolved.draft, { quote, actionIndex });
  const { protocol, id: marketId } = lender.market;
  const ledger = movePosition(called.ledger, { protocol, marketId, token, side: "borrowed", delta: amount });
  const output: Output = { token, quoted: amount, min: amount, max: amount, from: [called.calls.length - 1] };
  const lent = { draft: receive({ ...called, ledger }, token, amount), output };
  const unwraps = isNative(wanted) && !staysWrapped(context, actionIndex);
  const paid = unwraps ? await unwrapOutput(context, lent.draft, output, actionIndex) : lent;
  const told = addNotes(paid.draft, {
    assumptions,
    sentences: [`borrow ${formatAmount(amount, token)} from ${protocolName(protocol)}`],
  });
  return closeAction(told, { actionIndex, pays: [], gets: [{ token: paid.output.token, min: amount }] }, paid.output);
}

/** What may still be borrowed, as base units of the token; "all" leaves 0.1 % so that rounding and interest do not refuse it. */
async function capacityOf(context: Context, lender: Lender | undefined, token: Token): Promise<Base> {
  if (lender === undefined) return { amount: 0n, source: "no collateral" };
  const price = await priceWad(context, token);
  const borrowable = usdToUnits(lender.account.capacityWad, price, token.decimals, "down");
  const amount = minOf(borrowable, minOf(lender.market.liquidity, lender.market.borrowRoom ?? borrowable));
  const source = `capacity left on ${protocolName(lender.market.protocol)} at block ${context.reader.block} (${formatUsd(lender.account.capacityWad / 10n ** 10n)})`;
  return { amount, source, keep: { amount: amount / 1_000n, why: "0.1 % for rounding and interest" } };
}

/** Lenders whose account carries the loan; CollateralError with the figures when none does. */
async function carrying(
  context: Context,
  lenders: readonly Lender[],
  token: Token,
  amount: bigint,
): Promise<readonly Lender[]> {
  const usdWad = unitsToUsd(amount, await priceWad(context, token), token.decimals);
  const able = lenders.filter(({ account }) => account.capacityWad >= usdWad);
  if (able.length > 0) return able;
  const best = lenders.reduce((most, { account }) => maxOf(account.capacityWad, most), 0n);
  throw new CollateralError(
    `Your collateral carries ${formatUsd(best / 10n ** 10n)} more of debt and this loan is ${formatUsd(usdWad / 10n ** 10n)}: borrow less or add collateral.`,
    { facts: [`capacity ${best}`, `loan ${usdWad}`, `block ${context.reader.block}`] },
  );
}
