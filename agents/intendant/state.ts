import { Annotation } from "@langchain/langgraph";
import type { Problem } from "../../src/domain/error.ts";
import type { Understood } from "../../src/domain/grounding.ts";
import type { Constraints, Intent, Message } from "../../src/domain/intent.ts";
import type { Json } from "../../src/domain/json.ts";
import type { IntentRecord, Mode } from "../../src/domain/record.ts";
import type { Verdict } from "../../src/domain/verdict.ts";

/** A person's yes: bound to one plan, naming the warnings that were read. */
export type Consent = { readonly planHash: string; readonly acknowledged: readonly string[] };

/**
 * State of one intent on its way through the graph. JSON values only: a bigint would silently destroy the checkpoint,
 * so plan, simulation and outcome stand here in their `toJson` form.
 */
export const IntendantState = Annotation.Root({
  intentId: Annotation<string>(),
  account: Annotation<string>(),
  mode: Annotation<Mode>(),
  /** The conversation, oldest first; empty for a structured intent. */
  messages: Annotation<readonly Message[]>(),
  /** A structured intent handed in by a program: enters at `plan`. */
  given: Annotation<Intent | undefined>(),
  /** Constraints of the request, merged over those of the intent. */
  constraints: Annotation<Constraints | undefined>(),
  understood: Annotation<Understood | undefined>(),
  answer: Annotation<IntentRecord["answer"]>(),
  /** Plan in JSON form. */
  plan: Annotation<Json | undefined>(),
  /** Simulation in JSON form. */
  simulation: Annotation<Json | undefined>(),
  verdict: Annotation<Verdict | undefined>(),
  consent: Annotation<Consent | undefined>(),
  /** ExecutionOutcome in JSON form. */
  outcome: Annotation<Json | undefined>(),
  error: Annotation<Problem | undefined>(),
});

export type State = typeof IntendantState.State;
export type Update = typeof IntendantState.Update;
