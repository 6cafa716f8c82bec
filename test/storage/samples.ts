import type { Address } from "viem";
import { type Plan, sealPlan } from "../../src/domain/plan.ts";
import type { Receipt } from "../../src/domain/receipt.ts";
import type { Simulation } from "../../src/domain/simulation.ts";

const zeroHash = `0x${"00".repeat(32)}` as const;

/** A sealed plan without calls; `salt` makes its hash its own. */
export function samplePlan(salt: string, account: Address = "0x00000000000000000000000000000000000000aa"): Plan {
  return sealPlan({
    chainId: 31_337,
    account,
    intent: { actions: [{ type: "transfer", asset: "USDC", amount: { unit: "token", value: "1" }, to: account }] },
    block: { number: 1n, hash: zeroHash, timestamp: 1_700_000_000n },
    deadlineSeconds: 0n,
    expiresAtSeconds: 0n,
    calls: [],
    quotes: [],
    expectations: [],
    resolutions: [],
    assumptions: [salt],
    alternatives: [],
    summary: "nothing",
  });
}

export function sampleSimulation(plan: Plan): Simulation {
  return {
    planId: plan.id,
    block: 1n,
    backend: "eth_simulateV1",
    ok: true,
    calls: [],
    balanceChanges: [],
    allowances: [],
    positions: [],
    gasUsed: 0n,
  };
}

export function sampleReceipt(plan: Plan, callIndex = 0): Receipt {
  return {
    planId: plan.id,
    callIndex,
    txHash: zeroHash,
    block: 2n,
    status: "success",
    gasUsed: 21_000n,
    effectiveGasPrice: 1n,
    changes: [],
    deviations: [],
  };
}
