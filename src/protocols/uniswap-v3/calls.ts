import { type Address, encodeFunctionData, type Hex } from "viem";
import { swapRouter02Abi } from "../../chain/abis/swapRouter02.ts";
import type { Quote } from "../../domain/quote.ts";
import { isNative } from "../../domain/token.ts";
import type { ProtocolCall } from "../protocol.ts";
import { type SwapQuote, sum, swapLabel, swapLimits } from "../shared/swapTerms.ts";
import type { UniswapV3Addresses } from "./index.ts";
import { encodePath } from "./path.ts";

/** SwapRouter02's own address as a recipient. Source: swap-router-contracts libraries/Constants.sol (ADDRESS_THIS). */
export const ROUTER_ITSELF: Address = "0x0000000000000000000000000000000000000002";

/**
 * One SwapRouter02 call: `multicall(deadline, legs…)`, the legs paying the owner directly.
 * Native in: paid with value, what an exact output leaves is refunded. Native out: legs pay the router, which unwraps
 * to the owner with the whole floor. Errors: ForeignQuoteError, InvalidLegsError.
 */
export function swapCalls(
  addresses: UniswapV3Addresses,
  quote: Quote,
  owner: Address,
  deadlineSeconds: bigint,
): readonly ProtocolCall[] {
  const swap = swapLimits("uniswap-v3", quote);
  const { action } = swap.quote;
  const inner = [...legCalls(swap.quote, swap.perLeg, owner), ...settlement(swap.quote, swap.limit, owner)];
  const data = encodeFunctionData({ abi: swapRouter02Abi, functionName: "multicall", args: [deadlineSeconds, inner] });
  const spent = action.side === "sell" ? sum(action.legs.map((leg) => leg.amount)) : swap.limit;
  const bindable = action.side === "sell" && action.legs.length === 1 && !isNative(action.sell);
  return [
    {
      to: addresses.swapRouter02,
      data,
      value: isNative(action.sell) ? spent : 0n,
      label: swapLabel(swap.quote, swap.limit, "Uniswap v3"),
      ...(bindable ? { amountAt: singleLegAmountAt(inner.length) } : {}),
    },
  ];
}

function legCalls({ action }: SwapQuote, limits: readonly bigint[], owner: Address): readonly Hex[] {
  const unwraps = isNative(action.buy);
  const recipient = unwraps ? ROUTER_ITSELF : owner;
  return action.legs.map((leg, index) => {
    const path = encodePath(leg.path, action.side);
    const limit = limits[index] ?? 0n;
    if (action.side === "buy")
      return encodeFunctionData({
        abi: swapRouter02Abi,
        functionName: "exactOutput",
        args: [{ path, recipient, amountOut: leg.amount, amountInMaximum: limit }],
      });
    return encodeFunctionData({
      abi: swapRouter02Abi,
      functionName: "exactInput",
      // native out: the floor of all legs together is the unwrap's own minimum
      args: [{ path, recipient, amountIn: leg.amount, amountOutMinimum: unwraps ? 0n : limit }],
    });
  });
}

function settlement({ action }: SwapQuote, limit: bigint, owner: Address): readonly Hex[] {
  const least = action.side === "sell" ? limit : sum(action.legs.map((leg) => leg.amount));
  const unwrap = encodeFunctionData({ abi: swapRouter02Abi, functionName: "unwrapWETH9", args: [least, owner] });
  const refund = encodeFunctionData({ abi: swapRouter02Abi, functionName: "refundETH" });
  return [
    ...(isNative(action.buy) ? [unwrap] : []),
    ...(isNative(action.sell) && action.side === "buy" ? [refund] : []),
  ];
}

/**
 * Where `amountIn` of the only leg stands in the calldata: selector 4; deadline, array offset, array length (3 words);
 * one offset per inner call; the leg's length (1 word) and selector 4; the struct's offset, path offset and recipient
 * (3 words). Held by a test that reads the word back.
 */
function singleLegAmountAt(innerCalls: number): number {
  return 4 + (3 + innerCalls + 1) * 32 + 4 + 3 * 32;
}
