import { parseUnits } from "viem";
import { expect, test } from "vitest";
import { abiOf } from "../../src/devnet/build/artifact.ts";
import {
  advanceTime,
  DevnetUnknownError,
  freezeFeed,
  readPrice8,
  replayPrices,
  setPrice,
  walkPrices,
} from "../../src/devnet/index.ts";
import { readChain } from "../../src/devnet/readChain.ts";
import { harness } from "./harness.ts";

const chain = harness();

test("default: setPrice changes the feed and its round", async () => {
  const to = chain().deployment.priceFeeds.WBTC;
  if (to === undefined) return expect.fail("no feed");
  const round = () =>
    readChain<readonly [bigint, bigint, bigint, bigint, bigint]>(chain().client, {
      to,
      abi: abiOf("DevFeed"),
      fn: "latestRoundData",
    });
  const [before] = await round();
  await setPrice(chain().client, chain().deployment, "WBTC", "65432.1");
  const [after, answer, , updatedAt] = await round();
  expect(after).toBe(before + 1n);
  expect(answer).toBe(6_543_210_000_000n);
  expect(updatedAt).toBe((await chain().client.getBlock()).timestamp);
});

test("behavior: a live feed keeps its heartbeat, a frozen one goes stale", async () => {
  const to = chain().deployment.priceFeeds.LINK;
  if (to === undefined) return expect.fail("no feed");
  const age = async () => {
    const updated = await readChain<bigint>(chain().client, { to, abi: abiOf("DevFeed"), fn: "latestTimestamp" });
    return (await chain().client.getBlock()).timestamp - updated;
  };
  await advanceTime(chain().client, 100_000);
  expect(await age()).toBeLessThan(3_600n);
  await freezeFeed(chain().client, chain().deployment, "LINK", true);
  await advanceTime(chain().client, 100_000);
  expect(await age()).toBeGreaterThanOrEqual(100_000n);
  await freezeFeed(chain().client, chain().deployment, "LINK", false);
  expect(await age()).toBeLessThan(3_600n);
});

test("behavior: setting wstETH moves its peg, not ETH", async () => {
  await setPrice(chain().client, chain().deployment, "wstETH", "3400");
  expect(await readPrice8(chain().client, chain().deployment, "wstETH")).toBe(parseUnits("3400", 8));
  expect(await readPrice8(chain().client, chain().deployment, "ETH")).toBe(parseUnits("3000", 8));
});

test("behavior: a walk with one seed gives one series, and ends in the feed", async () => {
  const walk = { symbol: "UNI", steps: 5, stepBps: 200, seed: 7 };
  const first = await walkPrices(chain().client, chain().deployment, walk);
  expect(await readPrice8(chain().client, chain().deployment, "UNI")).toBe(first.at(-1));
  await setPrice(chain().client, chain().deployment, "UNI", "8");
  expect(await walkPrices(chain().client, chain().deployment, walk)).toEqual(first);
  await setPrice(chain().client, chain().deployment, "UNI", "8");
  expect(await walkPrices(chain().client, chain().deployment, { ...walk, seed: 8 })).not.toEqual(first);
});

test("behavior: a replay plays each price with time between", async () => {
  const seen: bigint[] = [];
  const before = (await chain().client.getBlock()).timestamp;
  await replayPrices(chain().client, chain().deployment, {
    symbol: "AAVE",
    prices: ["94.5", "93", "91.25"],
    secondsPerStep: 3_600,
    onStep: (price8) => void seen.push(price8),
  });
  expect(seen).toEqual([9_450_000_000n, 9_300_000_000n, 9_125_000_000n]);
  expect((await chain().client.getBlock()).timestamp - before).toBeGreaterThanOrEqual(10_800n);
});

test("error: DevnetUnknownError", async () => {
  await expect(setPrice(chain().client, chain().deployment, "DOGE", "1")).rejects.toBeInstanceOf(DevnetUnknownError);
});
