import type { Plan } from "./plan.ts";

declare const cleared: unique symbol;

/**
 * A plan that the guards let through and, where asked for, its owner consented to.
 *
 * Only `clear` in policies/ mints it, so that an unguarded plan does not compile where money moves. The mark is a type:
 * it adds no field, the plan's hash stays what it is.
 */
export type ClearedPlan = Plan & { readonly [cleared]: true };
