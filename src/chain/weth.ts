import { type Address, decodeFunctionData, encodeFunctionData } from "viem";
import type { Call } from "../domain/call.ts";
import type { Effect } from "../domain/effect.ts";
import { wethAbi } from "./abis/weth.ts";

/** Byte offset of the amount word in `withdraw` calldata. `wrapCall` binds at "value". */
export const UNWRAP_AMOUNT_AT = 4;

/** `wrapped.deposit{value: amount}()`. */
export function wrapCall(wrapped: Address, amount: bigint): Call {
  return { to: wrapped, data: encodeFunctionData({ abi: wethAbi, functionName: "deposit" }), value: amount };
}

/** `wrapped.withdraw(amount)`: the native coin arrives at the sender. */
export function unwrapCall(wrapped: Address, amount: bigint): Call {
  const data = encodeFunctionData({ abi: wethAbi, functionName: "withdraw", args: [amount] });
  return { to: wrapped, data, value: 0n };
}

/** Meaning of a wrap or unwrap on the chain's own wrapped coin; undefined for any other target or data. */
export function decodeWeth(call: Call, wrapped: Address): Effect | undefined {
  if (call.to.toLowerCase() !== wrapped.toLowerCase()) return undefined;
  try {
    const { functionName, args } = decodeFunctionData({ abi: wethAbi, data: call.data });
    const data = call.data.toLowerCase();
    if (functionName === "deposit")
      return data === wrapCall(wrapped, 0n).data ? { type: "wrap", amount: call.value } : undefined;
    const canonical = call.value === 0n && data === unwrapCall(wrapped, args[0]).data;
    return canonical ? { type: "unwrap", amount: args[0] } : undefined;
  } catch {
    return undefined; // an ERC-20 call, or nothing we know
  }
}
