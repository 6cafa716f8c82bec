import type { Problem } from "../domain/error.ts";
import type { Understood } from "../domain/grounding.ts";
import type { Understanding } from "../domain/intent.ts";
import { fromJson, type Json } from "../domain/json.ts";
import type { Plan } from "../domain/plan.ts";
import type { Preview } from "../domain/preview.ts";
import type { ExecutionOutcome } from "../domain/receipt.ts";
import type { IntentRecord, RecordState } from "../domain/record.ts";
import type { Verdict } from "../domain/verdict.ts";

/** What one node of the graph reported; the runner's view of a graph update. */
export type NodeUpdate = {
  readonly understood?: Understood;
  readonly answer?: IntentRecord["answer"];
  readonly plan?: Json;
  readonly simulation?: Json;
  readonly verdict?: Verdict;
  readonly consent?: { readonly planHash: string; readonly acknowledged: readonly string[] };
  readonly outcome?: Json;
  readonly error?: Problem;
  /** The graph stopped to wait for a person's yes. */
  readonly interrupted?: boolean;
};

type Context = { readonly plan?: Plan; readonly preview?: Preview };

/** Folds one node's update into the public record. Pure: the record is what happened, nothing else. */
export function applyUpdate(record: IntentRecord, update: NodeUpdate, context: Context): IntentRecord {
  if (update.error !== undefined)
    return { ...record, state: failureState(update.error), error: { ...update.error, facts: [...update.error.facts] } };
  if (update.interrupted === true) return { ...record, state: "awaiting_approval" };
  if (update.understood !== undefined) return withUnderstanding(record, update.understood);
  if (update.answer !== undefined) return { ...record, state: "answered", answer: update.answer };
  if (update.outcome !== undefined)
    return withOutcome(record, fromJson<ExecutionOutcome>(update.outcome), context.plan);
  if (update.consent !== undefined) {
    const { planHash, acknowledged } = update.consent;
    return { ...record, state: "submitted", consent: { planHash, acknowledged: [...acknowledged] } };
  }
  if (update.verdict !== undefined) return withVerdict(record, update.verdict, context.preview);
  if (update.simulation !== undefined) return { ...record, state: "simulated" };
  if (update.plan !== undefined) return withPlan(record, fromJson<Plan>(update.plan));
  return record;
}

function failureState(error: Problem): RecordState {
  if (error.code === "execution_pending") return "submitted";
  return error.code === "plan_expired" ? "expired" : "failed";
}

function withUnderstanding(record: IntentRecord, understood: Understood): IntentRecord {
  const { understanding } = understood;
  const known: IntentRecord = { ...record, understanding, groundings: [...understood.groundings] };
  return { ...known, ...closing(understanding) };
}

/** Kinds that need no plan settle the record at once. */
function closing(understanding: Understanding): Partial<IntentRecord> {
  switch (understanding.kind) {
    case "clarify": {
      const { prompt, missing, options } = understanding;
      return {
        state: "clarifying",
        question: { prompt, missing: [...missing], ...(options === undefined ? {} : { options }) },
      };
    }
    case "refuse":
      return { state: "refused", answer: { text: understanding.reason, facts: [] } };
    case "talk":
      return { state: "answered", answer: { text: understanding.text, facts: [] } };
    case "control":
      return { state: "answered", answer: { text: controlText(understanding.verb), facts: [] } };
    default:
      return {};
  }
}

/** Words alone never execute: a yes in a chat is answered with how consent is given. */
function controlText(verb: string): string {
  if (verb === "approve")
    return "To approve, confirm the plan by its hash (the approve call, or the prompt of the command line).";
  if (verb === "cancel") return "To cancel, use the cancel call of the plan; nothing is sent without an approval.";
  return `Understood: ${verb}. There is no standing automation it could apply to.`;
}

function withPlan(record: IntentRecord, plan: Plan): IntentRecord {
  const expiresAt = new Date(Number(plan.expiresAtSeconds) * 1000).toISOString();
  return {
    ...record,
    state: "planned",
    plan: { id: plan.id, expiresAt, block: plan.block.number.toString(), calls: plan.calls.length },
  };
}

function withVerdict(record: IntentRecord, verdict: Verdict, preview: Preview | undefined): IntentRecord {
  const state = verdict.decision === "deny" ? "blocked" : record.state;
  const judged: IntentRecord = {
    ...record,
    state,
    verdict: { ...verdict, findings: [...verdict.findings], policies: [...verdict.policies] },
  };
  return preview === undefined ? judged : { ...judged, preview };
}

function withOutcome(record: IntentRecord, outcome: ExecutionOutcome, plan: Plan | undefined): IntentRecord {
  const receipts = outcome.receipts.map((receipt) => ({
    callIndex: receipt.callIndex,
    label: plan?.calls[receipt.callIndex]?.label ?? record.preview?.calls[receipt.callIndex]?.label ?? "",
    txHash: receipt.txHash,
    block: receipt.block.toString(),
    status: receipt.status,
    gasUsed: receipt.gasUsed.toString(),
    gasPriceWei: receipt.effectiveGasPrice.toString(),
    changes: receipt.changes.map((change) => ({ ...change, delta: change.delta.toString() })),
    deviations: [...receipt.deviations],
  }));
  const { error: _, ...rest } = record;
  const problem = outcome.reason === undefined ? {} : { error: stopped(outcome.reason) };
  return { ...rest, state: outcome.state, receipts, ...problem };
}

function stopped(reason: string): NonNullable<IntentRecord["error"]> {
  return { code: "execution_stopped", message: reason, facts: [], retry: "fresh-quote" };
}
