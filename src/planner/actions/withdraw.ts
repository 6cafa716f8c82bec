import type { ActionOf } from "../../domain/intent.ts";
import { isNative } from "../../domain/token.ts";
import { resolveAmount } from "../amounts/resolveAmount.ts";
import { targetOf } from "../amounts/targetOf.ts";
import { resolveAsset } from "../assets/resolveAsset.ts";
import { asErc20 } from "../assets/wrapped.ts";
import { convert, staysWrapped } from "../convert.ts";
import { addNotes, closeAction } from "../draft.ts";
import { formatAmount, protocolName } from "../format.ts";
import { marketOfEntry } from "../lending/marketOfEntry.ts";
import { entrySource, pickEntry } from "../lending/pickEntry.ts";
import { outputAsInput } from "../outputAsInput.ts";
import { withdrawFrom } from "../steps/withdrawFrom.ts";
import type { Context, Draft, Output } from "../types.ts";

/** Takes an asset out of a position; asked for as the native coin it is unwrapped, unless the next action lends it again. */
export async function planWithdraw(
  context: Context,
  draft: Draft,
  action: ActionOf<"withdraw">,
  actionIndex: number,
): Promise<Draft> {
  const { reader } = context;
  const wanted = await resolveAsset(reader, action.asset);
  const token = asErc20(reader.tokens, wanted);
  const { entry, assumptions } = await pickEntry(context, draft, { token, side: "supplied", named: action.protocol });
  const target = targetOf(context, draft, { verb: "withdraw", market: await marketOfEntry(context, entry), token });
  const base = async () => ({ amount: entry.amount, source: entrySource(context, entry, "position") });
  const resolved = await resolveAmount(context, draft, { amount: action.amount, token, actionIndex, base, target });
  const taken = await withdrawFrom(context, resolved.draft, { entry, sized: resolved.sized, actionIndex });
  const unwraps = isNative(wanted) && !staysWrapped(context, actionIndex);
  const paid = unwraps ? await unwrapOutput(context, taken.draft, taken.output, actionIndex) : taken;
  const told = addNotes(paid.draft, {
    assumptions,
    sentences: [`withdraw ${formatAmount(taken.output.quoted, token)} from ${protocolName(entry.protocol)}`],
  });
  const gets = [{ token: paid.output.token, min: paid.output.min }];
  return closeAction(told, { actionIndex, pays: [], gets }, paid.output);
}

/** Unwraps what just arrived in wrapped form. */
export async function unwrapOutput(
  context: Context,
  draft: Draft,
  output: Output,
  actionIndex: number,
): Promise<{ readonly draft: Draft; readonly output: Output }> {
  const { native } = context.reader.tokens;
  const input = outputAsInput(context, draft, output);
  const { draft: next, sized } = await convert(context, input.draft, {
    sized: input.sized,
    wanted: native,
    actionIndex,
  });
  const { amount: quoted, min, max } = sized;
  return { draft: next, output: { token: native, quoted, min, max, from: [draft.calls.length] } };
}
