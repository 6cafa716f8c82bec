import type { IntendantDeps } from "../deps.ts";
import type { Node } from "./step.ts";

/** A question → facts read from the chain. */
export function answer(deps: IntendantDeps): Node {
  return async ({ understood, account }) => {
    if (understood?.understanding.kind !== "ask") return {};
    const question = { ...understood.understanding.question, ...understood.asked };
    return { answer: await deps.answer({ question, account }) };
  };
}
