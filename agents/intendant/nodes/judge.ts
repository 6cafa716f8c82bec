import type { Grounding } from "../../../src/domain/grounding.ts";
import { fromJson } from "../../../src/domain/json.ts";
import type { Plan } from "../../../src/domain/plan.ts";
import type { Simulation } from "../../../src/domain/simulation.ts";
import { mergeVerdicts } from "../../../src/domain/verdict.ts";
import type { IntendantDeps } from "../deps.ts";
import type { State } from "../state.ts";
import { intentOf } from "./plan.ts";
import type { Node } from "./step.ts";

/** Guards over the decoded calls (stage plan), then over the simulated effects (stage simulation). Strictest wins. */
export function judge(deps: IntendantDeps, stage: "plan" | "simulation"): Node {
  return async (state) => {
    const intent = intentOf(state);
    if (state.plan === undefined || intent === undefined) return {};
    const simulated = stage === "simulation" && state.simulation !== undefined;
    const verdict = await deps.judge({
      plan: fromJson<Plan>(state.plan),
      intent,
      groundings: groundingsOf(state),
      ...(simulated ? { simulation: fromJson<Simulation>(state.simulation ?? null) } : {}),
    });
    return { verdict: state.verdict === undefined ? verdict : mergeVerdicts(state.verdict, verdict) };
  };
}

/** Proof of what the owner said. A structured intent is the caller's own statement: each of its recipients grounds itself. */
export function groundingsOf({ given, understood }: State): readonly Grounding[] {
  if (given === undefined) return understood?.groundings ?? [];
  return given.actions.flatMap((action, index) =>
    action.type === "transfer"
      ? [{ field: `actions[${index}].to`, value: action.to, turn: 0, start: 0, end: action.to.length, text: action.to }]
      : [],
  );
}
