import type { Evidence } from "../../src/domain/evidence.ts";
import type { BalanceChange } from "../../src/domain/simulation.ts";
import { assetKey, sameAddress } from "../lib/assets.ts";

/** Owner's simulated wallet changes of one action, per asset key; position tokens left out. */
export type Flow = ReadonlyMap<string, bigint>;

/** One flow per action of the intent, from the simulated calls that serve it. */
export function flowsOf(evidence: Evidence): readonly Flow[] {
  return evidence.plan.intent.actions.map((_, action) => {
    const flow = new Map<string, bigint>();
    for (const change of changesOf(evidence, action)) {
      if (isPositionToken(evidence, change.token.address)) continue;
      const key = assetKey(evidence, change.token.address);
      flow.set(key, (flow.get(key) ?? 0n) + change.delta);
    }
    return flow;
  });
}

/** Every simulated change of the calls of one action. */
export function changesOf({ plan, simulation }: Evidence, action: number): readonly BalanceChange[] {
  const owner = plan.account;
  return plan.calls.flatMap((call, index) =>
    call.actionIndex === action
      ? (simulation?.calls[index]?.changes ?? []).filter((change) => sameAddress(change.holder, owner))
      : [],
  );
}

/** Tokens that stand for a position or a debt: they move when a position does. */
export function isPositionToken({ known }: Evidence, address: string): boolean {
  return known.some((entry) => entry.role === "position-token" && sameAddress(entry.address, address));
}
