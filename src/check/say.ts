import type { Finding, Severity } from "../domain/verdict.ts";

/** A finding of the check itself. */
export function say(code: string, severity: Severity, subject: string, evidence: string): Finding {
  return { code: `check.${code}`, severity, subject, evidence, source: "check" };
}

/** Longest text of a revert or of a contract that a finding repeats. */
const LONGEST = 200;

/** Text that the chain gave: data, cut short, one line. */
export function cut(text: string): string {
  const line = text.replace(/[^ -~]/g, "?");
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
