import type { Address } from "viem";
import { decodeRevert } from "../../chain/revert.ts";
import type { Plan } from "../../domain/plan.ts";
import type { BalanceChange, PositionChange, SimulatedCall, Simulation } from "../../domain/simulation.ts";
import type { Token } from "../../domain/token.ts";
import type { PositionProbe } from "../types.ts";
import type { Observed } from "./layout.ts";
import { findOddities } from "./oddities.ts";
import { type Draft, realised } from "./settle.ts";

type Parts = {
  readonly plan: Plan;
  readonly draft: Draft;
  readonly seen: Observed;
  readonly probes: readonly PositionProbe[];
  readonly backend: Simulation["backend"];
  readonly timestamp: bigint;
  readonly wrappedNative: Address;
  readonly tokenOf: (address: Address) => Token;
};

/** The normalized simulation: the same for every backend, up to gas. */
export function report(parts: Parts): Simulation {
  const { plan, seen } = parts;
  const calls = plan.calls.map((_, index) => simulatedCall(parts, index));
  return {
    planId: plan.id,
    block: plan.block.number,
    timestamp: parts.timestamp,
    backend: parts.backend,
    ok: calls.every((call) => call.status === "success"),
    calls,
    balanceChanges: sum(calls.flatMap((call) => call.changes)),
    allowances: parts.draft.watch.pairs.flatMap(({ token, spender }, at) => {
      const [before, after] = [seen.allowances.before[at], seen.allowances.after[at]];
      if (before === undefined || after === undefined) return [];
      return [{ token: parts.tokenOf(token), spender, before, after }];
    }),
    positions: parts.probes.flatMap((probe, at) => positionChange(probe, seen, at)),
    gasUsed: calls.reduce((total, call) => total + call.gasUsed, 0n),
    oddities: findOddities(parts),
  };
}

function simulatedCall(parts: Parts, index: number): SimulatedCall {
  const { plan, draft, seen } = parts;
  const ran = draft.calls[index];
  const result = seen.calls[index];
  const planned = plan.calls[index];
  if (!ran || !result) {
    const { data = "0x", value = 0n } = planned ?? {};
    const stopped = draft.stop?.reason === "out-of-bounds" && draft.stop.index === index ? draft.stop : undefined;
    const base = { gasUsed: 0n, changes: [], data, value };
    if (!stopped) return { ...base, status: "not-reached" };
    const message = `The amount from earlier steps is outside what the plan allows: ${stopped.fact}.`;
    return { ...base, status: "reverted", revert: { name: "BindingOutOfBounds", message, data: "0x" } };
  }
  const base = { gasUsed: result.gasUsed, data: ran.data, value: ran.value };
  if (result.ok) return { ...base, status: "success", changes: changesOf(parts, index) };
  return { ...base, status: "reverted", changes: [], revert: { ...decodeRevert(result.data), data: result.data } };
}

function changesOf({ plan, draft, seen, tokenOf }: Parts, index: number): readonly BalanceChange[] {
  return realised(draft.watch, seen, index)
    .filter((change) => change.delta !== 0n)
    .map((change) => ({ holder: plan.account, token: tokenOf(change.asset as Address), delta: change.delta }));
}

/** Net change per token, in the order of first movement; tokens that came and went entirely are left out. */
function sum(changes: readonly BalanceChange[]): readonly BalanceChange[] {
  const byToken = new Map<string, BalanceChange>();
  for (const change of changes) {
    const key = change.token.address.toLowerCase();
    byToken.set(key, { ...change, delta: change.delta + (byToken.get(key)?.delta ?? 0n) });
  }
  return [...byToken.values()].filter((change) => change.delta !== 0n);
}

function positionChange(probe: PositionProbe, seen: Observed, at: number): readonly PositionChange[] {
  const before = probe.parse(seen.probes.before[at] ?? []);
  const after = probe.parse(seen.probes.after[at] ?? []);
  if (!before && !after) return [];
  const { protocol, marketId } = probe;
  return [{ protocol, ...(marketId !== undefined && { marketId }), before: before ?? {}, after: after ?? {} }];
}
