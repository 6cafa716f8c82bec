import type { Finding, Severity } from "../../src/domain/verdict.ts";

/** A finding of the conformance policy. */
export function object(severity: Severity, code: string, subject: string, evidence: string): Finding {
  return { code: `conformance.${code}`, severity, subject, evidence, source: "conformance" };
}

/** A finding that cannot be dismissed. */
export function block(code: string, subject: string, evidence: string): Finding {
  return object("block", code, subject, evidence);
}
