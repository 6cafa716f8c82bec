import { type Address, decodeFunctionData, encodeFunctionData } from "viem";
import type { Call } from "../domain/call.ts";
import type { Effect } from "../domain/effect.ts";
import { erc20Abi } from "./abis/erc20.ts";

/** Byte offset of the amount word in `approve` and `transfer` calldata: selector, then one address word. */
export const ERC20_AMOUNT_AT = 36;

/** `token.approve(spender, amount)`. */
export function approveCall(token: Address, spender: Address, amount: bigint): Call {
  const data = encodeFunctionData({ abi: erc20Abi, functionName: "approve", args: [spender, amount] });
  return { to: token, data, value: 0n };
}

/** `token.transfer(to, amount)`. */
export function transferCall(token: Address, to: Address, amount: bigint): Call {
  const data = encodeFunctionData({ abi: erc20Abi, functionName: "transfer", args: [to, amount] });
  return { to: token, data, value: 0n };
}

/**
 * Meaning of an ERC-20 approve or transfer; undefined for anything else, malformed data, trailing bytes or a value.
 * Whether `to` really is a token is the registry's business, not the calldata's.
 */
export function decodeErc20(call: Call): Effect | undefined {
  if (call.value !== 0n) return undefined;
  try {
    const { functionName, args } = decodeFunctionData({ abi: erc20Abi, data: call.data });
    if (functionName === "approve") {
      const [spender, amount] = args;
      const same = approveCall(call.to, spender, amount).data === call.data.toLowerCase();
      return same ? { type: "approve", token: call.to, spender, amount } : undefined;
    }
    if (functionName === "transfer") {
      const [to, amount] = args;
      const same = transferCall(call.to, to, amount).data === call.data.toLowerCase();
      return same ? { type: "transfer", asset: call.to, to, amount } : undefined;
    }
    return undefined;
  } catch {
    return undefined; // not ERC-20 calldata
  }
}
