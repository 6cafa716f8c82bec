import type { Hex } from "viem";
import { IntendantError, toProblem } from "../domain/error.ts";
import type { ExecutionOutcome } from "../domain/receipt.ts";
import type { Journal, JournalEntry } from "../storage/journal.ts";
import { ExecutionPendingError, NonceConflictError } from "./errors.ts";
import { type ExecutorDeps, finish, minedReceipts, runCalls } from "./execute.ts";
import { awaitMined, broadcast, isKnown } from "./sendCall.ts";

type Begin = Extract<JournalEntry, { type: "begin" }>;
type Sending = Extract<JournalEntry, { type: "sending" }>;

/**
 * After a restart: for every plan that began and has no end, reads journal and chain, settles the step that was under
 * way, and then finishes the plan if it is still valid or stops it with an honest state. Nothing is sent twice: a step
 * that was signed is either found on chain or sent again as the very same signed transaction.
 *
 * @returns outcomes of plans that are now finished; those still pending stay open for the next call.
 */
export async function reconcile(deps: ExecutorDeps): Promise<readonly ExecutionOutcome[]> {
  const outcomes: ExecutionOutcome[] = [...(await endOrphans(deps))];
  for (const planId of deps.journal.open()) {
    try {
      outcomes.push(await resume(deps, planId));
    } catch (error) {
      if (!(error instanceof ExecutionPendingError)) throw error;
    }
  }
  return outcomes;
}

/** Reserved in the database, and the process died before the journal knew: nothing was sent. */
async function endOrphans({ executions, journal }: ExecutorDeps): Promise<readonly ExecutionOutcome[]> {
  const orphans = (await executions.open()).filter((planId) => journal.of(planId).length === 0);
  const outcomes = orphans.map(
    (planId): ExecutionOutcome => ({
      planId,
      state: "failed",
      receipts: [],
      reason: "Interrupted before the first step; nothing was sent.",
    }),
  );
  for (const outcome of outcomes) await executions.end(outcome);
  return outcomes;
}

async function resume(deps: ExecutorDeps, planId: Hex): Promise<ExecutionOutcome> {
  const begin = beginOf(deps.journal, planId);
  await restoreDatabase(deps, begin);
  const sending = inFlight(deps.journal, planId);
  try {
    if (sending !== undefined) await settle(deps, begin, sending);
  } catch (error) {
    if (!(error instanceof NonceConflictError) && !(error instanceof UnsentStepError)) throw error;
    return await finish(deps, planId, minedReceipts(deps.journal, planId), error.message);
  }
  return await finishOrStop(deps, begin);
}

/** The database may have lost its last writes (PGlite does not fsync): the journal restores them. */
async function restoreDatabase(deps: ExecutorDeps, begin: Begin): Promise<void> {
  await deps.executions.begin({
    plan: begin.plan,
    simulation: begin.simulation,
    reservation: {
      usdE8: begin.usdE8,
      capPerDayUsdE8: begin.usdE8 * 1_000_000n + 1n,
      dayIso: dayOf(begin.plan.block.timestamp),
    },
    ...(begin.intentId === undefined ? {} : { intentId: begin.intentId }),
  });
  for (const receipt of minedReceipts(deps.journal, begin.planId)) await deps.executions.addReceipt(receipt);
}

async function settle(deps: ExecutorDeps, begin: Begin, sending: Sending): Promise<void> {
  const step = { plan: begin.plan, callIndex: sending.callIndex };
  if (await isKnown(deps.client, sending.txHash)) {
    await awaitMined(deps, step, sending);
    return;
  }
  const nonce = await deps.client.getTransactionCount({ address: begin.plan.account, blockTag: "latest" });
  if (nonce > sending.nonce) throw new NonceConflictError(sending.nonce, sending.txHash);
  if (deps.now() > begin.plan.expiresAtSeconds) throw new UnsentStepError(sending);
  await broadcast(deps.client, sending.raw, sending.txHash);
  await awaitMined(deps, step, sending);
}

async function finishOrStop(deps: ExecutorDeps, begin: Begin): Promise<ExecutionOutcome> {
  const { plan, simulation } = begin;
  const receipts = minedReceipts(deps.journal, plan.id);
  if (receipts.some((receipt) => receipt.status === "reverted")) {
    return await finish(deps, plan.id, receipts, "A step reverted on chain; the steps after it were not sent.");
  }
  if (receipts.length === plan.calls.length) return await finish(deps, plan.id, receipts, undefined);
  if (deps.now() > plan.expiresAtSeconds) {
    return await finish(deps, plan.id, receipts, stopReason(receipts.length, plan.calls.length));
  }
  try {
    return await runCalls(deps, await deps.clear(plan, simulation, begin.consent));
  } catch (error) {
    if (error instanceof ExecutionPendingError) throw error;
    return await finish(deps, plan.id, receipts, toProblem(error).message);
  }
}

function stopReason(done: number, all: number): string {
  return `Interrupted after ${done} of ${all} steps; the plan expired before the restart, so the rest was not sent.`;
}

function beginOf(journal: Journal, planId: Hex): Begin {
  const begin = journal.of(planId).find((entry) => entry.type === "begin");
  if (begin?.type !== "begin") throw new JournalGapError(planId);
  return begin;
}

function inFlight(journal: Journal, planId: Hex): Sending | undefined {
  const mined = new Set(minedReceipts(journal, planId).map((receipt) => receipt.callIndex));
  const sent = journal.of(planId).flatMap((entry) => (entry.type === "sending" ? [entry] : []));
  return sent.findLast((entry) => !mined.has(entry.callIndex));
}

function dayOf(timestamp: bigint): string {
  return new Date(Number(timestamp) * 1000).toISOString().slice(0, 10);
}

/** A signed step was never seen on chain and its plan has expired. */
export class UnsentStepError extends IntendantError {
  readonly code = "step_unsent";
  constructor(sending: Sending) {
    super(
      `Interrupted while sending step ${sending.callIndex + 1}: it was not seen on chain and the plan expired, so it was not sent again.`,
      { facts: [`transaction ${sending.txHash}`, `nonce ${sending.nonce}`] },
    );
  }
}

/** The journal has steps of a plan and not its beginning. */
export class JournalGapError extends IntendantError {
  readonly code = "journal_corrupt";
  constructor(planId: Hex) {
    super("The journal has no beginning of a plan it mentions: restore it from a backup; nothing is sent until then.", {
      facts: [`plan ${planId}`],
    });
  }
}
