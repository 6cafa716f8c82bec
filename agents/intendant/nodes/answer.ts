import type { IntendantDeps } from "../deps.ts";
import type { Node } from "./step.ts";

/** A question → facts read from the chain. */
export function answer(deps: IntendantDeps): Node {
  return async ({ understood, account }) => {
    if (understood?.understanding.kind !== "ask") return {};
    return { answer: await deps.answer({ question: understood.understanding.question, account }) };
  };
}
