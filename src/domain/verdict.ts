export type Severity = "info" | "warn" | "danger" | "block";

/** One objection. `ask` findings need an explicit acknowledgement bound to the plan hash; `block` cannot be dismissed. */
export type Finding = {
  /** Stable id, policy id first: "price-impact", "conformance.unnamed-outflow". */
  readonly code: string;
  readonly severity: Severity;
  /** What it is about: token, address, call label. */
  readonly subject: string;
  /** Both numbers, in words a person can check. */
  readonly evidence: string;
  /** Policy id, oracle, block. */
  readonly source: string;
};

export type Decision = "allow" | "ask" | "deny";

/** The fold of all findings: deny if any block/danger, ask if any warn, else allow. */
export type Verdict = {
  readonly decision: Decision;
  readonly findings: readonly Finding[];
  /** keccak256 of the mandate that judged. */
  readonly mandateHash: string;
  /** Ids of the policies that ran, in order. */
  readonly policies: readonly string[];
};

const STRICTNESS: Readonly<Record<Decision, number>> = { allow: 0, ask: 1, deny: 2 };

/** Both judgements in one: the strictest decision, all findings, all policies in order. */
export function mergeVerdicts(first: Verdict, second: Verdict): Verdict {
  return {
    decision: STRICTNESS[first.decision] >= STRICTNESS[second.decision] ? first.decision : second.decision,
    findings: [...first.findings, ...second.findings],
    mandateHash: second.mandateHash,
    policies: [...new Set([...first.policies, ...second.policies])],
  };
}
