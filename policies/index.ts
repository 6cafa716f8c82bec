import { allowedScope } from "./allowedScope.ts";
import { conformance } from "./conformance.ts";
import { exactApprovals } from "./exactApprovals.ts";
import { knownCalls } from "./knownCalls.ts";
import { knownSpenders } from "./knownSpenders.ts";
import { anyRule } from "./lib/anyRule.ts";
import { minHealthFactor } from "./minHealthFactor.ts";
import type { Policy } from "./policy.ts";
import { priceImpact } from "./priceImpact.ts";
import { recipientNamed } from "./recipientNamed.ts";
import { recipientSafe } from "./recipientSafe.ts";
import { sandwichExposure } from "./sandwichExposure.ts";
import { slippageFloor } from "./slippageFloor.ts";
import { spendCaps } from "./spendCaps.ts";
import { tokenRisk } from "./tokenRisk.ts";
import { usualAmounts } from "./usualAmounts.ts";
import { valueLoss } from "./valueLoss.ts";

/** Every policy, in the order in which findings are shown. */
export const policies: readonly Policy[] = [
  anyRule(knownCalls),
  anyRule(knownSpenders),
  anyRule(exactApprovals),
  anyRule(recipientNamed),
  anyRule(recipientSafe),
  anyRule(allowedScope),
  anyRule(tokenRisk),
  anyRule(slippageFloor),
  anyRule(sandwichExposure),
  anyRule(spendCaps),
  anyRule(usualAmounts),
  anyRule(priceImpact),
  anyRule(valueLoss),
  anyRule(minHealthFactor),
  anyRule(conformance),
];

export { type ClearOptions, ConsentMissingError, clear, PlanDeniedError, PlanTamperedError } from "./clear.ts";
export { type EvaluateOptions, evaluate, type Stage } from "./evaluate.ts";
export { defaultMandate, type Mandate, mandateHash } from "./mandate.ts";
export { MandateInvalidError, parseMandate } from "./parseMandate.ts";
export type { Policy } from "./policy.ts";
export { rehearsalPolicies } from "./rehearsal.ts";
export { plannedSpendUsdE8 } from "./spendCaps.ts";
