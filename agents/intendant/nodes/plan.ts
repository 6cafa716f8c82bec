import type { Intent } from "../../../src/domain/intent.ts";
import { toJson } from "../../../src/domain/json.ts";
import type { IntendantDeps } from "../deps.ts";
import type { State } from "../state.ts";
import type { Node } from "./step.ts";

/** Intent → plan of exact calls at one block. */
export function plan(deps: IntendantDeps): Node {
  return async (state) => {
    const intent = intentOf(state);
    if (intent === undefined) return {};
    return { plan: toJson(await deps.plan({ intent, account: state.account, mode: state.mode })) };
  };
}

/** The intent to plan: handed in, or understood; the request's own constraints win over the words'. */
export function intentOf({ given, understood, constraints }: State): Intent | undefined {
  const intent = given ?? (understood?.understanding.kind === "act" ? understood.understanding.intent : undefined);
  if (intent === undefined || constraints === undefined) return intent;
  return { ...intent, constraints: { ...intent.constraints, ...constraints } };
}
