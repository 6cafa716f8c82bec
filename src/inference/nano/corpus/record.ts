import type { Action, Constraints, Message } from "../../../domain/intent.ts";

/** A label as the corpus files spell it: the public form, with the intent's fields directly beside `kind`. */
export type Label =
  | { readonly kind: "act"; readonly actions: readonly Action[]; readonly constraints?: Constraints }
  | { readonly kind: "ask"; readonly topic: string; readonly asset?: string; readonly protocol?: string }
  | { readonly kind: "clarify"; readonly missing: readonly string[] }
  | { readonly kind: "control"; readonly verb: string }
  | { readonly kind: "refuse" }
  | { readonly kind: "talk" };

/** The day on which corpus and sets were written: "december 24" is of that year. */
export const WRITTEN_ON = new Date("2026-11-27T12:00:00Z");

/** One labelled request: a text or a conversation, and what its last user message means. */
export type CorpusRecord = {
  readonly text?: string;
  readonly messages?: readonly Message[];
  readonly understanding: Label;
  readonly tags?: readonly string[];
};
