import type { Address, Client } from "viem";
import { actAs } from "./actAs.ts";
import { sqrt } from "./build/amounts.ts";
import { abiOf } from "./build/artifact.ts";
import { readPrice8 } from "./prices.ts";
import { readChain } from "./readChain.ts";
import { allow, swapInPool } from "./traders.ts";
import type { DevnetDeployment, DevnetToken, DevnetV2Pair, DevnetV3Pool } from "./types.ts";

/** More than any pool can take on the way to a price; only what is needed is taken. */
const PLENTY = 10n ** 9n;
/** Uniswap v2 moves within its 0.3 % fee on its own terms; closer than this is left alone. */
const V2_TOLERANCE_BPS = 30n;

/**
 * An arbitrageur's work: the liquidity provider swaps every Uniswap pool to the feeds' prices, or only those with
 * `symbol`. Use it after a price change, so that pools and feeds agree again.
 */
export async function alignPools(client: Client, deployment: DevnetDeployment, symbol?: string): Promise<void> {
  const bySide = new Map(Object.values(deployment.tokens).map((token) => [token.address.toLowerCase(), token]));
  const sides = (pool: { readonly token0: Address; readonly token1: Address }) => {
    const [token0, token1] = [bySide.get(pool.token0.toLowerCase()), bySide.get(pool.token1.toLowerCase())];
    if (token0 === undefined || token1 === undefined) return undefined;
    return symbol === undefined || token0.symbol === symbol || token1.symbol === symbol
      ? { token0, token1 }
      : undefined;
  };
  for (const pool of deployment.uniswapV3.pools) {
    const tokens = sides(pool);
    if (tokens !== undefined) await alignV3(client, deployment, pool, tokens);
  }
  for (const pair of deployment.uniswapV2.pairs) {
    const tokens = sides(pair);
    if (tokens !== undefined) await alignV2(client, deployment, pair, tokens);
  }
}

type Sides = { readonly token0: DevnetToken; readonly token1: DevnetToken };

/** token1 per token0 in base units as a fraction, from the feeds. */
async function fairPrice(client: Client, deployment: DevnetDeployment, { token0, token1 }: Sides) {
  const price0 = await readPrice8(client, deployment, token0.symbol);
  const price1 = await readPrice8(client, deployment, token1.symbol);
  return { numerator: price0 * 10n ** BigInt(token1.decimals), denominator: price1 * 10n ** BigInt(token0.decimals) };
}

async function alignV3(client: Client, deployment: DevnetDeployment, pool: DevnetV3Pool, sides: Sides): Promise<void> {
  const { numerator, denominator } = await fairPrice(client, deployment, sides);
  const target = sqrt((numerator << 192n) / denominator);
  const slot0 = { to: pool.address, abi: abiOf("UniswapV3Pool"), fn: "slot0" };
  const [now] = await readChain<readonly [bigint]>(client, slot0);
  if (now === target) return;
  // selling token0 lowers the price of token0
  const [input, output] = target < now ? [sides.token0, sides.token1] : [sides.token1, sides.token0];
  await swapInPool(client, deployment, {
    tokenIn: input.address,
    tokenOut: output.address,
    feePips: pool.feePips,
    amountIn: await spendable(client, deployment, input),
    sqrtPriceLimitX96: target,
  });
}

async function alignV2(client: Client, deployment: DevnetDeployment, pair: DevnetV2Pair, sides: Sides): Promise<void> {
  const { numerator, denominator } = await fairPrice(client, deployment, sides);
  const get = { to: pair.address, abi: abiOf("UniswapV2Pair"), fn: "getReserves" };
  const [reserve0, reserve1] = await readChain<readonly [bigint, bigint]>(client, get);
  // at the fair price r1 / r0 = numerator / denominator with r0 · r1 unchanged
  const fair0 = sqrt((reserve0 * reserve1 * denominator) / numerator);
  const fair1 = (reserve0 * reserve1) / fair0;
  const selling0 = fair0 > reserve0;
  const [input, output] = selling0 ? [sides.token0, sides.token1] : [sides.token1, sides.token0];
  const amountIn = selling0 ? fair0 - reserve0 : fair1 - reserve1;
  const reserve = selling0 ? reserve0 : reserve1;
  // a price p away from fair needs about p / 2 of the reserve
  if (amountIn * 10_000n <= (reserve * V2_TOLERANCE_BPS) / 2n) return;
  const { router } = deployment.uniswapV2;
  const as = deployment.liquidityProvider;
  await allow(client, as, input.address, router);
  const args = [amountIn, 0n, [input.address, output.address], as, 10n ** 18n];
  await actAs(client, as, { to: router, abi: abiOf("UniswapV2Router02"), fn: "swapExactTokensForTokens", args });
}

async function spendable(client: Client, deployment: DevnetDeployment, token: DevnetToken): Promise<bigint> {
  const args = [deployment.liquidityProvider];
  const balance = await readChain<bigint>(client, { to: token.address, abi: abiOf("DevToken"), fn: "balanceOf", args });
  const plenty = PLENTY * 10n ** BigInt(token.decimals);
  return balance < plenty ? balance : plenty;
}
