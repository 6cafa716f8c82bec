import type { IntentRecord } from "../domain/record.ts";

/** True once the plan's quotes are too old to be executed. */
export function isOutdated({ plan }: IntentRecord, now: Date): boolean {
  return plan !== undefined && Date.parse(plan.expiresAt) < now.getTime();
}
