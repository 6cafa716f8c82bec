import { type Address, maxUint256, stringToHex } from "viem";
import { LIQUIDITY_PROVIDER } from "../accounts.ts";
import type { DevnetDeployment, DevnetV3Pool } from "../types.ts";
import { price8, sorted, sqrt, token, unitsForUsd } from "./amounts.ts";
import { abiOf, artifact } from "./artifact.ts";
import type { Builder } from "./builder.ts";
import type { TokenStep } from "./buildTokens.ts";
import { type RangeParams, V3_POOLS, type V3PoolParams } from "./params.ts";

/** Uniswap's TickMath.MAX_TICK. */
const MAX_TICK = 887_272;
/** UniswapV3Factory's fee tiers; 100 is added by governance on mainnet and by us here. */
const TICK_SPACING: Readonly<Record<number, number>> = { 100: 1, 500: 10, 3000: 60, 10000: 200 };

/** Step 2: Uniswap v3 with its periphery and pools. `v2Factory` serves SwapRouter02's v2 half. */
export async function buildUniswapV3(
  builder: Builder,
  { tokens }: TokenStep,
  v2Factory: Address,
): Promise<DevnetDeployment["uniswapV3"]> {
  const weth = token(tokens, "WETH").address;
  const factory = builder.deploy(artifact("UniswapV3Factory"));
  builder.send({ to: factory, abi: abiOf("UniswapV3Factory"), fn: "enableFeeAmount", args: [100, 1] });
  const nftDescriptor = builder.deploy(artifact("NFTDescriptor"));
  const descriptor = builder.deploy(artifact("NonfungibleTokenPositionDescriptor", { NFTDescriptor: nftDescriptor }), [
    weth,
    stringToHex("ETH", { size: 32 }),
  ]);
  const positionManager = builder.deploy(artifact("NonfungiblePositionManager"), [factory, weth, descriptor]);
  const swapRouter02 = builder.deploy(artifact("SwapRouter02"), [v2Factory, factory, positionManager, weth]);
  const quoterV2 = builder.deploy(artifact("QuoterV2"), [factory, weth]);
  const tickLens = builder.deploy(artifact("TickLens"));
  await builder.flush();

  const abi = abiOf("NonfungiblePositionManager");
  const erc20 = abiOf("DevToken");
  for (const { address } of Object.values(tokens)) {
    builder.send({
      from: LIQUIDITY_PROVIDER,
      to: address,
      abi: erc20,
      fn: "approve",
      args: [positionManager, maxUint256],
    });
  }
  for (const params of V3_POOLS) {
    const { token0, token1, sqrtPriceX96 } = opening(tokens, params);
    const args = [token0.address, token1.address, params.feePips, sqrtPriceX96];
    builder.send({
      from: LIQUIDITY_PROVIDER,
      to: positionManager,
      abi,
      fn: "createAndInitializePoolIfNecessary",
      args,
    });
  }
  await builder.flush();
  const pools = await Promise.all(
    V3_POOLS.map((params) => provide(builder, { tokens, factory, positionManager }, params)),
  );
  await builder.flush();
  return { factory, swapRouter02, quoterV2, positionManager, tickLens, weth, pools };
}

/** Pool order and opening price; sqrt(token1 per token0 in base units) in Q64.96, as the whitepaper defines it. */
function opening(tokens: TokenStep["tokens"], params: V3PoolParams) {
  const [token0, token1] = sorted(token(tokens, params.pair[0]), token(tokens, params.pair[1]));
  const [base] = params.pair;
  const offset = 10_000n + (params.offsetBps ?? 0n);
  const scaled = (symbol: string) => price8(symbol) * (symbol === base ? offset : 10_000n);
  const numerator = scaled(token0.symbol) * 10n ** BigInt(token1.decimals);
  const denominator = scaled(token1.symbol) * 10n ** BigInt(token0.decimals);
  return { token0, token1, sqrtPriceX96: sqrt((numerator << 192n) / denominator) };
}

type Deployed = { readonly tokens: TokenStep["tokens"]; readonly factory: Address; readonly positionManager: Address };

/** Queues the pool's positions around its opening tick. */
async function provide(builder: Builder, deployed: Deployed, params: V3PoolParams): Promise<DevnetV3Pool> {
  const { token0, token1 } = opening(deployed.tokens, params);
  const { feePips } = params;
  const pool = { to: deployed.factory, abi: abiOf("UniswapV3Factory"), fn: "getPool" };
  const address = await builder.read<Address>({ ...pool, args: [token0.address, token1.address, feePips] });
  const slot0 = { to: address, abi: abiOf("UniswapV3Pool"), fn: "slot0" };
  const [, tick] = await builder.read<readonly [bigint, number]>(slot0);
  for (const range of params.ranges) {
    const [tickLower, tickUpper] = ticks(tick, TICK_SPACING[feePips] ?? 60, range);
    const usd = (params.sideUsd * range.shareBps) / 10_000n;
    const position = {
      token0: token0.address,
      token1: token1.address,
      fee: feePips,
      tickLower,
      tickUpper,
      amount0Desired: unitsForUsd(token0, usd),
      amount1Desired: unitsForUsd(token1, usd),
      amount0Min: 0n,
      amount1Min: 0n,
      recipient: LIQUIDITY_PROVIDER,
      deadline: maxUint256,
    };
    const abi = abiOf("NonfungiblePositionManager");
    builder.send({ from: LIQUIDITY_PROVIDER, to: deployed.positionManager, abi, fn: "mint", args: [position] });
  }
  return { address, token0: token0.address, token1: token1.address, feePips };
}

function ticks(tick: number, spacing: number, { halfWidthTicks }: RangeParams): readonly [number, number] {
  const full = Math.floor(MAX_TICK / spacing) * spacing;
  if (halfWidthTicks === undefined) return [-full, full];
  const lower = Math.floor((tick - halfWidthTicks) / spacing) * spacing;
  const upper = Math.ceil((tick + halfWidthTicks) / spacing) * spacing;
  return [Math.max(lower, -full), Math.min(upper, full)];
}
