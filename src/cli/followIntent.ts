import type { Intendant } from "../compose/intendant.ts";
import type { IntentRecord } from "../domain/record.ts";
import type { SubmitRequest } from "../intents/service.ts";
import type { Steps } from "./render/steps.ts";

/** What the next step is called while a record is in a state. */
const NEXT: Readonly<Record<string, string>> = {
  received: "Understanding",
  planned: "Guards read the calls, simulating",
  simulated: "Guards read the simulated effects",
  submitted: "Executing",
};

const LIMIT_MS = 600_000;

/** Submits and follows an intent until nothing more happens without the owner, a spinner per step. */
export async function followIntent(intendant: Intendant, request: SubmitRequest, steps: Steps): Promise<IntentRecord> {
  steps.begin(NEXT.received ?? "");
  const record = await intendant.intents.submit(request);
  return await watch(intendant, record.id, steps);
}

/** Approves and follows an intent to its end. */
export async function followApproval(intendant: Intendant, record: IntentRecord, steps: Steps): Promise<IntentRecord> {
  const acknowledged = (record.verdict?.findings ?? [])
    .filter((entry) => entry.severity === "warn")
    .map((entry) => entry.code);
  steps.begin("Judging again, executing");
  await intendant.intents.approve(record.id, { planHash: record.plan?.id ?? "", acknowledged });
  return await watch(intendant, record.id, steps);
}

async function watch(intendant: Intendant, id: string, steps: Steps): Promise<IntentRecord> {
  let shown = "";
  const unsubscribe = intendant.intents.subscribe(id, (event) => {
    const next = event.type === "received" ? "Planning: quotes, routes, floors" : NEXT[event.type];
    if (next !== undefined && next !== shown) steps.begin(next);
    shown = next ?? shown;
  });
  try {
    const record = await intendant.intents.settled(id, LIMIT_MS);
    if (record.error === undefined) steps.done();
    else steps.fail();
    return record;
  } finally {
    unsubscribe();
  }
}
