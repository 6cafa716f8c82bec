import type { Hex } from "viem";
import type { ClearedPlan } from "../domain/cleared.ts";
import { IntendantError, toProblem } from "../domain/error.ts";
import type { Plan } from "../domain/plan.ts";
import type { ExecutionOutcome, Receipt } from "../domain/receipt.ts";
import type { Journal } from "../storage/journal.ts";
import { ExecutionPendingError } from "./errors.ts";
import type { ExecutorDeps } from "./execute.ts";
import { sendCall } from "./sendCall.ts";

/**
 * Runs what is left of a journaled plan, stops at the first failure, and writes the end. The caller holds the account's
 * lock and has settled every step that was signed before: a step without a receipt is sent.
 *
 * @throws {ExecutionPendingError} when a sent transaction is not seen mined in time.
 */
export async function runCalls(deps: ExecutorDeps, plan: ClearedPlan): Promise<ExecutionOutcome> {
  const receipts = [...minedReceipts(deps.journal, plan.id)];
  for (const callIndex of plan.calls.keys()) {
    if (receipts.some((receipt) => receipt.callIndex === callIndex)) continue;
    try {
      receipts.push(await sendCall(deps, { plan, callIndex, receipts }));
    } catch (error) {
      if (error instanceof ExecutionPendingError) throw error;
      return await finish(deps, plan.id, sentence(error));
    }
    if (receipts.at(-1)?.status === "reverted") break;
  }
  return await finish(deps, plan.id, revertReason(plan, receipts));
}

/**
 * Writes the end of an execution into journal and database, over the receipts that the journal holds.
 * No reason = every call succeeded. A database that fails here is repaired by the next `reconcile`: the journal decides.
 */
export async function finish(
  deps: Pick<ExecutorDeps, "journal" | "executions">,
  planId: Hex,
  reason: string | undefined,
): Promise<ExecutionOutcome> {
  const receipts = minedReceipts(deps.journal, planId);
  const state = endState(receipts, reason);
  const outcome: ExecutionOutcome = { planId, state, receipts, ...(reason === undefined ? {} : { reason }) };
  deps.journal.append({ type: "end", planId, state, ...(reason === undefined ? {} : { reason }) });
  await deps.executions.end(outcome).catch(() => undefined);
  return outcome;
}

/** Receipts the journal holds for a plan, in call order. */
export function minedReceipts(journal: Journal, planId: Hex): readonly Receipt[] {
  return journal
    .of(planId)
    .flatMap((entry) => (entry.type === "mined" ? [entry.receipt] : []))
    .sort((a, b) => a.callIndex - b.callIndex);
}

/** How the journal says a plan ended; undefined while it has no end. */
export function recordedOutcome(journal: Journal, planId: Hex): ExecutionOutcome | undefined {
  const end = journal.of(planId).find((entry) => entry.type === "end");
  if (end?.type !== "end") return undefined;
  const receipts = minedReceipts(journal, planId);
  return { planId, state: end.state, receipts, ...(end.reason === undefined ? {} : { reason: end.reason }) };
}

/** Why a plan with a reverted call stopped; undefined when none reverted. */
export function revertReason(plan: Plan, receipts: readonly Receipt[]): string | undefined {
  const failed = receipts.find((receipt) => receipt.status === "reverted");
  if (failed === undefined) return undefined;
  return `Step ${failed.callIndex + 1} of ${plan.calls.length} ("${plan.calls[failed.callIndex]?.label ?? "?"}") reverted on chain; the steps after it were not sent.`;
}

/** An error as the reason of a stop: its sentence and its facts. */
export function sentence(error: unknown): string {
  const { message } = toProblem(error);
  const facts = error instanceof IntendantError ? error.facts : [];
  return facts.length === 0 ? message : `${message} (${facts.join("; ")})`;
}

function endState(receipts: readonly Receipt[], reason: string | undefined): ExecutionOutcome["state"] {
  if (reason === undefined) return "confirmed";
  if (receipts.some((receipt) => receipt.status === "success")) return "partially_confirmed";
  return receipts.length > 0 ? "reverted" : "failed";
}
