import type { Pool, PoolClient } from "pg";
import type { Hex } from "viem";
import { IntendantError } from "../domain/error.ts";
import { fromJson, type Json, toJson } from "../domain/json.ts";
import type { Plan } from "../domain/plan.ts";
import type { ExecutionOutcome, Receipt } from "../domain/receipt.ts";
import type { Simulation } from "../domain/simulation.ts";

/** Most plans that `executed` looks back. */
const EXECUTED = 200;

export type ExecutionState = "sending" | ExecutionOutcome["state"];

/** US dollars (1e8 = $1) a plan takes of the owner's daily cap, and the cap it must stay under. */
export type Reservation = { readonly usdE8: bigint; readonly capPerDayUsdE8: bigint; readonly dayIso: string };

export type NewExecution = {
  readonly plan: Plan;
  readonly simulation: Simulation;
  readonly intentId?: string;
  readonly reservation: Reservation;
};

export type ExecutionStore = {
  /** Creates the execution and reserves its spend in one transaction; an execution that exists already is left alone. */
  begin(execution: NewExecution): Promise<"created" | "exists">;
  addReceipt(receipt: Receipt): Promise<void>;
  /** Ends it. Spend stays counted unless nothing of the plan was mined. */
  end(outcome: ExecutionOutcome): Promise<void>;
  state(planId: Hex): Promise<ExecutionState | undefined>;
  /** Executions without an end. */
  open(): Promise<readonly Hex[]>;
  receipts(planId: Hex): Promise<readonly Receipt[]>;
  /** The intent a plan served, where it served one. */
  intentOf(planId: Hex): Promise<string | undefined>;
  /** The owner's latest plans of which something was mined, with their receipts. */
  executed(owner: string, chainId: number): Promise<readonly { plan: Plan; receipts: readonly Receipt[] }[]>;
  /** Sum of what the owner reserved and spent on a UTC day, one plan left out where asked; 1e8 = $1. */
  spentUsdE8(owner: string, chainId: number, dayIso: string, exceptPlanId?: string): Promise<bigint>;
};

/** Executions, receipts and spend reservations in the database. The journal decides after a crash; this is the readable copy. */
export function createExecutionStore(pool: Pool): ExecutionStore {
  return {
    begin: (execution) => inTransaction(pool, (client) => begin(client, execution)),
    addReceipt: async (receipt) => {
      await pool.query(
        "insert into receipts (plan_id, call_index, receipt) values ($1, $2, $3) on conflict (plan_id, call_index) do nothing",
        [receipt.planId, receipt.callIndex, JSON.stringify(toJson(receipt))],
      );
    },
    end: (outcome) => inTransaction(pool, (client) => end(client, outcome)),
    state: async (planId) => {
      const { rows } = await pool.query<{ state: ExecutionState }>("select state from executions where plan_id = $1", [
        planId,
      ]);
      return rows[0]?.state;
    },
    open: async () => {
      const { rows } = await pool.query<{ plan_id: Hex }>("select plan_id from executions where state = 'sending'");
      return rows.map((row) => row.plan_id);
    },
    receipts: async (planId) => {
      const { rows } = await pool.query<{ receipt: Json }>(
        "select receipt from receipts where plan_id = $1 order by call_index",
        [planId],
      );
      return rows.map((row) => fromJson<Receipt>(row.receipt));
    },
    intentOf: async (planId) => {
      const { rows } = await pool.query<{ intent_id: string | null }>(
        "select intent_id from executions where plan_id = $1",
        [planId],
      );
      return rows[0]?.intent_id ?? undefined;
    },
    executed: async (owner, chainId) => {
      const { rows } = await pool.query<{ plan: Json; receipts: readonly Json[] }>(
        `select e.plan, jsonb_agg(r.receipt order by r.call_index) as receipts
         from executions e join receipts r using (plan_id)
         where e.owner = $1 and e.chain_id = $2
         group by e.plan_id order by e.created_at desc limit ${EXECUTED}`,
        [owner.toLowerCase(), chainId],
      );
      return rows.map(({ plan, receipts }) => ({
        plan: fromJson<Plan>(plan),
        receipts: receipts.map((receipt) => fromJson<Receipt>(receipt)),
      }));
    },
    spentUsdE8: (owner, chainId, dayIso, exceptPlanId) =>
      spent(pool, { owner, chainId, dayIso, ...(exceptPlanId === undefined ? {} : { exceptPlanId }) }),
  };
}

async function begin(client: PoolClient, execution: NewExecution): Promise<"created" | "exists"> {
  const { plan, reservation } = execution;
  const owner = plan.account.toLowerCase();
  // Serialises reservations of one owner, so that two plans cannot both fit under one cap.
  await client.query("select pg_advisory_xact_lock(hashtext($1))", [`spend:${owner}:${plan.chainId}`]);
  const known = await client.query("select 1 from executions where plan_id = $1", [plan.id]);
  if (known.rowCount !== 0) return "exists";
  const before = await spent(client, { owner, chainId: plan.chainId, dayIso: reservation.dayIso });
  if (before + reservation.usdE8 > reservation.capPerDayUsdE8) throw new DailyCapError(before, reservation);
  await client.query(
    "insert into executions (plan_id, intent_id, owner, chain_id, state, plan, simulation) values ($1, $2, $3, $4, 'sending', $5, $6)",
    [
      plan.id,
      execution.intentId ?? null,
      owner,
      plan.chainId,
      JSON.stringify(toJson(plan)),
      JSON.stringify(toJson(execution.simulation)),
    ],
  );
  await client.query(
    "insert into reservations (plan_id, owner, chain_id, day, usd_e8, state) values ($1, $2, $3, $4, $5, 'reserved')",
    [plan.id, owner, plan.chainId, reservation.dayIso, reservation.usdE8.toString()],
  );
  return "created";
}

async function end(client: PoolClient, outcome: ExecutionOutcome): Promise<void> {
  await client.query("update executions set state = $2, reason = $3, updated_at = now() where plan_id = $1", [
    outcome.planId,
    outcome.state,
    outcome.reason ?? null,
  ]);
  const moved = outcome.receipts.some((receipt) => receipt.status === "success");
  await client.query("update reservations set state = $2 where plan_id = $1", [
    outcome.planId,
    moved ? "spent" : "released",
  ]);
}

type SpendKey = {
  readonly owner: string;
  readonly chainId: number;
  readonly dayIso: string;
  readonly exceptPlanId?: string;
};

async function spent(client: Pool | PoolClient, key: SpendKey): Promise<bigint> {
  const { rows } = await client.query<{ total: string }>(
    `select coalesce(sum(usd_e8), 0)::text as total from reservations
     where owner = $1 and chain_id = $2 and day = $3 and state <> 'released' and plan_id <> $4`,
    [key.owner.toLowerCase(), key.chainId, key.dayIso, key.exceptPlanId ?? ""],
  );
  return BigInt(rows[0]?.total ?? "0");
}

/** Runs `work` in one transaction on one client; on PGlite nothing else may touch the pool meanwhile. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}

export class DailyCapError extends IntendantError {
  readonly code = "daily_cap_reached";
  constructor(spentUsdE8: bigint, reservation: Reservation) {
    super(
      "This plan would pass your daily cap: wait until tomorrow (UTC), make it smaller, or raise spend.perDayUsd in the mandate.",
      {
        facts: [
          `spent today $${dollars(spentUsdE8)}`,
          `this plan $${dollars(reservation.usdE8)}`,
          `cap $${dollars(reservation.capPerDayUsdE8)}`,
        ],
      },
    );
  }
}

function dollars(usdE8: bigint): string {
  return (Number(usdE8 / 1_000_000n) / 100).toFixed(2);
}
