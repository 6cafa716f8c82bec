import type { Account } from "viem";
import { defaultMandate, evaluate, type Mandate, policies } from "../../policies/index.ts";
import { oraclePrices } from "../../src/chain/prices.ts";
import type { Evidence } from "../../src/domain/evidence.ts";
import { type Plan, sealPlan } from "../../src/domain/plan.ts";
import type { Simulation } from "../../src/domain/simulation.ts";
import { mergeVerdicts, type Verdict } from "../../src/domain/verdict.ts";
import { gatherEvidence } from "../../src/evidence/gatherEvidence.ts";
import type { FindRoute } from "../../src/planner/types.ts";
import { simulate } from "../../src/simulator/simulate.ts";
import { planOn } from "../planner/planOn.ts";
import type { TestChain } from "../setup/testChain.ts";

type Judged = {
  readonly plan: Plan;
  readonly simulation: Simulation;
  readonly evidence: Evidence;
  readonly verdict: Verdict;
};

/** Plans actions on the chain (or takes a plan), simulates, gathers evidence and judges both stages. The owner names every `to`. */
export async function judgeOn(
  chain: TestChain,
  given: readonly object[] | Plan,
  options: {
    readonly route?: FindRoute;
    readonly account?: Account;
    readonly mandate?: Mandate;
    readonly edit?: (plan: Plan) => Partial<Plan>;
  } = {},
): Promise<Judged> {
  const { account = chain.owner, mandate = defaultMandate } = options;
  const planned =
    "id" in given
      ? given
      : await planOn(
          chain,
          { actions: given as readonly object[] },
          { account, ...(options.route && { findRoute: options.route }) },
        );
  const { id: _, ...body } = { ...planned, ...options.edit?.(planned) };
  const plan = sealPlan(body);
  const reader = await chain.reader();
  const groundings = plan.intent.actions.flatMap((action, index) =>
    action.type === "transfer"
      ? [{ field: `actions[${index}].to`, value: action.to, turn: 0, start: 0, end: 42, text: action.to }]
      : [],
  );
  const simulation = await simulate({ reader, plan });
  const evidence = await gatherEvidence({
    reader,
    protocols: chain.protocols,
    prices: oraclePrices,
    plan,
    groundings,
    contacts: [],
    spentTodayUsdE8: 0n,
    nowSeconds: reader.timestamp,
    simulation,
    intent: planned.intent,
  });
  const first = evaluate({ policies, evidence, mandate, stage: "plan" });
  const verdict = mergeVerdicts(first, evaluate({ policies, evidence, mandate, stage: "simulation" }));
  return { plan, simulation, evidence, verdict };
}
