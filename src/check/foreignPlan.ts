import type { Address } from "viem";
import type { Reader } from "../chain/reader.ts";
import type { Call } from "../domain/call.ts";
import { type Plan, sealPlan } from "../domain/plan.ts";

/** Seconds that a check stays worth anything: the state it looked at moves on. */
const GOOD_FOR_SECONDS = 60n;

/**
 * Somebody else's calls in the form that simulator, evidence and preview take. It has no intent, no quotes and promises
 * nothing, so it can never be cleared: what it means is read from calldata and simulation alone.
 */
export function foreignPlan(
  { chainId, block, blockHash, timestamp }: Reader,
  { account, calls, nowSeconds }: { account: Address; calls: readonly Call[]; nowSeconds: bigint },
): Plan {
  return sealPlan({
    chainId,
    account,
    intent: { actions: [] },
    block: { number: block, hash: blockHash, timestamp },
    deadlineSeconds: nowSeconds + GOOD_FOR_SECONDS,
    expiresAtSeconds: nowSeconds + GOOD_FOR_SECONDS,
    calls: calls.map((call, index) => ({
      ...call,
      role: "action",
      label: `call ${index + 1} to ${call.to}`,
      protocol: "",
      actionIndex: 0,
      bindings: [],
    })),
    quotes: [],
    expectations: [],
    resolutions: [],
    assumptions: [],
    alternatives: [],
    summary: `${calls.length === 1 ? "1 call" : `${calls.length} calls`} of ${account}, not planned here`,
  });
}
