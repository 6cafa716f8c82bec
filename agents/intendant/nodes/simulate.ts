import { fromJson, toJson } from "../../../src/domain/json.ts";
import type { Plan } from "../../../src/domain/plan.ts";
import type { IntendantDeps } from "../deps.ts";
import type { Node } from "./step.ts";

/** The whole plan as a sequence at its pinned block, before anything is signed. */
export function simulate(deps: IntendantDeps): Node {
  return async ({ plan }) => {
    if (plan === undefined) return {};
    return { simulation: toJson(await deps.simulate(fromJson<Plan>(plan))) };
  };
}
