import { decodeFunctionResult, encodeFunctionData, type Hex } from "viem";
import { quoterV2Abi } from "../../chain/abis/quoterV2.ts";
import { aggregate } from "../../chain/aggregate.ts";
import type { Reader } from "../../chain/reader.ts";
import { isNative } from "../../domain/token.ts";
import { InvalidLegsError, PoolLiquidityError } from "../shared/swapErrors.ts";
import { checkLegs, type SwapAction, type SwapQuote, sum, swapQuote } from "../shared/swapTerms.ts";
import type { PathAmount, PathQuote } from "../swapVenue.ts";
import type { UniswapV3Addresses } from "./index.ts";
import { encodePath } from "./path.ts";

/** A quote may cost some 10M gas in the worst pool; forty typical ones stay far below a public node's 50M. */
const QUOTES_PER_REQUEST = 40;

/** Prices where v3 stops: the swap ran out of liquidity. Source: v3-core TickMath, limits that QuoterV2 passes (±1). */
const LOWEST_SQRT_PRICE = 4295128740n;
const HIGHEST_SQRT_PRICE = 1461446703485210103287273052203988822378723970341n;

/** Gas measured on the local chain beside QuoterV2's estimate, which counts the pools as cold: 26,000 to 37,000 for 1 to 3 legs. */
export const BASE_GAS = 30_000n;
/** Per leg: router dispatch, callback, path decoding. */
const LEG_GAS = 1_000n;
/** Wrapping on the way in, unwrapping on the way out. */
const NATIVE_GAS = 6_000n;

/** Prices of many paths, one QuoterV2 call each, batched. undefined = the pools cannot fill the amount. */
export async function quotePaths(
  addresses: UniswapV3Addresses,
  reader: Reader,
  side: "sell" | "buy",
  asked: readonly PathAmount[],
): Promise<readonly (PathQuote | undefined)[]> {
  const functionName = side === "sell" ? "quoteExactInput" : "quoteExactOutput";
  const calls = asked.map(({ path, amount }) => ({
    target: addresses.quoterV2,
    callData: encodeFunctionData({ abi: quoterV2Abi, functionName, args: [encodePath(path, side), amount] }),
  }));
  const results = await aggregate(reader, calls, { callsPerRequest: QUOTES_PER_REQUEST });
  return results.map((data) => (data === undefined ? undefined : readQuote(functionName, data)));
}

function readQuote(functionName: "quoteExactInput" | "quoteExactOutput", data: Hex): PathQuote | undefined {
  const [amount, prices, , gas] = decodeFunctionResult({ abi: quoterV2Abi, functionName, data });
  const exhausted = prices.some((price) => price <= LOWEST_SQRT_PRICE || price >= HIGHEST_SQRT_PRICE);
  return amount > 0n && !exhausted ? { amount, gas: gas + LEG_GAS } : undefined;
}

/** Terms of one swap over its legs. Errors: InvalidLegsError, PoolLiquidityError. */
export async function quoteSwap(addresses: UniswapV3Addresses, reader: Reader, action: SwapAction): Promise<SwapQuote> {
  checkLegs(action, reader.addresses.wrappedNative);
  if (isNative(action.sell) && isNative(action.buy)) throw new InvalidLegsError("Nothing to swap: ETH for ETH.");
  const quotes = await quotePaths(addresses, reader, action.side, action.legs);
  const found = quotes.map((quote, index) => {
    if (quote !== undefined) return quote;
    const token = action.side === "sell" ? action.sell : action.buy;
    throw new PoolLiquidityError("Uniswap v3", token, action.legs[index]?.amount ?? 0n);
  });
  const native = isNative(action.sell) || isNative(action.buy) ? NATIVE_GAS : 0n;
  return swapQuote({
    protocol: "uniswap-v3",
    action,
    block: reader.block,
    quoted: found.map((quote) => quote.amount),
    gas: BASE_GAS + native + sum(found.map((quote) => quote.gas)),
    spender: addresses.swapRouter02,
  });
}
