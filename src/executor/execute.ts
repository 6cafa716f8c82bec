import type { Hex } from "viem";
import type { Client } from "../chain/reader.ts";
import type { ClearedPlan } from "../domain/cleared.ts";
import { toProblem } from "../domain/error.ts";
import type { Json } from "../domain/json.ts";
import { isIntact, type Plan } from "../domain/plan.ts";
import type { ExecutionOutcome, Receipt } from "../domain/receipt.ts";
import type { Simulation } from "../domain/simulation.ts";
import type { TokenRegistry } from "../domain/token.ts";
import type { ExecutionStore, Reservation } from "../storage/executions.ts";
import type { Journal } from "../storage/journal.ts";
import { ExecutionPendingError, PlanExpiredError, PlanTamperedError, SignerMismatchError } from "./errors.ts";
import { sendCall } from "./sendCall.ts";
import type { Signer } from "./signer.ts";

export type ExecutionProgress =
  | { readonly type: "sent"; readonly callIndex: number; readonly txHash: Hex }
  | { readonly type: "mined"; readonly callIndex: number; readonly receipt: Receipt };

export type ExecutorDeps = {
  readonly client: Client;
  readonly tokens: TokenRegistry;
  readonly signer: Signer;
  readonly journal: Journal;
  readonly executions: ExecutionStore;
  /** Policies bound to the mandate, over fresh evidence: judges the plan again right before the first call is sent. Throws when it no longer passes. */
  readonly clear: (plan: Plan, simulation: Simulation, consent: Json) => Promise<ClearedPlan>;
  /** Unix seconds. */
  readonly now: () => bigint;
  readonly confirmations: number;
  readonly receiptTimeoutMs: number;
  readonly pollingIntervalMs: number;
  readonly onProgress?: (event: ExecutionProgress) => void;
};

export type ExecutionRequest = {
  readonly plan: Plan;
  readonly simulation: Simulation;
  readonly intentId?: string;
  /** What the owner consented with (acknowledged warnings, groundings); journaled, opaque to the executor. */
  readonly consent: Json;
  readonly reservation: Reservation;
};

/**
 * Executes a plan exactly once: check → judge again → reserve and journal → call by call → end.
 * Idempotent by plan id: a plan that ended returns its outcome and nothing is sent.
 *
 * @throws {PlanTamperedError} when the content does not hash to the id.
 * @throws {PlanExpiredError} when the plan is too old to start.
 * @throws {SignerMismatchError} when the signer is not the plan's account.
 * @throws {ExecutionPendingError} when a sent transaction is not mined in time; `reconcile` finishes it later.
 */
export async function execute(deps: ExecutorDeps, request: ExecutionRequest): Promise<ExecutionOutcome> {
  const { plan } = request;
  const ended = recordedOutcome(deps.journal, plan.id);
  if (ended !== undefined) return ended;
  assertExecutable(deps, plan);
  const cleared = await deps.clear(plan, request.simulation, request.consent);
  if (cleared.id !== plan.id) throw new PlanTamperedError(plan.id);
  await begin(deps, request);
  return await runCalls(deps, cleared);
}

/** Runs what is left of a journaled plan, stops at the first failure, and writes the end. */
export async function runCalls(deps: ExecutorDeps, plan: ClearedPlan): Promise<ExecutionOutcome> {
  const receipts = [...minedReceipts(deps.journal, plan.id)];
  for (const callIndex of plan.calls.keys()) {
    if (receipts.some((receipt) => receipt.callIndex === callIndex)) continue;
    try {
      receipts.push(await sendCall(deps, { plan, callIndex, receipts }));
    } catch (error) {
      if (error instanceof ExecutionPendingError) throw error;
      return await finish(deps, plan.id, receipts, toProblem(error).message);
    }
    if (receipts.at(-1)?.status === "reverted") break;
  }
  return await finish(deps, plan.id, receipts, revertReason(plan, receipts));
}

/** Writes the end of an execution into journal and database. No reason = every call succeeded. */
export async function finish(
  deps: Pick<ExecutorDeps, "journal" | "executions">,
  planId: Hex,
  receipts: readonly Receipt[],
  reason: string | undefined,
): Promise<ExecutionOutcome> {
  const state = endState(receipts, reason);
  const outcome: ExecutionOutcome = { planId, state, receipts, ...(reason === undefined ? {} : { reason }) };
  deps.journal.append({ type: "end", planId, state, ...(reason === undefined ? {} : { reason }) });
  await deps.executions.end(outcome);
  return outcome;
}

/** Receipts the journal holds for a plan, in call order. */
export function minedReceipts(journal: Journal, planId: Hex): readonly Receipt[] {
  return journal
    .of(planId)
    .flatMap((entry) => (entry.type === "mined" ? [entry.receipt] : []))
    .sort((a, b) => a.callIndex - b.callIndex);
}

function recordedOutcome(journal: Journal, planId: Hex): ExecutionOutcome | undefined {
  const end = journal.of(planId).find((entry) => entry.type === "end");
  if (end?.type !== "end") return undefined;
  const receipts = minedReceipts(journal, planId);
  return { planId, state: end.state, receipts, ...(end.reason === undefined ? {} : { reason: end.reason }) };
}

function assertExecutable(deps: ExecutorDeps, plan: Plan): void {
  if (!isIntact(plan)) throw new PlanTamperedError(plan.id);
  if (deps.signer.address.toLowerCase() !== plan.account.toLowerCase()) {
    throw new SignerMismatchError(deps.signer.address, plan.account);
  }
  if (deps.now() > plan.expiresAtSeconds) throw new PlanExpiredError(plan.expiresAtSeconds, deps.now());
}

async function begin(deps: ExecutorDeps, request: ExecutionRequest): Promise<void> {
  const { plan, simulation, intentId, consent, reservation } = request;
  await deps.executions.begin(request);
  if (deps.journal.of(plan.id).length > 0) return;
  const link = intentId === undefined ? {} : { intentId };
  deps.journal.append({ type: "begin", planId: plan.id, plan, simulation, consent, usdE8: reservation.usdE8, ...link });
}

function endState(receipts: readonly Receipt[], reason: string | undefined): ExecutionOutcome["state"] {
  if (reason === undefined) return "confirmed";
  if (receipts.some((receipt) => receipt.status === "success")) return "partially_confirmed";
  return receipts.length > 0 ? "reverted" : "failed";
}

function revertReason(plan: Plan, receipts: readonly Receipt[]): string | undefined {
  const failed = receipts.find((receipt) => receipt.status === "reverted");
  if (failed === undefined) return undefined;
  return `Step ${failed.callIndex + 1} of ${plan.calls.length} ("${plan.calls[failed.callIndex]?.label ?? "?"}") reverted on chain; the steps after it were not sent.`;
}
