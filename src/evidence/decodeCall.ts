import { decodeErc20 } from "../chain/erc20.ts";
import { decodeWeth } from "../chain/weth.ts";
import type { Call } from "../domain/call.ts";
import type { Effect } from "../domain/effect.ts";
import type { DecodedCall } from "../domain/simulation.ts";
import { NATIVE_ADDRESS } from "../domain/token.ts";
import type { Protocol } from "../protocols/protocol.ts";

export type DecodeOptions = {
  readonly protocols: readonly Protocol[];
  readonly wrappedNative: `0x${string}`;
};

/**
 * Meaning of one call, from its calldata alone. Every decoder is asked; exactly one must answer, or the call stays
 * undecoded (which the guards deny). The plan's own labels are not read.
 */
export function decodeCall({ protocols, wrappedNative }: DecodeOptions, call: Call, callIndex: number): DecodedCall {
  const answers = [
    { by: "native", effect: decodeNative(call) },
    { by: "weth", effect: decodeWeth(call, wrappedNative) },
    { by: "erc20", effect: decodeErc20(call) },
    ...protocols.map((protocol) => ({ by: protocol.id, effect: protocol.decode(call) })),
  ];
  const [only, another] = answers.flatMap(({ by, effect }) => (effect ? [{ by, effect }] : []));
  if (!only || another) return { callIndex };
  return { callIndex, effect: only.effect, decodedBy: only.by };
}

/** Native coin without calldata: a plain payment. */
function decodeNative(call: Call): Effect | undefined {
  if (call.data !== "0x" || call.value <= 0n) return undefined;
  return { type: "transfer", asset: NATIVE_ADDRESS, to: call.to, amount: call.value };
}
