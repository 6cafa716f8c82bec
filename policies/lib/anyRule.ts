import type { Policy } from "../policy.ts";

/** A policy is only ever handed the rule it reads itself, so its rule's type need not be known to the fold. */
export function anyRule<Rule>(policy: Policy<Rule>): Policy {
  return { ...policy, check: (evidence, rule) => policy.check(evidence, rule as Rule) };
}
