import { judgeChanges } from "./conformance/changes.ts";
import { judgeEffects } from "./conformance/effects.ts";
import { flowsOf } from "./conformance/flows.ts";
import { integrity } from "./conformance/integrity.ts";
import { judgeAllowances, judgeExpectations, judgeGas, judgeOddities } from "./conformance/leftovers.ts";
import type { Mandate } from "./mandate.ts";
import type { Policy } from "./policy.ts";

/**
 * What the simulation shows is what the intent says, action by action: the verbs, assets, amounts, places and recipients
 * named, recomputed from the intent and chain reads; nothing unnamed leaves; no allowance stays; the plan's promises hold.
 */
export const conformance: Policy<Mandate["contacts"]> = {
  id: "conformance",
  reads: "simulation",
  rule: (mandate) => mandate.contacts,
  check(evidence, contacts) {
    const broken = integrity(evidence);
    if (broken.length > 0) return broken;
    const flows = flowsOf(evidence);
    const book = [...contacts, ...evidence.contacts];
    return [
      ...evidence.plan.intent.actions.flatMap((action, at) => [
        ...judgeEffects(evidence, book, action, at),
        ...judgeChanges(evidence, flows, action, at),
      ]),
      ...judgeExpectations(evidence, flows),
      ...judgeAllowances(evidence),
      ...judgeGas(evidence),
      ...judgeOddities(evidence),
    ];
  },
};
