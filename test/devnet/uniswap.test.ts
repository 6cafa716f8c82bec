import { parseUnits } from "viem";
import { expect, test } from "vitest";
import { abiOf } from "../../src/devnet/build/artifact.ts";
import { alignPools, setPrice, swapInPool } from "../../src/devnet/index.ts";
import { readChain } from "../../src/devnet/readChain.ts";
import { harness } from "./harness.ts";

const chain = harness();

test("default: every v3 pool has liquidity at its price", async () => {
  expect(chain().deployment.uniswapV3.pools).toHaveLength(16);
  for (const pool of chain().deployment.uniswapV3.pools) {
    const read = { to: pool.address, abi: abiOf("UniswapV3Pool"), fn: "liquidity" };
    expect(await readChain<bigint>(chain().client, read), pool.address).toBeGreaterThan(0n);
  }
});

test("default: every v2 pair has reserves", async () => {
  expect(chain().deployment.uniswapV2.pairs).toHaveLength(6);
  for (const pair of chain().deployment.uniswapV2.pairs) {
    const read = { to: pair.address, abi: abiOf("UniswapV2Pair"), fn: "getReserves" };
    const [reserve0, reserve1] = await readChain<readonly [bigint, bigint]>(chain().client, read);
    expect(reserve0 > 0n && reserve1 > 0n).toBe(true);
  }
});

test("behavior: one WETH quotes near the feed, and a big order gets a worse price", async () => {
  const quote = async (amountIn: bigint) => {
    const { WETH, USDC } = chain().deployment.tokens;
    const params = { tokenIn: WETH?.address, tokenOut: USDC?.address, amountIn, fee: 500, sqrtPriceLimitX96: 0n };
    const call = { to: chain().deployment.uniswapV3.quoterV2, abi: abiOf("QuoterV2"), fn: "quoteExactInputSingle" };
    const [amountOut] = await readChain<readonly [bigint]>(chain().client, { ...call, args: [params] });
    return amountOut;
  };
  const one = await quote(parseUnits("1", 18));
  expect(one).toBeGreaterThan(parseUnits("2990", 6));
  expect(one).toBeLessThan(parseUnits("3000", 6));
  expect(await quote(parseUnits("1000", 18))).toBeLessThan(one * 999n);
});

test("behavior: a big swap moves a pool, alignPools brings it back to the feeds", async () => {
  const { WETH, USDC } = chain().deployment.tokens;
  if (WETH === undefined || USDC === undefined) return expect.fail("no WETH or USDC");
  const pool = chain().deployment.uniswapV3.pools[0];
  if (pool === undefined) return expect.fail("no pool");
  const tick = async () => {
    const read = { to: pool.address, abi: abiOf("UniswapV3Pool"), fn: "slot0" };
    return (await readChain<readonly [bigint, number]>(chain().client, read))[1];
  };
  const opening = await tick();
  const sale = { tokenIn: WETH.address, tokenOut: USDC.address, feePips: 500, amountIn: parseUnits("2000", 18) };
  await swapInPool(chain().client, chain().deployment, sale);
  expect(Math.abs((await tick()) - opening)).toBeGreaterThan(200);
  await alignPools(chain().client, chain().deployment, "WETH");
  expect(Math.abs((await tick()) - opening)).toBeLessThanOrEqual(1);
});

test("behavior: after a price fall alignPools moves every pool and pair of the token", async () => {
  await setPrice(chain().client, chain().deployment, "LINK", "12");
  await alignPools(chain().client, chain().deployment, "LINK");
  const { LINK, WETH } = chain().deployment.tokens;
  const { router } = chain().deployment.uniswapV2;
  const args = [parseUnits("1", 18), [LINK?.address, WETH?.address]];
  const call = { to: router, abi: abiOf("UniswapV2Router02"), fn: "getAmountsOut", args };
  const [, out = 0n] = await readChain<readonly bigint[]>(chain().client, call);
  // 12 / 3000 ETH less the 0.3 % fee, within the pair's tolerance
  expect(out).toBeGreaterThan(parseUnits("0.00397", 18));
  expect(out).toBeLessThan(parseUnits("0.00401", 18));
});
