import { type BaseCheckpointSaver, END, START, StateGraph } from "@langchain/langgraph";
import type { IntendantDeps } from "./deps.ts";
import { answer } from "./nodes/answer.ts";
import { consent } from "./nodes/consent.ts";
import { execute } from "./nodes/execute.ts";
import { judge } from "./nodes/judge.ts";
import { plan } from "./nodes/plan.ts";
import { simulate } from "./nodes/simulate.ts";
import { step } from "./nodes/step.ts";
import { understand } from "./nodes/understand.ts";
import { IntendantState, type State } from "./state.ts";

/**
 * The whole order of steps, written once:
 * understand → plan → judge the calls → simulate → judge the effects → consent → execute.
 * Programs and standing agents enter at `plan` with a typed intent; nobody enters later. Every node that fails ends the
 * run with a named error. `consent` interrupts and does nothing else; `execute` is idempotent by plan hash.
 */
export function createIntendantGraph(deps: IntendantDeps, checkpointer: BaseCheckpointSaver) {
  return new StateGraph(IntendantState)
    .addNode("understand", step(understand(deps)))
    .addNode("respond", step(answer(deps)))
    .addNode("propose", step(plan(deps)))
    .addNode("judgeCalls", step(judge(deps, "plan")))
    .addNode("simulate", step(simulate(deps)))
    .addNode("judgeEffects", step(judge(deps, "simulation")))
    .addNode("askConsent", consent(deps))
    .addNode("execute", step(execute(deps)))
    .addConditionalEdges(START, (state) => (state.given === undefined ? "understand" : "propose"), [
      "understand",
      "propose",
    ])
    .addConditionalEdges("understand", routeUnderstanding, ["propose", "respond", END])
    .addEdge("respond", END)
    .addConditionalEdges("propose", unlessFailed("judgeCalls"), ["judgeCalls", END])
    .addConditionalEdges("judgeCalls", unlessDenied("simulate"), ["simulate", END])
    .addConditionalEdges("simulate", unlessFailed("judgeEffects"), ["judgeEffects", END])
    .addConditionalEdges("judgeEffects", unlessDenied("askConsent"), ["askConsent", END])
    .addConditionalEdges("askConsent", (state) => (state.consent === undefined ? END : "execute"), ["execute", END])
    .addEdge("execute", END)
    .compile({ checkpointer, name: "intendant" });
}

function routeUnderstanding(state: State): "propose" | "respond" | typeof END {
  if (state.error !== undefined) return END;
  const kind = state.understood?.understanding.kind;
  if (kind === "act") return "propose";
  return kind === "ask" ? "respond" : END;
}

function unlessFailed<Next extends string>(next: Next): (state: State) => Next | typeof END {
  return (state) => (state.error === undefined ? next : END);
}

function unlessDenied<Next extends string>(next: Next): (state: State) => Next | typeof END {
  return (state) =>
    state.error === undefined && state.verdict !== undefined && state.verdict.decision !== "deny" ? next : END;
}

export type IntendantGraph = ReturnType<typeof createIntendantGraph>;
