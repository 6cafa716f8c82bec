import { evaluate, type Mandate, rehearsalPolicies } from "../../policies/index.ts";
import type { Reader } from "../chain/reader.ts";
import { type Plan, sealPlan } from "../domain/plan.ts";
import type { Token } from "../domain/token.ts";
import { gatherEvidence } from "../evidence/gatherEvidence.ts";
import { PlanStaleError } from "../executor/errors.ts";
import { simulate } from "../simulator/simulate.ts";
import type { ChainParts } from "./chain.ts";

type Parts = {
  readonly chain: Pick<ChainParts, "reader" | "protocols" | "prices">;
  readonly mandate: Mandate;
  readonly nowSeconds: () => bigint;
  readonly knownTokens: (reader: Reader) => Promise<readonly Token[]>;
};

/**
 * The plan once more, on the latest block: a trap that was armed since, liquidity that left, a price that fell. Floors in
 * the calldata do not see all of it (a router checks its own sums and not what arrives). Where no block was added there is
 * nothing new to see.
 *
 * @throws {PlanStaleError} with what would be different now.
 */
export function composeRehearsal({ chain, mandate, nowSeconds, knownTokens }: Parts): (plan: Plan) => Promise<void> {
  return async (plan) => {
    const reader = await chain.reader();
    if (reader.blockHash === plan.block.hash) return;
    const { id: _, ...body } = plan;
    const block = { number: reader.block, hash: reader.blockHash, timestamp: reader.timestamp };
    const later = sealPlan({ ...body, block });
    const simulation = await simulate({ reader, plan: later, knownTokens: await knownTokens(reader) });
    const evidence = await gatherEvidence({
      reader,
      protocols: chain.protocols,
      prices: chain.prices,
      plan: later,
      groundings: [],
      contacts: [],
      spentTodayUsdE8: 0n,
      nowSeconds: nowSeconds(),
      simulation,
    });
    const { decision, findings } = evaluate({ policies: rehearsalPolicies, evidence, mandate, stage: "simulation" });
    if (decision !== "deny") return;
    const denied = findings.filter(({ severity }) => severity === "block" || severity === "danger");
    throw new PlanStaleError(denied.map(({ code, evidence: text }) => `${code}: ${text}`));
  };
}
