import { applyBindings } from "../domain/bind.ts";
import type { PlannedCall } from "../domain/call.ts";
import type { Effect } from "../domain/effect.ts";
import { canonicalJson } from "../domain/json.ts";
import type { DecodedCall } from "../domain/simulation.ts";
import { type DecodeOptions, decodeCall } from "./decodeCall.ts";

/**
 * Meaning of a planned call, and proof that filling its late-bound amount changes that amount and nothing else: what is
 * sent later is not what was decoded now. A binding that reaches any other word, or several bindings: undecoded.
 */
export function decodePlanned(options: DecodeOptions, call: PlannedCall, callIndex: number): DecodedCall {
  const decoded = decodeCall(options, call, callIndex);
  const [binding, another] = call.bindings;
  if (binding === undefined || decoded.effect === undefined) return decoded;
  const { effect } = decoded;
  const probes = binding.min > 0n ? [binding.min, binding.max] : [binding.max];
  const holds = probes.every((amount) => {
    const filled = applyBindings(call, [{ binding, amount, inBounds: true }]);
    const then = decodeCall(options, filled, callIndex);
    return canonicalJson(then.effect) === canonicalJson(withAmount(effect, amount));
  });
  return holds && another === undefined ? decoded : { callIndex };
}

/** The effect with another amount going in; undefined where nothing may be bound. */
function withAmount(effect: Effect, amount: bigint): Effect | undefined {
  if (effect.type === "set-collateral" || ("shares" in effect && effect.shares !== undefined)) return undefined;
  if (effect.type === "swap") return effect.side === "sell" ? { ...effect, sellAmount: amount } : undefined;
  return { ...effect, amount };
}
