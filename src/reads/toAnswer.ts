import type { IntentRecord } from "../domain/record.ts";

/** What a question is answered with: plain words, the facts they rest on, the block and where the facts were read. */
export type Answer = NonNullable<IntentRecord["answer"]>;

type Parts = {
  /** The answer in one or two sentences. Every number in it comes from a fact. */
  readonly says: string;
  readonly facts?: readonly string[];
  readonly block?: bigint | string | undefined;
  readonly source?: string;
};

/** Puts an answer together: the sentence first, then every fact that it does not already say. */
export function toAnswer({ says, facts = [], block, source }: Parts): Answer {
  return {
    text: [says, ...facts.filter((fact) => !says.includes(fact))].join("\n"),
    facts: [...facts],
    ...(block === undefined ? {} : { block: block.toString() }),
    ...(source === undefined ? {} : { source }),
  };
}
