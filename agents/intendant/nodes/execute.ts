import { fromJson, toJson } from "../../../src/domain/json.ts";
import type { Plan } from "../../../src/domain/plan.ts";
import type { Simulation } from "../../../src/domain/simulation.ts";
import type { IntendantDeps } from "../deps.ts";
import { groundingsOf } from "./judge.ts";
import { intentOf } from "./plan.ts";
import type { Node } from "./step.ts";

/** Cleared plan → receipts, exactly once. Idempotent by plan hash: running it again returns the recorded outcome. */
export function execute(deps: IntendantDeps): Node {
  return async (state) => {
    const { plan, simulation, consent, intentId } = state;
    const intent = intentOf(state);
    if (plan === undefined || simulation === undefined || consent === undefined || intent === undefined) return {};
    const outcome = await deps.execute({
      plan: fromJson<Plan>(plan),
      simulation: fromJson<Simulation>(simulation),
      intent,
      intentId,
      groundings: groundingsOf(state),
      acknowledged: consent.acknowledged,
    });
    return { outcome: toJson(outcome) };
  };
}
