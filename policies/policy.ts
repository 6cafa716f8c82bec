import type { Evidence } from "../src/domain/evidence.ts";
import type { Finding } from "../src/domain/verdict.ts";
import type { Mandate } from "./mandate.ts";

/**
 * One rule of the owner's mandate. Pure and synchronous; judges decoded calldata and simulated effects.
 * `evaluate` denies when `rule` returns undefined (mandate silent), when `check` throws, and when a simulation policy finds none.
 */
export type Policy<Rule = unknown> = {
  /** Stable id, shown to users: "exact-approvals". */
  readonly id: string;
  readonly reads: "plan" | "simulation";
  readonly rule: (mandate: Mandate) => Rule | undefined;
  check(evidence: Evidence, rule: Rule): readonly Finding[];
};
