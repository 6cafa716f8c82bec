import type { Hex } from "viem";
import type { ExecutionOutcome } from "../domain/receipt.ts";
import { ExecutionPendingError } from "./errors.ts";
import type { ExecutorDeps } from "./execute.ts";
import { resume } from "./resume.ts";
import { recordedOutcome } from "./runCalls.ts";

/** A plan that has its end now, and the intent it served. */
export type Settled = { readonly outcome: ExecutionOutcome; readonly intentId?: string };

/**
 * Makes journal, database and chain agree, after a restart and from time to time: a plan that began and has no end is
 * taken up (`resume`), an end that the database missed is written, a reservation without a journal entry is released.
 * Runs under the account's lock: an execution that is under way in this process is waited for, never taken up.
 *
 * @returns plans that got their end now; those still pending stay open for the next call.
 */
export async function reconcile(deps: ExecutorDeps): Promise<readonly Settled[]> {
  const alone = <T>(work: () => Promise<T>): Promise<T> => deps.lock(deps.signer.address, work);
  const settled: Settled[] = [];
  for (const planId of deps.journal.open()) {
    settled.push(...(await alone(() => takeUp(deps, planId))));
  }
  for (const planId of await deps.executions.open()) {
    settled.push(...(await alone(() => repairDatabase(deps, planId))));
  }
  return settled;
}

async function takeUp(deps: ExecutorDeps, planId: Hex): Promise<readonly Settled[]> {
  // It may have ended while we waited for the lock; its own caller has that outcome.
  if (recordedOutcome(deps.journal, planId) !== undefined) return [];
  try {
    return [await linked(deps, await resume(deps, planId))];
  } catch (error) {
    if (error instanceof ExecutionPendingError) return [];
    throw error;
  }
}

/** The database says "sending": the journal knows the end, or knows nothing, and then nothing was sent. */
async function repairDatabase(deps: ExecutorDeps, planId: Hex): Promise<readonly Settled[]> {
  const { executions, journal } = deps;
  // It may have ended while we waited for the lock.
  if ((await executions.state(planId)) !== "sending") return [];
  const ended = recordedOutcome(journal, planId);
  if (ended === undefined && journal.of(planId).length > 0) return [];
  const outcome: ExecutionOutcome = ended ?? {
    planId,
    state: "failed",
    receipts: [],
    reason: "Interrupted before the first step; nothing was sent.",
  };
  for (const receipt of outcome.receipts) await executions.addReceipt(receipt);
  await executions.end(outcome);
  return [await linked(deps, outcome)];
}

async function linked({ executions }: ExecutorDeps, outcome: ExecutionOutcome): Promise<Settled> {
  const intentId = await executions.intentOf(outcome.planId);
  return intentId === undefined ? { outcome } : { outcome, intentId };
}
