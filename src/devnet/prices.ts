import { type Address, type Client, parseUnits } from "viem";
import { actAs, DevnetUnknownError } from "./actAs.ts";
import { abiOf } from "./build/artifact.ts";
import { request } from "./build/builder.ts";
import { readChain } from "./readChain.ts";
import type { DevnetDeployment } from "./types.ts";

/** Decimals of every feed, as Chainlink's USD feeds have. */
const FEED_DECIMALS = 8;
/** Follow the ETH feed; what is set is their market price over redemption value. */
const STAKED = new Set(["stETH", "wstETH"]);

/**
 * Sets a feed's USD price, given as a decimal string ("2400.5"). ETH moves stETH and wstETH with it; setting one of
 * those moves its peg to ETH instead.
 *
 * @throws DevnetUnknownError when there is no feed for the symbol.
 */
export async function setPrice(
  client: Client,
  deployment: DevnetDeployment,
  symbol: string,
  usd: string,
): Promise<void> {
  await setPrice8(client, deployment, symbol, parseUnits(usd, FEED_DECIMALS));
}

/** A feed's latest answer: USD with 8 decimals. */
export function readPrice8(client: Client, deployment: DevnetDeployment, symbol: string): Promise<bigint> {
  const to = feedOf(deployment, symbol);
  return readChain<bigint>(client, { to, abi: abiOf("DevFeed"), fn: "latestAnswer" });
}

/** A seeded random walk: the same seed gives the same prices. */
export type PriceWalk = {
  readonly symbol: string;
  readonly steps: number;
  /** Largest move of one step up or down, in basis points. */
  readonly stepBps: number;
  /** Added to every step, in basis points; negative falls. */
  readonly driftBps?: number;
  readonly seed?: number;
  /** Chain time between steps. */
  readonly secondsPerStep?: number;
  readonly onStep?: (price8: bigint, step: number) => void | Promise<void>;
};

/** Walks a feed at random and returns every price set, in USD with 8 decimals. */
export async function walkPrices(
  client: Client,
  deployment: DevnetDeployment,
  walk: PriceWalk,
): Promise<readonly bigint[]> {
  const random = xorshift(walk.seed ?? 1);
  const prices: bigint[] = [];
  let price8 = await readPrice8(client, deployment, walk.symbol);
  for (let step = 0; step < walk.steps; step += 1) {
    const move = (walk.driftBps ?? 0) + (random() % (2 * walk.stepBps + 1)) - walk.stepBps;
    price8 = (price8 * BigInt(10_000 + move)) / 10_000n;
    prices.push(price8);
  }
  await play(client, deployment, { ...walk, prices });
  return prices;
}

/** A recorded series, oldest first, as decimal strings in USD. */
export type PriceReplay = {
  readonly symbol: string;
  readonly prices: readonly string[];
  /** Chain time between two prices. */
  readonly secondsPerStep?: number;
  readonly onStep?: (price8: bigint, step: number) => void | Promise<void>;
};

/** Plays a recorded series into a feed. */
export async function replayPrices(client: Client, deployment: DevnetDeployment, replay: PriceReplay): Promise<void> {
  const prices = replay.prices.map((usd) => parseUnits(usd, FEED_DECIMALS));
  await play(client, deployment, { ...replay, prices });
}

/** Stops a feed's heartbeat (its `updatedAt` stays where it is while time goes on), or resumes it. */
export async function freezeFeed(
  client: Client,
  deployment: DevnetDeployment,
  symbol: string,
  on: boolean,
): Promise<void> {
  const to = feedOf(deployment, STAKED.has(symbol) ? "ETH" : symbol);
  await actAs(client, deployment.deployer, { to, abi: abiOf("DevFeed"), fn: "freeze", args: [on] });
}

type Play = Pick<PriceReplay, "symbol" | "secondsPerStep" | "onStep"> & { readonly prices: readonly bigint[] };

async function play(client: Client, deployment: DevnetDeployment, { symbol, prices, secondsPerStep, onStep }: Play) {
  for (const [step, price8] of prices.entries()) {
    if (secondsPerStep !== undefined) await request(client, "evm_increaseTime", [secondsPerStep]);
    await setPrice8(client, deployment, symbol, price8);
    await onStep?.(price8, step);
  }
}

async function setPrice8(client: Client, deployment: DevnetDeployment, symbol: string, price8: bigint): Promise<void> {
  const to = feedOf(deployment, symbol);
  if (!STAKED.has(symbol)) {
    await actAs(client, deployment.deployer, { to, abi: abiOf("DevFeed"), fn: "setAnswer", args: [price8] });
    return;
  }
  const par = await readChain<bigint>(client, { to, abi: abiOf("StakedEthFeed"), fn: "parAnswer" });
  // rounded up, so that the answer, which rounds down, is the price asked for
  const pegWad = (price8 * 10n ** 18n + par - 1n) / par;
  await actAs(client, deployment.deployer, { to, abi: abiOf("StakedEthFeed"), fn: "setPeg", args: [pegWad] });
}

function feedOf({ priceFeeds }: DevnetDeployment, symbol: string): Address {
  const feed = priceFeeds[symbol];
  if (feed === undefined) throw new DevnetUnknownError("price feed", symbol, Object.keys(priceFeeds));
  return feed;
}

/** Marsaglia's 32-bit xorshift; enough for a price walk, and the same everywhere. */
function xorshift(seed: number): () => number {
  let x = seed === 0 ? 1 : seed | 0;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return x >>> 0;
  };
}
