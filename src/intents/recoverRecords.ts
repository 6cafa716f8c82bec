import { toJson } from "../domain/json.ts";
import type { ExecutionOutcome } from "../domain/receipt.ts";
import type { IntentRecord, RecordState } from "../domain/record.ts";
import type { RecordStore } from "../storage/records.ts";
import { applyUpdate } from "./applyUpdate.ts";

type Request = {
  readonly records: RecordStore;
  /** What the journal knows of a plan: its end, "open" while it waits for the chain, undefined when it never began. */
  readonly executionOf: (planId: string) => ExecutionOutcome | "open" | undefined;
  readonly now: () => Date;
};

/** States in which only a running process moves a record on, and the one where a yes may just have been given. */
const INTERRUPTIBLE: readonly RecordState[] = ["received", "planned", "simulated", "submitted", "awaiting_approval"];
const PAGE = 200;

/**
 * After a restart: no record stays in a state that nobody will move on. A plan that ended shows its end, one that waits
 * for the chain is submitted, and one that never began has failed with nothing sent. A plan that waits for a yes waits on.
 */
export async function recoverRecords(request: Request): Promise<void> {
  for (const state of INTERRUPTIBLE) {
    const { records } = await request.records.list({ state, limit: PAGE });
    for (const record of records) {
      const next = recovered(record, request);
      if (next !== record)
        await request.records.update(
          { ...next, updatedAt: request.now().toISOString() },
          { type: next.state, data: { state: next.state } },
        );
    }
  }
}

function recovered(record: IntentRecord, { executionOf }: Request): IntentRecord {
  const execution = record.plan === undefined ? undefined : executionOf(record.plan.id);
  if (execution === "open") return record.state === "submitted" ? record : { ...record, state: "submitted" };
  if (execution !== undefined) return applyUpdate(record, { outcome: toJson(execution) }, {});
  if (record.state === "awaiting_approval") return record;
  return {
    ...record,
    state: "failed",
    error: {
      code: "interrupted",
      message: "Intendant stopped before the first step; nothing was sent: send the intent again.",
      facts: [],
      retry: "fresh-quote",
    },
  };
}
