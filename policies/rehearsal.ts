import { flowsOf } from "./conformance/flows.ts";
import { integrity } from "./conformance/integrity.ts";
import { judgeAllowances, judgeExpectations } from "./conformance/leftovers.ts";
import { anyRule } from "./lib/anyRule.ts";
import { minHealthFactor } from "./minHealthFactor.ts";
import type { Policy } from "./policy.ts";
import { priceImpact } from "./priceImpact.ts";
import { valueLoss } from "./valueLoss.ts";

/** A cleared plan on a later block still succeeds, pays no more and gets no less than it promised, and leaves no allowance. */
const promises: Policy<true> = {
  id: "promises",
  reads: "simulation",
  rule: () => true,
  check(evidence) {
    const broken = integrity(evidence);
    if (broken.length > 0) return broken;
    return [...judgeExpectations(evidence, flowsOf(evidence)), ...judgeAllowances(evidence)];
  },
};

/**
 * What a plan that was cleared is held to once more when the chain has moved on before its first call is sent. Not the
 * intent's amounts: "all" and shares were counted at the plan's block, and interest has run since.
 */
export const rehearsalPolicies: readonly Policy[] = [
  anyRule(promises),
  anyRule(priceImpact),
  anyRule(valueLoss),
  anyRule(minHealthFactor),
];
