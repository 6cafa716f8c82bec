import type { Address } from "viem";
import type { Reader } from "../../chain/reader.ts";
import type { SwapPath } from "../../domain/quote.ts";
import { isNative } from "../../domain/token.ts";
import { InvalidLegsError, PoolLiquidityError } from "../shared/swapErrors.ts";
import { checkLegs, type SwapAction, type SwapQuote, sum, swapQuote } from "../shared/swapTerms.ts";
import type { PathAmount, PathQuote } from "../swapVenue.ts";
import { amountIn, amountOut } from "./formula.ts";
import { type Reserves, readReserves } from "./read.ts";

/** Gas of one Router02 call with one hop, transaction included; measured on the local chain. */
const LEG_GAS = 132_000n;
/** Each further hop. */
const HOP_GAS = 86_000n;
/** Wrapping or unwrapping inside the router. */
const NATIVE_GAS = 12_000n;

/** Prices of many paths from the pairs' reserves, by the router's own formula. One node round trip. */
export async function quotePaths(
  reader: Reader,
  side: "sell" | "buy",
  asked: readonly PathAmount[],
): Promise<readonly (PathQuote | undefined)[]> {
  const pairs = asked.flatMap(({ path }) => path.pools.map((pool) => pool.id as Address));
  const reserves = await readReserves(reader, pairs);
  return asked.map(({ path, amount }) => {
    const other = side === "sell" ? forwards(path, amount, reserves) : backwards(path, amount, reserves);
    const gas = LEG_GAS + HOP_GAS * BigInt(path.pools.length - 1);
    return other === undefined ? undefined : { amount: other, gas };
  });
}

/** Reserves of a hop, the hop's input first. Pairs sort their tokens by address. */
function oriented(path: SwapPath, hop: number, reserves: ReadonlyMap<string, Reserves>): readonly [bigint, bigint] {
  const [from, to] = [path.tokens[hop]?.address ?? "0x", path.tokens[hop + 1]?.address ?? "0x"];
  const { reserve0, reserve1 } = reserves.get(path.pools[hop]?.id.toLowerCase() ?? "") ?? {
    reserve0: 0n,
    reserve1: 0n,
  };
  return from.toLowerCase() < to.toLowerCase() ? [reserve0, reserve1] : [reserve1, reserve0];
}

function forwards(path: SwapPath, amount: bigint, reserves: ReadonlyMap<string, Reserves>): bigint | undefined {
  let carried: bigint | undefined = amount;
  for (let hop = 0; hop < path.pools.length && carried !== undefined; hop++) {
    const [into, out] = oriented(path, hop, reserves);
    carried = amountOut(carried, into, out);
  }
  return carried;
}

function backwards(path: SwapPath, amount: bigint, reserves: ReadonlyMap<string, Reserves>): bigint | undefined {
  let carried: bigint | undefined = amount;
  for (let hop = path.pools.length - 1; hop >= 0 && carried !== undefined; hop--) {
    const [into, out] = oriented(path, hop, reserves);
    carried = amountIn(carried, into, out);
  }
  return carried;
}

/** Terms of one swap over its legs; every leg is a call of its own. Errors: InvalidLegsError, PoolLiquidityError. */
export async function quoteSwap(router: Address, reader: Reader, action: SwapAction): Promise<SwapQuote> {
  checkLegs(action, reader.addresses.wrappedNative);
  if (isNative(action.sell) && isNative(action.buy)) throw new InvalidLegsError("Nothing to swap: ETH for ETH.");
  const quotes = await quotePaths(reader, action.side, action.legs);
  const found = quotes.map((quote, index) => {
    if (quote !== undefined) return quote;
    const token = action.side === "sell" ? action.sell : action.buy;
    throw new PoolLiquidityError("Uniswap v2", token, action.legs[index]?.amount ?? 0n);
  });
  const native = isNative(action.sell) || isNative(action.buy) ? NATIVE_GAS : 0n;
  return swapQuote({
    protocol: "uniswap-v2",
    action,
    block: reader.block,
    quoted: found.map((quote) => quote.amount),
    gas: sum(found.map((quote) => quote.gas + native)),
    spender: router,
  });
}
