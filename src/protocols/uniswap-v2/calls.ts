import { type Address, encodeFunctionData, type Hex } from "viem";
import { uniswapV2RouterAbi as abi } from "../../chain/abis/uniswapV2.ts";
import type { Quote, SwapLeg } from "../../domain/quote.ts";
import { isNative } from "../../domain/token.ts";
import type { ProtocolCall } from "../protocol.ts";
import { type SwapAction, swapLabel, swapLimits } from "../shared/swapTerms.ts";

/** `amountIn` is the first argument of the exact-input calls that pull a token. */
const AMOUNT_IN_AT = 4;

/** One Router02 call per leg, each with its share of the floor or ceiling. Errors: ForeignQuoteError, InvalidLegsError. */
export function swapCalls(
  router: Address,
  quote: Quote,
  owner: Address,
  deadlineSeconds: bigint,
): readonly ProtocolCall[] {
  const swap = swapLimits("uniswap-v2", quote);
  const { action } = swap.quote;
  const single = action.legs.length === 1;
  return action.legs.map((leg, index) => {
    const limit = swap.perLeg[index] ?? 0n;
    const paid = action.side === "sell" ? leg.amount : limit;
    const native = isNative(action.sell);
    const amountAt = native ? "value" : AMOUNT_IN_AT;
    return {
      to: router,
      data: encodeLeg(action, leg, limit, owner, deadlineSeconds),
      value: native ? paid : 0n,
      label: swapLabel({ ...swap.quote, action: { ...action, legs: [leg] } }, limit, "Uniswap v2"),
      ...(single && action.side === "sell" ? { amountAt } : {}),
    };
  });
}

function encodeLeg(action: SwapAction, leg: SwapLeg, limit: bigint, to: Address, deadline: bigint): Hex {
  const path = leg.path.tokens.map((token) => token.address);
  const amount = leg.amount;
  const [nativeIn, nativeOut] = [isNative(action.sell), isNative(action.buy)];
  if (action.side === "sell") {
    if (nativeIn)
      return encodeFunctionData({ abi, functionName: "swapExactETHForTokens", args: [limit, path, to, deadline] });
    const functionName = nativeOut ? "swapExactTokensForETH" : "swapExactTokensForTokens";
    return encodeFunctionData({ abi, functionName, args: [amount, limit, path, to, deadline] });
  }
  if (nativeIn)
    return encodeFunctionData({ abi, functionName: "swapETHForExactTokens", args: [amount, path, to, deadline] });
  const functionName = nativeOut ? "swapTokensForExactETH" : "swapTokensForExactTokens";
  return encodeFunctionData({ abi, functionName, args: [amount, limit, path, to, deadline] });
}
