import type { Constraints, Intent, Message } from "../domain/intent.ts";
import type { Json } from "../domain/json.ts";
import type { Plan } from "../domain/plan.ts";
import type { Preview } from "../domain/preview.ts";
import type { IntentRecord, Mode } from "../domain/record.ts";
import type { Simulation } from "../domain/simulation.ts";
import type { UsageRecord } from "../domain/usage.ts";
import type { Verdict } from "../domain/verdict.ts";
import type { RecordEvent, RecordStore } from "../storage/records.ts";
import type { NodeUpdate } from "./applyUpdate.ts";

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
  /** Takes private keys and seed phrases out before anything is stored. */
  readonly redact: (messages: readonly Message[]) => readonly Message[];
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
  /** The wallet holds the calls from now on; the warnings that were read are kept with the record. */
  handToWallet(id: string, acknowledged?: readonly string[]): Promise<IntentRecord>;
  /** Outcomes that `reconcile` found after a restart. */
  settle(intentId: string, outcome: Json): Promise<void>;
  /** Stops intake and waits for running steps. */
  stop(): Promise<void>;
};
