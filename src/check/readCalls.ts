import { type Address, decodeFunctionData, erc20Abi, isAddressEqual } from "viem";
import type { Effect } from "../domain/effect.ts";
import type { KnownAddress } from "../domain/evidence.ts";
import type { DecodedCall } from "../domain/simulation.ts";
import { isExactly } from "../permissions/decode.ts";
import { isPermissionOnly } from "../permissions/permissionsOfCall.ts";
import type { CheckedCall } from "./request.ts";
import { readSwaps, type SwapTerms } from "./swapTerms.ts";

/** What one call says by its bytes alone. */
export type ReadCall = {
  readonly index: number;
  readonly call: CheckedCall;
  readonly effect?: Effect;
  readonly swaps: readonly SwapTerms[];
  /** True when nothing in it is left unread. */
  readonly whole: boolean;
};

/** Each call by the decoders of the protocols, the permissions, and the usual routers' shapes; pure. */
export function readCalls(
  calls: readonly CheckedCall[],
  decoded: readonly DecodedCall[],
  { account, known }: { readonly account: Address; readonly known: readonly KnownAddress[] },
): readonly ReadCall[] {
  return calls.map((call, index) => {
    const effect = decoded[index]?.effect ?? transferFrom(call, account);
    const { swaps, whole } = readSwaps(call);
    const knownRouter = known.some(({ address, role }) => role === "target" && isAddressEqual(address, call.to));
    // An address that is asked to trade may do anything else with the words of a trade.
    const read = effect !== undefined || isPermissionOnly(call) || (whole && knownRouter);
    return { index, call, swaps, whole: read, ...(effect === undefined ? {} : { effect }) };
  });
}

/** `transferFrom` of the account's own tokens is a transfer. */
function transferFrom({ to, data, value }: CheckedCall, account: Address): Effect | undefined {
  if (value !== 0n || !isExactly(erc20Abi, data)) return undefined;
  const { functionName, args } = decodeFunctionData({ abi: erc20Abi, data });
  if (functionName !== "transferFrom" || !isAddressEqual(args[0], account)) return undefined;
  return { type: "transfer", asset: to, to: args[1], amount: args[2] };
}
