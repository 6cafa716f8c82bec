import { type IntentRecord, isPending } from "../domain/record.ts";

/** The answer to a yes that is being carried out: its record says so once the first step is judged again. */
export function underWay(record: IntentRecord): IntentRecord {
  return isPending(record.state) ? { ...record, state: "submitted" } : record;
}
