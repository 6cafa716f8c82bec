import type { Hex } from "viem";
import type { Client } from "../chain/reader.ts";
import type { ClearedPlan } from "../domain/cleared.ts";
import type { Json } from "../domain/json.ts";
import { isIntact, type Plan } from "../domain/plan.ts";
import type { ExecutionOutcome, Receipt } from "../domain/receipt.ts";
import type { Simulation } from "../domain/simulation.ts";
import type { TokenRegistry } from "../domain/token.ts";
import type { ExecutionStore, Reservation } from "../storage/executions.ts";
import type { Journal } from "../storage/journal.ts";
import type { AccountLock } from "./accountLock.ts";
import { PlanAbandonedError, PlanExpiredError, PlanTamperedError, SignerMismatchError } from "./errors.ts";
import { resume } from "./resume.ts";
import { recordedOutcome, runCalls } from "./runCalls.ts";
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
  /** One execution or reconciliation of an account at a time. */
  readonly lock: AccountLock;
  /** Policies bound to the mandate, over fresh evidence: judges the plan again right before the first call is sent. Throws when it no longer passes. */
  readonly clear: (plan: Plan, simulation: Simulation, consent: Json) => Promise<ClearedPlan>;
  /** Runs the plan once more on the latest block, right before the first call is sent. Throws when it no longer does what was shown. */
  readonly rehearse: (plan: Plan) => Promise<void>;
  /** Wei per gas at the plan's block: what the fees that the owner saw were counted with. */
  readonly plannedGasPriceWei: (plan: Plan) => Promise<bigint>;
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
 * Executes a plan exactly once: check → judge again → rehearse → reserve and journal → call by call → end.
 * Idempotent by plan id: a plan that ended returns its outcome and nothing is sent; one that began is taken up where the
 * journal says it stands. Plans of one account run one after the other.
 *
 * @throws {PlanTamperedError} when the content does not hash to the id.
 * @throws {PlanExpiredError} when the plan is too old to start.
 * @throws {PlanStaleError} when the chain moved on and the plan would do something else now.
 * @throws {SignerMismatchError} when the signer is not the plan's account.
 * @throws {PlanAbandonedError} when an earlier attempt was given up before its first step.
 * @throws {ExecutionPendingError} when a sent transaction is not mined in time; `reconcile` finishes it later.
 */
export async function execute(deps: ExecutorDeps, request: ExecutionRequest): Promise<ExecutionOutcome> {
  return await deps.lock(request.plan.account, () => executeAlone(deps, request));
}

async function executeAlone(deps: ExecutorDeps, request: ExecutionRequest): Promise<ExecutionOutcome> {
  const { plan } = request;
  if (!isIntact(plan)) throw new PlanTamperedError(plan.id);
  assertSigner(deps, plan);
  const ended = recordedOutcome(deps.journal, plan.id);
  if (ended !== undefined) return ended;
  if (deps.journal.of(plan.id).length > 0) return await resume(deps, plan.id);
  if (deps.now() > plan.expiresAtSeconds) throw new PlanExpiredError(plan.expiresAtSeconds, deps.now());
  const cleared = await deps.clear(plan, request.simulation, request.consent);
  if (cleared.id !== plan.id) throw new PlanTamperedError(plan.id);
  await deps.rehearse(plan);
  await begin(deps, request);
  return await runCalls(deps, cleared);
}

function assertSigner({ signer }: ExecutorDeps, plan: Plan): void {
  if (signer.address.toLowerCase() !== plan.account.toLowerCase())
    throw new SignerMismatchError(signer.address, plan.account);
}

/** Spend is reserved first, then the journal knows; an attempt that died in between is not taken up, its spend is free. */
async function begin(deps: ExecutorDeps, request: ExecutionRequest): Promise<void> {
  const { plan, simulation, intentId, consent, reservation } = request;
  if ((await deps.executions.begin(request)) === "exists") throw new PlanAbandonedError(plan.id);
  const link = intentId === undefined ? {} : { intentId };
  deps.journal.append({ type: "begin", planId: plan.id, plan, simulation, consent, usdE8: reservation.usdE8, ...link });
}
