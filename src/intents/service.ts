import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import { toProblem } from "../domain/error.ts";
import { fromJson, type Json } from "../domain/json.ts";
import type { Plan } from "../domain/plan.ts";
import type { Preview } from "../domain/preview.ts";
import { type IntentRecord, isPending, isSettled } from "../domain/record.ts";
import type { Simulation } from "../domain/simulation.ts";
import { applyUpdate, type NodeUpdate } from "./applyUpdate.ts";
import { assertApprovable } from "./assertApprovable.ts";
import { conversationOf } from "./conversationOf.ts";
import { IntentNotFoundError, IntentStateError, PausedError, PlanOutdatedError } from "./errors.ts";
import { isOutdated } from "./isOutdated.ts";
import type { IntentService, Run, ServiceDeps, SubmitRequest } from "./port.ts";
import { underWay } from "./underWay.ts";

export type { IntentService, Run, ServiceDeps, SubmitRequest } from "./port.ts";

/** The one port behind every door: runs the graph for an intent and keeps its public record true. */
export function createIntentService(deps: ServiceDeps): IntentService {
  const bus = new EventEmitter().setMaxListeners(0);
  const running = new Map<string, { readonly type: Run["type"]; readonly work: Promise<void> }>();
  // Cancelled or given away before the record says so: a yes that read the record a moment earlier must not win.
  const gone = new Map<string, "cancelled" | "handed_to_wallet">();
  let stopping = false;

  const read = async (id: string): Promise<IntentRecord> => {
    const record = await deps.records.get(id);
    if (record === undefined) throw new IntentNotFoundError(id);
    return record;
  };

  /** A plan nobody said yes to in time has expired; calls that a wallet holds may still be sent. */
  const get = async (id: string): Promise<IntentRecord> => {
    const record = await read(id);
    const waits = record.state === "awaiting_approval" && !running.has(id);
    if (!waits || !isOutdated(record, deps.now())) return record;
    const error = problemOf(new PlanOutdatedError(record.plan?.expiresAt ?? ""));
    return await save({ ...record, state: "expired", error }, "expired", { state: "expired" });
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
    const record = await read(id);
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
    const work = follow(id, run)
      .catch((error: unknown) => crash(id, error))
      // Not even the failure could be written down: the next start settles the record.
      .catch(() => undefined)
      .finally(() => running.delete(id));
    running.set(id, { type: run.type, work });
  };

  const crash = async (id: string, error: unknown): Promise<void> => {
    const failed = { ...(await read(id)), state: "failed", error: problemOf(error) } as const;
    await save(failed, "failed", { state: "failed" });
  };

  /** The record, waited for where its run is only ending: that must not refuse the owner's next word. */
  const resting = async (id: string): Promise<IntentRecord> => {
    const run = running.get(id);
    if (run?.type === "start" && isSettled((await read(id)).state)) await run.work;
    return await read(id);
  };

  const submit = async (given: SubmitRequest): Promise<IntentRecord> => {
    if (stopping) throw new PausedError();
    const request = { ...given, messages: deps.redact(given.messages) };
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
      ...(request.constraints === undefined ? {} : { constraints: request.constraints }),
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
    const run = running.get(id);
    if (run !== undefined) await Promise.race([run.work, delay(timeoutMs)]);
    const record = await get(id);
    return running.get(id)?.type === "resume" ? underWay(record) : record;
  };

  const approve: IntentService["approve"] = async (id, consent) => {
    const record = await resting(id);
    assertApprovable(record, consent, deps);
    const elsewhere = running.has(id) ? "submitted" : gone.get(id);
    if (elsewhere !== undefined) throw new IntentStateError("approved", elsewhere);
    start(id, { type: "resume", consent });
    return underWay(record);
  };

  const cancel: IntentService["cancel"] = async (id) => {
    const record = await resting(id);
    if (!isPending(record.state) && record.state !== "clarifying")
      throw new IntentStateError("cancelled", record.state);
    if (running.has(id)) throw new IntentStateError("cancelled", "submitted");
    gone.set(id, "cancelled");
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
      const { account, mode, thread, constraints } = record;
      const messages = [...conversationOf(record), { role: "user" as const, content: text }];
      return await submit({
        messages,
        account,
        mode,
        ...(thread === undefined ? {} : { thread }),
        ...(constraints === undefined ? {} : { constraints }),
      });
    },
    approve,
    cancel,
    handToWallet: async (id, acknowledged = []) => {
      const record = await resting(id);
      if (!isPending(record.state) || running.has(id)) throw new IntentStateError("handed to a wallet", record.state);
      if (isOutdated(record, deps.now())) throw new PlanOutdatedError(record.plan?.expiresAt ?? "");
      if (record.state === "handed_to_wallet") return record;
      gone.set(id, "handed_to_wallet");
      const consent = { planHash: record.plan?.id ?? "", acknowledged: [...acknowledged] };
      const handed: IntentRecord = { ...record, state: "handed_to_wallet", consent };
      return await save(handed, "handed_to_wallet", { state: "handed_to_wallet" });
    },
    settle: async (intentId, outcome) => {
      const record = await deps.records.get(intentId);
      if (record !== undefined) await absorb(intentId, { outcome }, {});
    },
    stop: async () => {
      stopping = true;
      await Promise.all([...running.values()].map(({ work }) => work));
    },
  };
}

function problemOf(error: unknown): NonNullable<IntentRecord["error"]> {
  const problem = toProblem(error);
  return { ...problem, facts: [...problem.facts] };
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
