import { addNotes } from "./draft.ts";
import { formatAmount } from "./format.ts";
import type { Context, Draft, Output, Sized } from "./types.ts";

export type Input = { readonly draft: Draft; readonly sized: Sized };

/**
 * What an earlier action leaves, as the amount of a later one: bound late unless it is known to the unit. Where nothing
 * may be bound, the least that must arrive is used and the owner is told that the rest stays in the wallet.
 */
export function outputAsInput({ lateBinding }: Context, draft: Draft, output: Output): Input {
  const { token, quoted, min, max, from } = output;
  if (min === max) return { draft, sized: { token, amount: quoted, min, max, everything: false } };
  const bound = { from, asset: token.address, min, max };
  if (lateBinding) return { draft, sized: { token, amount: quoted, min, max, everything: false, bound } };
  const text = `A wallet sends amounts as they are written: ${formatAmount(min, token)}, the least that must arrive, is used and anything above stays in the wallet.`;
  return {
    draft: addNotes(draft, { assumptions: [text] }),
    sized: { token, amount: min, min, max: min, everything: false },
  };
}
