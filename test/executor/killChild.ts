import { writeSync } from "node:fs";
import type { Hex } from "viem";
import { composeIntendant, type Intendant } from "../../src/compose/intendant.ts";
import type { ModelParts } from "../../src/compose/model.ts";
import { readConfig } from "../../src/config.ts";
import { type Intent, intentSchema } from "../../src/domain/intent.ts";
import type { ExecutionState } from "../../src/storage/executions.ts";
import { type KillPoint, setTraps } from "./killSelf.ts";

/** What the parent asks of one life of Intendant. */
export type ChildOrder = {
  /** Looks at what an earlier life left, after the restart's reconciliation. */
  readonly inspect?: { readonly intentId: string; readonly planId: Hex };
  /** The clock runs ahead by this much while it restarts. */
  readonly skewSeconds?: number;
  /** Dies in the restart itself. */
  readonly dieInRestart?: KillPoint;
  /** Then plans, is approved, and dies on the way. */
  readonly die?: KillPoint;
  readonly actions: Intent["actions"];
};

export type ChildReport =
  | {
      readonly type: "restarted";
      readonly record: string;
      readonly reason?: string;
      readonly database: ExecutionState | "none";
      readonly databaseReceipts: number;
    }
  | { readonly type: "approving"; readonly intentId: string; readonly planId: Hex; readonly calls: number }
  | { readonly type: "survived"; readonly state: string };

const report = (message: ChildReport): void => void writeSync(1, `@${JSON.stringify(message)}\n`);

async function main(order: ChildOrder): Promise<void> {
  const arm = setTraps();
  const now = Date.now;
  Date.now = () => now() + (order.skewSeconds ?? 0) * 1_000;
  if (order.dieInRestart !== undefined) arm(order.dieInRestart);
  const intendant = await composeIntendant(readConfig(), () => undefined, noModel);
  Date.now = now;
  if (order.inspect !== undefined) await inspect(intendant, order.inspect);
  if (order.die !== undefined) await approveAndDie(intendant, order, () => arm(order.die as KillPoint));
  await intendant.close();
}

async function inspect({ intents, storage }: Intendant, seek: NonNullable<ChildOrder["inspect"]>): Promise<void> {
  const record = await intents.get(seek.intentId);
  report({
    type: "restarted",
    record: record.state,
    ...(record.error === undefined ? {} : { reason: record.error.message }),
    database: (await storage.executions.state(seek.planId)) ?? "none",
    databaseReceipts: (await storage.executions.receipts(seek.planId)).length,
  });
}

async function approveAndDie({ intents, account }: Intendant, order: ChildOrder, arm: () => void): Promise<void> {
  const intent = intentSchema.parse({ actions: order.actions });
  const { id } = await intents.submit({ messages: [], intent, account: account ?? "", mode: "plan" });
  const { plan, state, error, verdict } = await intents.settled(id, 60_000);
  if (plan === undefined || state !== "awaiting_approval")
    throw new Error(`not approvable: ${state} ${error?.message} ${JSON.stringify(verdict?.findings)}`);
  report({ type: "approving", intentId: id, planId: plan.id as Hex, calls: plan.calls });
  arm();
  await intents.approve(id, {
    planHash: plan.id,
    acknowledged: verdict?.findings.map((finding) => finding.code) ?? [],
  });
  report({ type: "survived", state: (await intents.settled(id, 60_000)).state });
}

/** Typed intents need no language model; a model that is asked all the same ends the test. */
async function noModel(): Promise<ModelParts> {
  const info = {
    path: "",
    sha256: "none",
    name: "none",
    parameters: 0,
    gpu: false,
    gpuLayers: 0,
    contextSize: 0,
  } as const;
  return {
    info: { ...info, threads: 1, device: "cpu" },
    ask: async () => {
      throw new Error("a typed intent asked the model");
    },
    close: async () => undefined,
  };
}

await main(JSON.parse(process.argv[2] ?? "{}") as ChildOrder);
process.exit(0);
