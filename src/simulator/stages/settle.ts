import type { Address } from "viem";
import { applyBindings, type RealisedChange, resolveBindings } from "../../domain/bind.ts";
import type { Call } from "../../domain/call.ts";
import type { Plan } from "../../domain/plan.ts";
import type { Observed } from "./layout.ts";
import { type Watch, widenWatch } from "./watch.ts";

/** Why the sequence ends before its last call. */
export type Stop =
  | { readonly reason: "reverted"; readonly index: number }
  | { readonly reason: "out-of-bounds"; readonly index: number; readonly fact: string };

/** What the next round runs: the calls with the amounts known so far, up to a stop, and what to watch. */
export type Draft = { readonly calls: readonly Call[]; readonly watch: Watch; readonly stop?: Stop };

/**
 * Next draft from what a round showed: bound amounts filled with realised ones, the watch list widened by events, the
 * sequence cut after the first call that fails. Equal to the draft given (same object) when nothing is left to learn.
 *
 * `blind`: what to watch where the backend sees no events. A round's results hold up to the first call whose calldata changes; what comes after is looked at in the next round.
 */
export function settle(plan: Plan, draft: Draft, seen: Observed, blind: readonly Address[]): Draft {
  const sighted = seen.calls.every((call) => call.logs !== undefined);
  const logs = sighted ? seen.calls.flatMap((call) => call.logs ?? []) : undefined;
  const watch = widenWatch(draft.watch, logs, plan.account, blind);
  const walked = walk(plan, draft, seen);
  const grown = watch.assets.length > draft.watch.assets.length || watch.pairs.length > draft.watch.pairs.length;
  if (!walked && !grown) return draft;
  return { ...draft, ...walked, watch };
}

function walk(plan: Plan, draft: Draft, seen: Observed): Omit<Draft, "watch"> | undefined {
  const calls = [...draft.calls];
  const changesOf = (index: number) => realised(draft.watch, seen, index);
  let firstChanged = calls.length;
  for (const [index, call] of draft.calls.entries()) {
    const planned = plan.calls[index];
    if (!planned) break;
    if (planned.bindings.some((binding) => binding.from.some((from) => from >= firstChanged))) continue;
    const bound = resolveBindings(planned, changesOf);
    const outside = bound.find((entry) => !entry.inBounds);
    if (outside) return { calls: calls.slice(0, index), stop: outOfBounds(index, outside) };
    const filled = applyBindings(planned, bound);
    if (filled.data.toLowerCase() !== call.data.toLowerCase() || filled.value !== call.value) {
      calls[index] = filled;
      firstChanged = Math.min(firstChanged, index);
    }
    const failed = index < firstChanged && seen.calls[index]?.ok === false;
    if (failed && draft.stop?.index !== index)
      return { calls: calls.slice(0, index + 1), stop: { reason: "reverted", index } };
    if (failed) return undefined;
  }
  return firstChanged < calls.length ? { calls, ...(draft.stop && { stop: draft.stop }) } : undefined;
}

function outOfBounds(index: number, outside: ReturnType<typeof resolveBindings>[number]): Stop {
  const { min, max } = outside.binding;
  return { reason: "out-of-bounds", index, fact: `received ${outside.amount}, allowed ${min} to ${max}` };
}

/** Owner's balance changes by one call; a balance that cannot be read counts as unchanged. */
export function realised(watch: Watch, seen: Observed, index: number): readonly RealisedChange[] {
  return watch.assets.map((asset, at) => {
    const before = seen.balances[index]?.[at];
    const after = seen.balances[index + 1]?.[at];
    return { asset, delta: before === undefined || after === undefined ? 0n : after - before };
  });
}
