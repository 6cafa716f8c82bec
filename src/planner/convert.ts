import { UNWRAP_AMOUNT_AT, unwrapCall, wrapCall } from "../chain/weth.ts";
import { isNative, sameToken, type Token } from "../domain/token.ts";
import { addCall } from "./draft.ts";
import { formatAmount } from "./format.ts";
import { receive, spendSized } from "./funds.ts";
import { CALL_GAS } from "./gas.ts";
import type { Context, Draft, Sized } from "./types.ts";

/**
 * Turns the native coin into its wrapped form or back, when `wanted` is the other one; one call, bound like its input.
 * Anything else passes through untouched.
 */
export async function convert(
  context: Context,
  draft: Draft,
  { sized, wanted, actionIndex }: { readonly sized: Sized; readonly wanted: Token; readonly actionIndex: number },
): Promise<{ readonly draft: Draft; readonly sized: Sized }> {
  if (sameToken(sized.token, wanted)) return { draft, sized };
  const wrapping = isNative(sized.token);
  const wrapped = context.reader.tokens.wrappedNative.address;
  const spent = await spendSized(context, draft, sized);
  const converted = addCall(spent, {
    call: wrapping ? wrapCall(wrapped, sized.amount) : unwrapCall(wrapped, sized.amount),
    role: wrapping ? "wrap" : "unwrap",
    label: `${wrapping ? "Wrap" : "Unwrap"} ${formatAmount(sized.amount, sized.token)}`,
    protocol: "weth",
    actionIndex,
    gas: wrapping ? CALL_GAS.wrap : CALL_GAS.unwrap,
    bound: sized.bound,
    amountAt: wrapping ? "value" : UNWRAP_AMOUNT_AT,
  });
  const bound =
    sized.bound === undefined ? {} : { bound: { ...sized.bound, from: [draft.calls.length], asset: wanted.address } };
  return { draft: receive(converted, wanted, sized.min), sized: { ...sized, token: wanted, ...bound } };
}

/**
 * True when the next action takes the output of this one into a reserve or a pool: both hold the wrapped form, so it is
 * left wrapped (and a late-bound amount then has one place in the calldata instead of the call's value).
 */
export function staysWrapped({ intent }: Context, actionIndex: number): boolean {
  const next = intent.actions[actionIndex + 1];
  if (next === undefined || !("amount" in next) || next.amount?.unit !== "previous") return false;
  if (next.type === "swap") return next.side === "sell";
  return next.type === "supply" || next.type === "repay" || next.type === "earn";
}
