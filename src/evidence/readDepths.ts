import { type Address, isAddress } from "viem";
import { uniswapV2PairAbi } from "../chain/abis/uniswapV2.ts";
import { uniswapV3PoolAbi } from "../chain/abis/uniswapV3Pool.ts";
import type { Reader } from "../chain/reader.ts";
import type { PathDepth, PoolDepth } from "../domain/evidence.ts";
import type { Quote, SwapPath } from "../domain/quote.ts";

type Reserves = readonly [reserve0: bigint, reserve1: bigint];
const Q96 = 1n << 96n;

/**
 * Depth of every pool that the plan's swaps were quoted through, at the reader's block; a path with a pool that does not
 * answer is left out. A Uniswap v3 pool counts with its virtual reserves L/√P and L·√P, exact while the price stays in
 * the tick (Uniswap v3 whitepaper, section 2).
 */
export async function readDepths(reader: Reader, quotes: readonly Quote[]): Promise<readonly PathDepth[]> {
  const paths = quotes.flatMap(({ action }, quoteIndex) => {
    if (action.type !== "swap") return [];
    return action.legs.map(({ path }, leg) => ({ quoteIndex, leg, path }));
  });
  const ids = [...new Set(paths.flatMap(({ path }) => path.pools.map(({ id }) => id)))].filter((id) => isAddress(id));
  const reserves = await readReserves(reader, ids);
  return paths.flatMap(({ quoteIndex, leg, path }) => {
    const pools = path.pools.map((pool, hop) => depthOf(path, hop, reserves.get(pool.id)));
    const amountIn = amountInto(quotes[quoteIndex], leg);
    if (!pools.every((pool) => pool !== undefined) || amountIn === undefined) return [];
    return [{ quoteIndex, amountIn, pools }];
  });
}

/** What enters the first pool of a leg: its amount, or for an exact output its share of the quoted payment. */
function amountInto(quote: Quote | undefined, leg: number): bigint | undefined {
  if (quote?.action.type !== "swap") return undefined;
  const { legs, side } = quote.action;
  const fixed = legs[leg]?.amount;
  if (side === "sell" || fixed === undefined) return fixed;
  const all = legs.reduce((sum, { amount }) => sum + amount, 0n);
  const pays = quote.pays[0]?.amount ?? 0n;
  return all > 0n ? (pays * fixed) / all : undefined;
}

function depthOf(path: SwapPath, hop: number, reserves: Reserves | undefined): PoolDepth | undefined {
  const [from, to, pool] = [path.tokens[hop], path.tokens[hop + 1], path.pools[hop]];
  if (!from || !to || !pool || !reserves) return undefined;
  const [reserve0, reserve1] = reserves;
  // Both versions sort a pool's tokens by address.
  const [reserveIn, reserveOut] =
    from.address.toLowerCase() < to.address.toLowerCase() ? [reserve0, reserve1] : [reserve1, reserve0];
  if (reserveIn <= 0n || reserveOut <= 0n) return undefined;
  return { pool: pool.id as Address, feePips: pool.feePips, reserveIn, reserveOut };
}

async function readReserves(reader: Reader, ids: readonly Address[]): Promise<ReadonlyMap<string, Reserves>> {
  if (ids.length === 0) return new Map();
  const contracts = ids.flatMap((address) => [
    { address, abi: uniswapV2PairAbi, functionName: "getReserves" } as const,
    { address, abi: uniswapV3PoolAbi, functionName: "slot0" } as const,
    { address, abi: uniswapV3PoolAbi, functionName: "liquidity" } as const,
  ]);
  const answers = await reader.client.multicall({ contracts, blockNumber: reader.block });
  return new Map(
    ids.flatMap((id, index): readonly (readonly [string, Reserves])[] => {
      const [pair, slot0, liquidity] = answers.slice(index * 3, index * 3 + 3).map(({ result }) => result);
      if (Array.isArray(pair)) return [[id, [BigInt(pair[0]), BigInt(pair[1])]]];
      const root = Array.isArray(slot0) ? BigInt(slot0[0]) : 0n;
      if (root === 0n || typeof liquidity !== "bigint") return [];
      return [[id, [(liquidity * Q96) / root, (liquidity * root) / Q96]]];
    }),
  );
}
