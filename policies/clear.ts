import type { ClearedPlan } from "../src/domain/cleared.ts";
import { IntendantError } from "../src/domain/error.ts";
import type { Evidence } from "../src/domain/evidence.ts";
import { isIntact } from "../src/domain/plan.ts";
import { mergeVerdicts, type Verdict } from "../src/domain/verdict.ts";
import { evaluate } from "./evaluate.ts";
import type { Mandate } from "./mandate.ts";
import type { Policy } from "./policy.ts";

export type ClearOptions = {
  readonly policies: readonly Policy[];
  /** With the simulation. */
  readonly evidence: Evidence;
  readonly mandate: Mandate;
  /** The owner's yes: the id of the plan that was shown, and the codes of the warnings that were accepted with it. */
  readonly consent?: { readonly planId: string; readonly acknowledged: readonly string[] };
};

/**
 * Judges the plan anew at both stages and mints the only thing that the executor takes.
 *
 * Errors: PlanTamperedError (id is not the hash of the content), PlanDeniedError, ConsentMissingError (the verdict or the
 * mandate asks, and there is no yes for exactly this plan id, or a warning was not acknowledged).
 */
export function clear(options: ClearOptions): { readonly plan: ClearedPlan; readonly verdict: Verdict } {
  const { evidence, mandate, consent } = options;
  const { plan } = evidence;
  if (!isIntact(plan))
    throw new PlanTamperedError("Make a new plan: this one was changed after it was sealed.", { facts: [plan.id] });
  const verdict = judgeBoth(options);
  if (verdict.decision === "deny")
    throw new PlanDeniedError("The guards refuse this plan; see the findings.", {
      facts: verdict.findings.map((finding) => `${finding.severity} ${finding.code}: ${finding.evidence}`),
    });
  const asked = verdict.decision === "ask" || mandate.alwaysAsk;
  if (asked && consent?.planId !== plan.id)
    throw new ConsentMissingError("Approve exactly this plan before it is executed.", {
      facts: [`plan ${plan.id}`, `consent ${consent?.planId ?? "none"}`],
    });
  const accepted = new Set(consent?.acknowledged ?? []);
  const open = verdict.findings.filter((finding) => finding.severity === "warn" && !accepted.has(finding.code));
  if (open.length > 0)
    throw new ConsentMissingError("Acknowledge every warning of this plan before it is executed.", {
      facts: open.map((finding) => `${finding.code}: ${finding.evidence}`),
    });
  return { plan: plan as ClearedPlan, verdict };
}

function judgeBoth({ policies, evidence, mandate }: ClearOptions): Verdict {
  const first = evaluate({ policies, evidence, mandate, stage: "plan" });
  return mergeVerdicts(first, evaluate({ policies, evidence, mandate, stage: "simulation" }));
}

/** The guards refused. */
export class PlanDeniedError extends IntendantError {
  readonly code = "plan_denied";
}

/** No yes for this plan's hash. */
export class ConsentMissingError extends IntendantError {
  readonly code = "consent_missing";
}

/** The plan's content no longer hashes to its id. */
export class PlanTamperedError extends IntendantError {
  readonly code = "plan_tampered";
}
