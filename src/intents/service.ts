import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import type { Constraints, Intent, Message } from "../domain/intent.ts";
import { fromJson, type Json } from "../domain/json.ts";
import type { Plan } from "../domain/plan.ts";
import type { Preview } from "../domain/preview.ts";
import { type IntentRecord, isPending, isSettled, type Mode } from "../domain/record.ts";
import type { Simulation } from "../domain/simulation.ts";
import type { UsageRecord } from "../domain/usage.ts";
import type { Verdict } from "../domain/verdict.ts";
import type { RecordEvent, RecordStore } from "../storage/records.ts";
import { applyUpdate, type NodeUpdate } from "./applyUpdate.ts";
import { assertApprovable } from "./assertApprovable.ts";
import { conversationOf } from "./conversationOf.ts";
import { IntentNotFoundError, IntentStateError, PausedError } from "./errors.ts";

export type SubmitRequest = {
  /** The conversation, last turn the owner's; empty with `intent`. */
  readonly messages: readonly Message[];
  readonly intent?: Intent;
  readonly account: string;
  readonly mode: Mode;
  readonly constraints?: Constraints;
  readonly thread?: string;
};

/** One run of the graph: a new intent, or the resumption of one that waits for consent. */
export type Run =
  | { readonly type: "start"; readonly request: SubmitRequest }
  | {
      readonly type: "resume";
      readonly consent: { readonly planHash: string; readonly acknowledged: readonly string[] } | null;
    };

export type ServiceDeps = {
  readonly records: RecordStore;
  readonly chainId: number;
  /** Steps of the graph, in order, as they complete. */
  readonly run: (intentId: string, run: Run) => AsyncIterable<NodeUpdate>;
  readonly preview: (request: {
    readonly plan: Plan;
    readonly simulation: Simulation | undefined;
    readonly verdict: Verdict;
  }) => Promise<Preview>;
  readonly usageOf: (intentId: string) => Promise<readonly UsageRecord[]>;
  /** True when this server may sign for the account. */
  readonly canSign: (account: string) => boolean;
  readonly now: () => Date;
};

export type IntentService = {
  submit(request: SubmitRequest): Promise<IntentRecord>;
  /** Resolves when nothing more happens without the caller, or after the timeout with the record as it is. */
  settled(id: string, timeoutMs: number): Promise<IntentRecord>;
  get(id: string): Promise<IntentRecord>;
  list: RecordStore["list"];
  events(id: string, afterSeq: number): Promise<readonly RecordEvent[]>;
  /** Calls back with every later event; returns the function that ends it. */
  subscribe(id: string, listener: (event: RecordEvent) => void): () => void;
  /** Turns of a thread so far, Intendant's replies included; empty for a new one. */
  conversation(thread: string): Promise<readonly Message[]>;
  /** A reply to a clarification continues the conversation in a new intent of the same thread. */
  answer(id: string, text: string): Promise<IntentRecord>;
  approve(
    id: string,
    consent: { readonly planHash: string; readonly acknowledged: readonly string[] },
  ): Promise<IntentRecord>;
  cancel(id: string): Promise<IntentRecord>;
  handToWallet(id: string): Promise<IntentRecord>;
  /** Outcomes that `reconcile` found after a restart. */
  settle(intentId: string, outcome: Json): Promise<void>;
  /** Stops intake and waits for running steps. */
  stop(): Promise<void>;
};

/** The one port behind every door: runs the graph for an intent and keeps its public record true. */
export function createIntentService(deps: ServiceDeps): IntentService {
  const bus = new EventEmitter().setMaxListeners(0);
  const running = new Map<string, Promise<void>>();
  let stopping = false;

  const get = async (id: string): Promise<IntentRecord> => {
    const record = await deps.records.get(id);
    if (record === undefined) throw new IntentNotFoundError(id);
    return record;
  };

  const save = async (record: IntentRecord, type: string, data: Json): Promise<IntentRecord> => {
    const saved = { ...record, updatedAt: deps.now().toISOString() };
    const event = await deps.records.update(saved, { type, data });
    bus.emit(record.id, event);
    return saved;
  };

  const follow = async (id: string, run: Run): Promise<void> => {
    let seen: { plan?: Plan; simulation?: Simulation } = {};
    for await (const update of deps.run(id, run)) {
      if (update.plan !== undefined) seen = { ...seen, plan: fromJson<Plan>(update.plan) };
      if (update.simulation !== undefined) seen = { ...seen, simulation: fromJson<Simulation>(update.simulation) };
      await absorb(id, update, seen);
    }
  };

  const absorb = async (
    id: string,
    update: NodeUpdate,
    seen: { plan?: Plan; simulation?: Simulation },
  ): Promise<void> => {
    const record = await get(id);
    const preview = await previewFor(update, seen);
    const context = {
      ...(seen.plan === undefined ? {} : { plan: seen.plan }),
      ...(preview === undefined ? {} : { preview }),
    };
    const next = applyUpdate(record, update, context);
    const usage = update.understood === undefined ? record.usage : [...(await deps.usageOf(id))];
    if (next !== record) await save({ ...next, usage }, next.state, { state: next.state });
  };

  const previewFor = async (
    update: NodeUpdate,
    seen: { plan?: Plan; simulation?: Simulation },
  ): Promise<Preview | undefined> => {
    if (update.verdict === undefined || seen.plan === undefined) return undefined;
    return await deps.preview({ plan: seen.plan, simulation: seen.simulation, verdict: update.verdict });
  };

  const start = (id: string, run: Run): void => {
    const work = follow(id, run).catch((error: unknown) => crash(id, error));
    running.set(
      id,
      work.finally(() => running.delete(id)),
    );
  };

  const crash = async (id: string, error: unknown): Promise<void> => {
    const message = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    const problem = { code: "internal", message, facts: [], retry: "same" as const };
    await save({ ...(await get(id)), state: "failed", error: problem }, "failed", { state: "failed" });
  };

  const submit = async (request: SubmitRequest): Promise<IntentRecord> => {
    if (stopping) throw new PausedError();
    const at = deps.now().toISOString();
    const id = randomUUID();
    const text = request.messages.at(-1)?.content;
    const record: IntentRecord = {
      id,
      state: "received",
      account: request.account,
      chainId: deps.chainId,
      mode: request.mode,
      thread: request.thread ?? id,
      ...(text === undefined ? {} : { text, messages: [...request.messages] }),
      createdAt: at,
      updatedAt: at,
      receipts: [],
      usage: [],
    };
    await deps.records.create(record);
    start(id, { type: "start", request });
    return record;
  };

  const settled = async (id: string, timeoutMs: number): Promise<IntentRecord> => {
    const work = running.get(id);
    if (work !== undefined) await Promise.race([work, delay(timeoutMs)]);
    const record = await get(id);
    return isSettled(record.state) || work === undefined ? record : await get(id);
  };

  const approve: IntentService["approve"] = async (id, consent) => {
    const record = await get(id);
    assertApprovable(record, consent, deps);
    if (running.has(id)) throw new IntentStateError("approved", "submitted");
    start(id, { type: "resume", consent });
    return record;
  };

  const cancel: IntentService["cancel"] = async (id) => {
    const record = await get(id);
    if (!isPending(record.state) && record.state !== "clarifying")
      throw new IntentStateError("cancelled", record.state);
    if (running.has(id)) throw new IntentStateError("cancelled", "submitted");
    return await save({ ...record, state: "cancelled" }, "cancelled", { state: "cancelled" });
  };

  return {
    submit,
    settled,
    get,
    list: deps.records.list,
    events: deps.records.events,
    subscribe: (id, listener) => {
      bus.on(id, listener);
      return () => bus.off(id, listener);
    },
    conversation: async (thread) => {
      const { records } = await deps.records.list({ thread, limit: 1 });
      return records[0] === undefined ? [] : conversationOf(records[0]);
    },
    answer: async (id, text) => {
      const record = await get(id);
      if (record.state !== "clarifying") throw new IntentStateError("answered", record.state);
      const { account, mode, thread } = record;
      const messages = [...conversationOf(record), { role: "user" as const, content: text }];
      return await submit({ messages, account, mode, ...(thread === undefined ? {} : { thread }) });
    },
    approve,
    cancel,
    handToWallet: async (id) => {
      const record = await get(id);
      if (!isPending(record.state)) throw new IntentStateError("handed to a wallet", record.state);
      if (record.mode !== "wallet" || record.state === "handed_to_wallet") return record;
      return await save({ ...record, state: "handed_to_wallet" }, "handed_to_wallet", { state: "handed_to_wallet" });
    },
    settle: async (intentId, outcome) => {
      const record = await deps.records.get(intentId);
      if (record !== undefined) await absorb(intentId, { outcome }, {});
    },
    stop: async () => {
      stopping = true;
      await Promise.all(running.values());
    },
  };
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
