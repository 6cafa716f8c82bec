import type { Evidence } from "../src/domain/evidence.ts";
import type { Decision, Finding, Severity, Verdict } from "../src/domain/verdict.ts";
import { type Mandate, mandateHash } from "./mandate.ts";
import type { Policy } from "./policy.ts";

/** `plan`: from calldata alone. `simulation`: from simulated effects. A plan needs both. */
export type Stage = Policy["reads"];

export type EvaluateOptions = {
  readonly policies: readonly Policy[];
  readonly evidence: Evidence;
  readonly mandate: Mandate;
  readonly stage: Stage;
};

/**
 * Judges a plan by every policy that reads this stage, and folds the findings: deny if any block or danger, ask if any
 * warn, else allow. Deny by default: no policy for the stage, a silent mandate, no simulation where one is read, and a
 * policy that throws are findings that block. Never throws.
 */
export function evaluate({ policies, evidence, mandate, stage }: EvaluateOptions): Verdict {
  const chosen = policies.filter((policy) => policy.reads === stage);
  const findings =
    chosen.length === 0
      ? [blocked("evaluate.no-policies", stage, `no policy judges the ${stage}`)]
      : chosen.flatMap((policy) => judge(policy, evidence, mandate));
  return {
    decision: decide(findings),
    findings,
    mandateHash: mandateHash(mandate),
    policies: chosen.map((policy) => policy.id),
  };
}

function judge(policy: Policy, evidence: Evidence, mandate: Mandate): readonly Finding[] {
  const about = (problem: string, text: string) => [blocked(`${policy.id}.${problem}`, policy.id, text)];
  try {
    if (policy.reads === "simulation" && !evidence.simulation)
      return about("no-simulation", "the plan was not simulated");
    const rule = policy.rule(mandate);
    if (rule === undefined) return about("mandate-silent", "the mandate does not speak about this");
    return policy.check(evidence, rule);
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : "unknown failure";
    return about("threw", `the policy could not judge: ${reason}`);
  }
}

const DECISIONS: Readonly<Record<Severity, Decision>> = { block: "deny", danger: "deny", warn: "ask", info: "allow" };

function decide(findings: readonly Finding[]): Decision {
  // An unknown severity (malformed policy) maps to undefined and must not pass.
  const decisions = findings.map((finding) => DECISIONS[finding.severity] ?? "deny");
  if (decisions.includes("deny")) return "deny";
  return decisions.includes("ask") ? "ask" : "allow";
}

function blocked(code: string, subject: string, evidence: string): Finding {
  return { code, severity: "block", subject, evidence, source: "policies/evaluate" };
}
