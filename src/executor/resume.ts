import type { Hex } from "viem";
import { RpcUnavailableError } from "../chain/errors.ts";
import { IntendantError } from "../domain/error.ts";
import type { ExecutionOutcome } from "../domain/receipt.ts";
import type { Journal, JournalEntry } from "../storage/journal.ts";
import { ExecutionPendingError, NonceConflictError } from "./errors.ts";
import type { ExecutorDeps } from "./execute.ts";
import { finish, minedReceipts, revertReason, runCalls, sentence } from "./runCalls.ts";
import { awaitMined, broadcast, isKnown } from "./sendCall.ts";

type Begin = Extract<JournalEntry, { type: "begin" }>;
type Sending = Extract<JournalEntry, { type: "sending" }>;

/** What a plan restored from the journal is measured against: its spend was agreed before, so nothing may refuse it now. */
const NO_CAP_USD_E8 = 10n ** 40n;

/**
 * Takes up a plan that began and has no end: settles the step that was under way, then finishes the plan if it still is
 * valid, or stops it with an honest state. A step that was signed is either found on chain or sent again as the very
 * same signed transaction; it is never signed anew. The caller holds the account's lock.
 *
 * @throws {ExecutionPendingError} while the chain does not say what became of the step.
 * @throws {JournalGapError} when the journal lacks the plan's beginning.
 */
export async function resume(deps: ExecutorDeps, planId: Hex): Promise<ExecutionOutcome> {
  const begin = beginOf(deps.journal, planId);
  await restoreDatabase(deps, begin);
  const sending = inFlight(deps.journal, planId);
  try {
    if (sending !== undefined) await settle(deps, begin, sending);
  } catch (error) {
    if (sending !== undefined && error instanceof RpcUnavailableError)
      throw new ExecutionPendingError(sending.txHash, error);
    if (!(error instanceof NonceConflictError) && !(error instanceof UnsentStepError)) throw error;
    return await finish(deps, planId, sentence(error));
  }
  return await finishOrStop(deps, begin);
}

/** The database may have lost its last writes (PGlite does not fsync): the journal restores them. */
async function restoreDatabase(deps: ExecutorDeps, begin: Begin): Promise<void> {
  const { plan, simulation, intentId, usdE8 } = begin;
  await deps.executions.begin({
    plan,
    simulation,
    reservation: { usdE8, capPerDayUsdE8: NO_CAP_USD_E8, dayIso: dayOf(plan.block.timestamp) },
    ...(intentId === undefined ? {} : { intentId }),
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
  const reverted = revertReason(plan, receipts);
  if (reverted !== undefined) return await finish(deps, plan.id, reverted);
  if (receipts.length === plan.calls.length) return await finish(deps, plan.id, undefined);
  if (deps.now() > plan.expiresAtSeconds) {
    return await finish(deps, plan.id, stopReason(receipts.length, plan.calls.length));
  }
  try {
    return await runCalls(deps, await deps.clear(plan, simulation, begin.consent));
  } catch (error) {
    if (error instanceof ExecutionPendingError) throw error;
    return await finish(deps, plan.id, sentence(error));
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
