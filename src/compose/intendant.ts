import { Command } from "@langchain/langgraph";
import { PostgresSaver } from "@langchain/langgraph-checkpoint-postgres";
import type { Hex } from "viem";
import { createIntendantGraph, type IntendantGraph } from "../../agents/intendant/graph.ts";
import type { Update } from "../../agents/intendant/state.ts";
import type { Mandate } from "../../policies/index.ts";
import { auditApprovals } from "../check/auditApprovals.ts";
import { check } from "../check/check.ts";
import type { CheckRequest } from "../check/request.ts";
import type { Scanner } from "../check/scanner.ts";
import type { Config } from "../config.ts";
import type { ApprovalsAudit, CheckResult } from "../domain/check.ts";
import { toProblem } from "../domain/error.ts";
import { toJson } from "../domain/json.ts";
import type { TokenScan } from "../domain/tokenRisk.ts";
import type { ExecutorDeps } from "../executor/execute.ts";
import { reconcile } from "../executor/reconcile.ts";
import { recordedOutcome } from "../executor/runCalls.ts";
import type { Signer } from "../executor/signer.ts";
import type { NodeUpdate } from "../intents/applyUpdate.ts";
import { recoverRecords } from "../intents/recoverRecords.ts";
import { createIntentService, type IntentService, type Run } from "../intents/service.ts";
import { buildPreview } from "../preview/buildPreview.ts";
import type { ReadDeps } from "../reads/types.ts";
import { redactSecrets } from "../understanding/redactSecrets.ts";
import { type ChainParts, composeChain } from "./chain.ts";
import { composeDeps } from "./deps.ts";
import { composeJudge } from "./judge.ts";
import { composeMandate } from "./mandate.ts";
import { composeModel, type ModelParts } from "./model.ts";
import { composeScanner } from "./scanner.ts";
import { composeSigner } from "./signer.ts";
import { composeStorage, type StorageParts } from "./storage.ts";

/** A running Intendant: what every door is given. */
export type Intendant = {
  readonly intents: IntentService;
  readonly reads: ReadDeps;
  /** What happens to somebody who buys a token, tried in a sandbox at the latest block. */
  readonly tokenRisk: (token: `0x${string}`) => Promise<TokenScan>;
  /** What a wallet is asked to send or to sign, judged. */
  readonly check: (request: CheckRequest) => Promise<CheckResult>;
  /** Who may take what from an account. */
  readonly approvals: (account: `0x${string}`) => Promise<ApprovalsAudit>;
  readonly chain: ChainParts;
  readonly storage: StorageParts;
  readonly model: ModelParts;
  readonly mandate: Mandate;
  /** Account whose key is here; undefined where only wallets sign. */
  readonly account: `0x${string}` | undefined;
  close(): Promise<void>;
};

/** How often plans that wait for the chain are looked at again. */
const RECONCILE_MS = 15_000;
/** How long one look waits for a transaction that is not mined yet; the account's other plans wait meanwhile. */
const LOOK_TIMEOUT_MS = 10_000;

/**
 * Starts chain, database and model at the same time, settles what an earlier run left open, and puts the graph behind
 * the one submit port. `openModel` loads the language model; a program that only sends typed intents may hand in another.
 */
export async function composeIntendant(
  config: Config,
  onProgress: (line: string) => void,
  openModel: typeof composeModel = composeModel,
): Promise<Intendant> {
  const mandate = composeMandate(config);
  const storage = await composeStorage(config);
  const [chain, model] = await startTogether(
    composeChain(config, onProgress),
    openModel(config, (record) => storage.usage.add(record), onProgress),
    storage,
  );
  const closeParts = async (): Promise<void> => {
    await Promise.all([chain.close(), model.close()]);
    await storage.close();
  };
  try {
    const signer = await composeSigner(config, chain);
    const scanner = composeScanner();
    const intents = await composeService({ config, mandate, storage, chain, model, signer, scanner });
    const { reader, protocols, prices } = chain;
    const checkDeps = { reader: () => reader(), protocols, prices, scanner, nowSeconds };
    return {
      intents: intents.service,
      reads: { reader: () => chain.reader(), protocols: chain.protocols, prices: chain.prices },
      tokenRisk: async (token) => await scanner(await chain.reader(), token),
      check: (request) => check(checkDeps, request),
      approvals: (account) => auditApprovals(checkDeps, account),
      chain,
      storage,
      model,
      mandate,
      account: signer?.address,
      close: async () => {
        intents.stop();
        await intents.service.stop();
        await closeParts();
      },
    };
  } catch (error) {
    await closeParts();
    throw error;
  }
}

/** Both or none: what did start is stopped when the other fails. */
async function startTogether(
  chain: Promise<ChainParts>,
  model: Promise<ModelParts>,
  storage: StorageParts,
): Promise<[ChainParts, ModelParts]> {
  const [first, second] = await Promise.allSettled([chain, model]);
  if (first.status === "fulfilled" && second.status === "fulfilled") return [first.value, second.value];
  if (first.status === "fulfilled") await first.value.close();
  if (second.status === "fulfilled") await second.value.close();
  await storage.close();
  throw first.status === "rejected" ? first.reason : (second as PromiseRejectedResult).reason;
}

type Parts = {
  readonly config: Config;
  readonly mandate: Mandate;
  readonly storage: StorageParts;
  readonly chain: ChainParts;
  readonly model: ModelParts;
  readonly signer: Signer | undefined;
  readonly scanner: Scanner;
};

const nowSeconds = (): bigint => BigInt(Math.floor(Date.now() / 1_000));

async function composeService(parts: Parts): Promise<{ readonly service: IntentService; readonly stop: () => void }> {
  const { storage, chain, signer } = parts;
  const judge = composeJudge({ ...parts, nowSeconds });
  const { deps, executor } = composeDeps({ ...parts, judge, nowSeconds });
  const checkpointer = new PostgresSaver(storage.database.pool);
  await checkpointer.setup();
  const graph = createIntendantGraph(deps, checkpointer);
  const service = createIntentService({
    records: storage.records,
    chainId: chain.chainId,
    redact: redactSecrets,
    run: (intentId, run) => runGraph(graph, intentId, run),
    preview: async ({ plan, simulation, verdict }) => {
      const evidence = await judge.evidence({
        plan,
        groundings: [],
        ...(simulation === undefined ? {} : { simulation }),
      });
      return buildPreview({ plan, simulation, verdict, evidence });
    },
    usageOf: (intentId) => storage.usage.list({ limit: 100, intentId }),
    canSign: (account) => signer?.address.toLowerCase() === account.toLowerCase(),
    now: () => new Date(),
  });
  const stop = executor === undefined ? () => undefined : await keepReconciled(service, executor, storage);
  return { service, stop };
}

/** Settles open plans now, and looks again from time to time at those that still wait for the chain. */
async function keepReconciled(
  service: IntentService,
  executor: ExecutorDeps,
  storage: StorageParts,
): Promise<() => void> {
  const patient = { ...executor, receiptTimeoutMs: Math.min(executor.receiptTimeoutMs, LOOK_TIMEOUT_MS) };
  const look = async (): Promise<void> => {
    for (const { outcome, intentId } of await reconcile(patient)) {
      if (intentId !== undefined) await service.settle(intentId, toJson(outcome));
    }
  };
  await look();
  await recoverRecords({
    records: storage.records,
    executionOf: (planId) =>
      recordedOutcome(storage.journal, planId as Hex) ??
      (storage.journal.of(planId as Hex).length > 0 ? "open" : undefined),
    now: () => new Date(),
  });
  // A look that fails is tried again; what stopped it is said once per look, in the log's form.
  const complain = (error: unknown) =>
    void process.stderr.write(`${JSON.stringify({ level: "warn", at: "reconcile", ...toProblem(error) })}\n`);
  const timer = setInterval(() => void look().catch(complain), RECONCILE_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** One run of the graph as the service sees it: a node's update at a time. */
async function* runGraph(graph: IntendantGraph, intentId: string, run: Run): AsyncIterable<NodeUpdate> {
  const input = run.type === "resume" ? new Command({ resume: run.consent }) : startState(intentId, run.request);
  const stream = await graph.stream(input as Parameters<IntendantGraph["stream"]>[0], {
    configurable: { thread_id: intentId },
    streamMode: "updates",
    durability: "sync",
  });
  for await (const chunk of stream) {
    for (const [node, update] of Object.entries(chunk as Record<string, unknown>)) {
      yield node === "__interrupt__" ? { interrupted: true } : asUpdate(update as Update | null);
    }
  }
}

function startState(intentId: string, request: Extract<Run, { type: "start" }>["request"]): Update {
  const { messages, intent, account, mode, constraints } = request;
  return { intentId, messages, account, mode, given: intent, constraints };
}

/** Keeps only what a node really set. */
function asUpdate(update: Update | null): NodeUpdate {
  return Object.fromEntries(Object.entries(update ?? {}).filter(([, value]) => value !== undefined)) as NodeUpdate;
}
