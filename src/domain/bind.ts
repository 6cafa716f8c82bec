import { type Hex, numberToHex, sliceHex } from "viem";
import type { Binding, Call, PlannedCall } from "./call.ts";

/** Realised balance change of one asset by one call: positive = received. */
export type RealisedChange = { readonly asset: string; readonly delta: bigint };

/** What a binding found: the amount, and whether it lies inside the bounds that the owner consented to. */
export type BoundAmount = { readonly binding: Binding; readonly amount: bigint; readonly inBounds: boolean };

/**
 * Amounts of a call's bindings: the owner's net gain of the asset over the calls named, from what really happened.
 * `changesOf(i)` = balance changes of call i; undefined when it has not run.
 */
export function resolveBindings(
  call: PlannedCall,
  changesOf: (callIndex: number) => readonly RealisedChange[] | undefined,
): readonly BoundAmount[] {
  return call.bindings.map((binding) => {
    const amount = binding.from.reduce((sum, index) => sum + gained(changesOf(index), binding.asset), 0n);
    return { binding, amount, inBounds: amount >= binding.min && amount <= binding.max };
  });
}

/** The call with the bound amounts written into its calldata word or its value. */
export function applyBindings(call: Call, bound: readonly BoundAmount[]): Call {
  return bound.reduce<Call>((current, { binding, amount }) => applyOne(current, binding, amount), {
    to: call.to,
    data: call.data,
    value: call.value,
  });
}

function applyOne(call: Call, binding: Binding, amount: bigint): Call {
  if (binding.at === "value") return { ...call, value: amount };
  return { ...call, data: replaceWord(call.data, binding.at, amount) };
}

/** Replaces the 32-byte word at `offset` bytes by `amount`. */
function replaceWord(data: Hex, offset: number, amount: bigint): Hex {
  const word = numberToHex(amount, { size: 32 }).slice(2);
  const head = sliceHex(data, 0, offset);
  const start = 2 + (offset + 32) * 2;
  return `${head}${word}${data.slice(start)}`;
}

function gained(changes: readonly RealisedChange[] | undefined, asset: string): bigint {
  return (changes ?? [])
    .filter((change) => change.asset.toLowerCase() === asset.toLowerCase())
    .reduce((sum, change) => sum + change.delta, 0n);
}
