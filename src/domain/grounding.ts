import type { Question, Understanding } from "./intent.ts";

/** Where a value of the intent comes from in the owner's own words. */
export type Grounding = {
  /** Path inside the intent: "actions[0].amount", "actions[1].to". */
  readonly field: string;
  /** Value as it stands in the intent ("1000", "USDC", "0x…"). */
  readonly value: string;
  /** Index into the conversation's messages; always a user turn. */
  readonly turn: number;
  /** Code-unit offsets inside that message. */
  readonly start: number;
  readonly end: number;
  /** The owner's own spelling. */
  readonly text: string;
};

/** What the understanding room hands on: the public form, and the proof that its values were said by the owner. */
export type Understood = {
  readonly understanding: Understanding;
  readonly groundings: readonly Grounding[];
  /** Of a question: how much it is about and what is wanted for it, where the words say so. */
  readonly asked?: Pick<Question, "amount" | "buy">;
  /** Draft as the model wrote it, for the record; untrusted. */
  readonly draft: unknown;
  /** Masked conversation that the model saw. */
  readonly masked: string;
};
