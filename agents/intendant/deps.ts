import type { Understood } from "../../src/domain/grounding.ts";
import type { Intent, Message, Question } from "../../src/domain/intent.ts";
import type { Plan } from "../../src/domain/plan.ts";
import type { ExecutionOutcome } from "../../src/domain/receipt.ts";
import type { IntentRecord, Mode } from "../../src/domain/record.ts";
import type { Simulation } from "../../src/domain/simulation.ts";
import type { Verdict } from "../../src/domain/verdict.ts";

/** What the graph's nodes call; composed in src/main.ts. The graph orders the steps and decides nothing about money. */
export type IntendantDeps = {
  understand(request: {
    readonly intentId: string;
    readonly messages: readonly Message[];
    readonly account: string;
  }): Promise<Understood>;
  answer(request: {
    readonly question: Question;
    readonly account: string;
  }): Promise<NonNullable<IntentRecord["answer"]>>;
  /** `mode` wallet asks for a plan without late-bound amounts: a wallet's batch cannot fill them. */
  plan(request: { readonly intent: Intent; readonly account: string; readonly mode: Mode }): Promise<Plan>;
  judge(request: JudgeRequest): Promise<Verdict>;
  simulate(plan: Plan): Promise<Simulation>;
  /** True when this verdict may go on without a person's yes (mode auto, and the mandate says so). */
  mayProceedAlone(request: { readonly mode: string; readonly verdict: Verdict }): boolean;
  execute(request: ExecuteRequest): Promise<ExecutionOutcome>;
};

export type JudgeRequest = {
  readonly plan: Plan;
  /** What the owner asked for, from the record and not from the plan: the guards compare the two. */
  readonly intent: Intent;
  readonly groundings: Understood["groundings"];
  readonly simulation?: Simulation;
};

export type ExecuteRequest = {
  readonly plan: Plan;
  readonly simulation: Simulation;
  readonly intent: Intent;
  readonly intentId: string;
  readonly groundings: Understood["groundings"];
  readonly acknowledged: readonly string[];
};
