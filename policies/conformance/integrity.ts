import type { Evidence } from "../../src/domain/evidence.ts";
import { canonicalJson } from "../../src/domain/json.ts";
import type { Finding } from "../../src/domain/verdict.ts";
import { block } from "./object.ts";

/** The simulation is of this plan, complete and without a failure; the plan serves the intent that was understood. */
export function integrity(evidence: Evidence): readonly Finding[] {
  const { plan, simulation, intent, decoded } = evidence;
  if (!simulation) return [block("no-simulation", plan.id, "the plan was not simulated")];
  if (simulation.planId !== plan.id || simulation.block !== plan.block.number)
    return [
      block("other-plan", plan.id, `the simulation is of plan ${simulation.planId} at block ${simulation.block}`),
    ];
  if (simulation.calls.length !== plan.calls.length || decoded.length !== plan.calls.length)
    return [block("mismatch", plan.id, `${plan.calls.length} calls, ${simulation.calls.length} simulated`)];
  if (intent && canonicalJson(intent) !== canonicalJson(plan.intent))
    return [block("other-intent", plan.id, "the plan serves another intent than the one understood")];
  const failed = simulation.calls.findIndex((call) => call.status !== "success");
  if (!simulation.ok || failed >= 0) return [reverted(evidence, failed)];
  return plan.calls.flatMap((call, index) =>
    plan.intent.actions[call.actionIndex] ? [] : [block("no-action", call.label, `call ${index} serves no action`)],
  );
}

function reverted({ plan, simulation }: Evidence, index: number): Finding {
  const revert = simulation?.calls[index]?.revert;
  const reason = revert ? revert.message : "it does not succeed";
  return block("reverts", plan.calls[index]?.label ?? plan.id, `call ${index} fails in simulation. ${reason}`);
}
