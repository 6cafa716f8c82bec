import type { Constraints, SimpleAction } from "../../../../domain/intent.ts";
import { list } from "../phrases.ts";
import { pick, type Rng } from "../random.ts";
import { expand, type Piece, type Slots, words } from "../template.ts";

/** One wish in words and its label. An imperative ("swap …") can stand inside politeness and chains, a free one cannot. */
export interface Clause {
  readonly pieces: readonly Piece[];
  readonly mood: "imperative" | "free";
  readonly actions: readonly SimpleAction[];
  readonly constraints?: Constraints;
}

/** Writes one wish about something new. */
export type Grammar = (rng: Rng) => Clause;

/** Fills one of the templates of a mood; the free ones are drawn with probability `free`. */
export function clause(
  rng: Rng,
  forms: { readonly imperative: readonly string[]; readonly free: readonly string[]; readonly freeShare: number },
  slots: Slots,
  actions: readonly SimpleAction[],
): Clause {
  const mood = forms.free.length > 0 && rng() < forms.freeShare ? "free" : "imperative";
  return { pieces: expand(rng, pick(rng, forms[mood]), slots), mood, actions };
}

const POLITE: readonly string[] = list`
  {c} / {c} / {c} / {c} / {c} / {c} / {c} / {c} / please {c} / please {c} / pls {c} / plz {c} / {c} please / {c} pls / {c}, please / {c} thanks
  / {c} thx / {c}, thank you / can you {c} / can you {c}? / can you please {c} / can u {c} / can u {c} pls / could you {c} / could you {c}?
  / could you please {c}? / could you {c} for me / would you {c} / would you please {c} / will you {c} / i want to {c} / i want to {c} / i wanna {c}
  / i'd like to {c} / i would like to {c} / i need to {c} / i need you to {c} / i want you to {c} / i'd like you to {c} / let's {c} / lets {c}
  / help me {c} / just {c} / now {c} / go and {c} / time to {c} / kindly {c} / be so kind and {c} / would it be possible to {c}? / im trying to {c}
  / i have to {c} / gotta {c} / we need to {c} / we want to {c} / {c} now / {c} asap / {c} for me / {c} rn / quickly {c} / go ahead and {c}
  / i'm looking to {c} / looking to {c} / ready to {c} / i wish to {c} / i think i should {c} / {c} when you get a chance / {c} right away
  / may i ask you to {c}? / would you be able to {c}? / could we {c} / can we {c} / i'd love to {c} / please help me {c} / you can {c}
  / i decided to {c} / my plan is to {c} / do me a favor and {c} / feel free to {c}
`;

/** Wraps an imperative in everyday politeness or wish; leaves a free wish as it is. */
export function polite(
  rng: Rng,
  wish: { readonly pieces: readonly Piece[]; readonly mood: "imperative" | "free" },
): readonly Piece[] {
  return wish.mood === "free" ? wish.pieces : expand(rng, pick(rng, POLITE), { c: wish.pieces });
}

/** A blank between pieces. */
export const blank: readonly Piece[] = words(" ");
