import { type Address, createPublicClient, erc20Abi, http, type PublicClient, parseUnits } from "viem";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { abiOf } from "../../src/devnet/build/artifact.ts";
import {
  actAs,
  advanceTime,
  alignPools,
  borrow,
  configureReserve,
  type Devnet,
  DevnetActionError,
  DevnetSnapshotError,
  DevnetUnknownError,
  freezeFeed,
  give,
  printDevnet,
  readPrice8,
  readReserve,
  replayPrices,
  revertTo,
  setPrice,
  setUtilisation,
  snapshot,
  startDevnet,
  swapInPool,
  tokenOf,
  walkPrices,
} from "../../src/devnet/index.ts";
import { readChain } from "../../src/devnet/readChain.ts";

let devnet: Devnet;
let client: PublicClient;
let clean: `0x${string}`;

beforeAll(async () => {
  devnet = await startDevnet();
  client = createPublicClient({ transport: http(devnet.rpcUrl), cacheTime: 0 });
});
afterAll(() => devnet?.stop());
beforeEach(async () => {
  clean = await snapshot(client);
});
afterEach(() => revertTo(client, clean));

const account = (index: number): Address => {
  const found = devnet.accounts[index];
  if (found === undefined) expect.fail(`no account ${index}`);
  return found.address;
};
const balance = (token: Address, owner: Address) =>
  client.readContract({ address: token, abi: erc20Abi, functionName: "balanceOf", args: [owner] });

/** collateral, debt, available, threshold, ltv, health factor (1e18) */
const accountData = (owner: Address) =>
  readChain<readonly [bigint, bigint, bigint, bigint, bigint, bigint]>(client, {
    to: devnet.deployment.aaveV3.pool,
    abi: abiOf("Pool"),
    fn: "getUserAccountData",
    args: [owner],
  });
const healthFactor = async (owner: Address) => (await accountData(owner))[5];

/** Every contract address of the deployment with its path; the two keyless accounts are not contracts. */
function addresses(value: unknown, path = ""): [path: string, address: Address][] {
  if (typeof value === "string") return /^0x[0-9a-fA-F]{40}$/.test(value) ? [[path, value as Address]] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => addresses(inner, `${path}/${key}`));
}

describe("deployment", () => {
  test("default: every address has code", async () => {
    const { deployer: _d, liquidityProvider: _l, ...contracts } = devnet.deployment;
    const all = addresses(contracts);
    expect(all.length).toBeGreaterThan(100);
    for (const [path, address] of all) {
      const code = await client.getCode({ address });
      expect(code?.length ?? 0, path).toBeGreaterThan(100);
    }
  });

  test("behavior: Permit2 and Multicall3 are mainnet's code and answer", async () => {
    const { multicall3, permit2 } = devnet.deployment;
    expect(multicall3).toBe("0xcA11bde05977b3631167028862bE2a173976CA11");
    expect(permit2).toBe("0x000000000022D473030F116dDEE9F6B43aC78BA3");
    const [owner, usdc] = [account(0), tokenOf(devnet.deployment, "USDC").address];
    const balances = await client.multicall({
      multicallAddress: multicall3,
      contracts: [{ address: usdc, abi: erc20Abi, functionName: "balanceOf", args: [owner] }],
    });
    expect(balances[0]?.result).toBe(20_000_000_000n);
    const separator = { type: "function", name: "DOMAIN_SEPARATOR", stateMutability: "view", inputs: [] } as const;
    const abi = [{ ...separator, outputs: [{ type: "bytes32" }] }] as const;
    expect(await client.readContract({ address: permit2, abi, functionName: "DOMAIN_SEPARATOR" })).toMatch(/^0x/);
  });

  test("behavior: tokens say what the deployment says of them", async () => {
    for (const token of Object.values(devnet.deployment.tokens)) {
      const read = (functionName: "symbol" | "decimals") =>
        client.readContract({ address: token.address, abi: erc20Abi, functionName });
      expect(await read("symbol")).toBe(token.symbol);
      expect(await read("decimals")).toBe(token.decimals);
    }
  });

  test("behavior: the chain's clock is now, and a transaction mines a block", async () => {
    const block = await client.getBlock();
    expect(Math.abs(Number(block.timestamp) - Date.now() / 1000)).toBeLessThan(60);
    const before = await client.getBlockNumber();
    await give(client, devnet.deployment, account(5), { symbol: "DAI", amount: 1n });
    expect(await client.getBlockNumber()).toBe(before + 1n);
  });

  test("behavior: accounts hold ether and the owner holds tokens", async () => {
    expect(await client.getBalance({ address: account(0) })).toBe(parseUnits("100", 18));
    expect(await balance(tokenOf(devnet.deployment, "WBTC").address, account(0))).toBe(parseUnits("1", 8));
    expect(await balance(tokenOf(devnet.deployment, "USDT").address, account(0))).toBe(parseUnits("20000", 6));
    expect(await client.getTransactionCount({ address: account(0) })).toBe(0);
  });

  test("behavior: eth_simulateV1 simulates a transfer", async () => {
    const call = { from: account(0), to: account(2), value: "0xde0b6b3a7640000" };
    const params = [{ blockStateCalls: [{ calls: [call] }], traceTransfers: true }, "latest"];
    const blocks = (await client.request({ method: "eth_simulateV1", params } as never)) as {
      calls: { status: string; logs: unknown[] }[];
    }[];
    expect(blocks[0]?.calls[0]?.status).toBe("0x1");
    expect(blocks[0]?.calls[0]?.logs).toHaveLength(1);
  });

  test("behavior: the printout names accounts, tokens and pools", () => {
    const text = printDevnet(devnet);
    for (const part of [devnet.rpcUrl, account(1), devnet.deployment.aaveV3.pool, "USDC on WBTC", "sDAI", "borrower"]) {
      expect(text).toContain(part);
    }
  });
});

describe("Uniswap", () => {
  test("default: every v3 pool has liquidity at its price", async () => {
    expect(devnet.deployment.uniswapV3.pools).toHaveLength(16);
    for (const pool of devnet.deployment.uniswapV3.pools) {
      const read = { to: pool.address, abi: abiOf("UniswapV3Pool"), fn: "liquidity" };
      expect(await readChain<bigint>(client, read), pool.address).toBeGreaterThan(0n);
    }
  });

  test("default: every v2 pair has reserves", async () => {
    expect(devnet.deployment.uniswapV2.pairs).toHaveLength(6);
    for (const pair of devnet.deployment.uniswapV2.pairs) {
      const read = { to: pair.address, abi: abiOf("UniswapV2Pair"), fn: "getReserves" };
      const [reserve0, reserve1] = await readChain<readonly [bigint, bigint]>(client, read);
      expect(reserve0 > 0n && reserve1 > 0n).toBe(true);
    }
  });

  test("behavior: one WETH quotes near the feed, and a big order gets a worse price", async () => {
    const quote = async (amountIn: bigint) => {
      const { WETH, USDC } = devnet.deployment.tokens;
      const params = { tokenIn: WETH?.address, tokenOut: USDC?.address, amountIn, fee: 500, sqrtPriceLimitX96: 0n };
      const call = { to: devnet.deployment.uniswapV3.quoterV2, abi: abiOf("QuoterV2"), fn: "quoteExactInputSingle" };
      const [amountOut] = await readChain<readonly [bigint]>(client, { ...call, args: [params] });
      return amountOut;
    };
    const one = await quote(parseUnits("1", 18));
    expect(one).toBeGreaterThan(parseUnits("2990", 6));
    expect(one).toBeLessThan(parseUnits("3000", 6));
    expect(await quote(parseUnits("1000", 18))).toBeLessThan(one * 999n);
  });

  test("behavior: a big swap moves a pool, alignPools brings it back to the feeds", async () => {
    const { WETH, USDC } = devnet.deployment.tokens;
    if (WETH === undefined || USDC === undefined) return expect.fail("no WETH or USDC");
    const pool = devnet.deployment.uniswapV3.pools[0];
    if (pool === undefined) return expect.fail("no pool");
    const tick = async () => {
      const read = { to: pool.address, abi: abiOf("UniswapV3Pool"), fn: "slot0" };
      return (await readChain<readonly [bigint, number]>(client, read))[1];
    };
    const opening = await tick();
    const sale = { tokenIn: WETH.address, tokenOut: USDC.address, feePips: 500, amountIn: parseUnits("2000", 18) };
    await swapInPool(client, devnet.deployment, sale);
    expect(Math.abs((await tick()) - opening)).toBeGreaterThan(200);
    await alignPools(client, devnet.deployment, "WETH");
    expect(Math.abs((await tick()) - opening)).toBeLessThanOrEqual(1);
  });

  test("behavior: after a price fall alignPools moves every pool and pair of the token", async () => {
    await setPrice(client, devnet.deployment, "LINK", "12");
    await alignPools(client, devnet.deployment, "LINK");
    const { LINK, WETH } = devnet.deployment.tokens;
    const { router } = devnet.deployment.uniswapV2;
    const args = [parseUnits("1", 18), [LINK?.address, WETH?.address]];
    const call = { to: router, abi: abiOf("UniswapV2Router02"), fn: "getAmountsOut", args };
    const [, out = 0n] = await readChain<readonly bigint[]>(client, call);
    // 12 / 3000 ETH less the 0.3 % fee, within the pair's tolerance
    expect(out).toBeGreaterThan(parseUnits("0.00397", 18));
    expect(out).toBeLessThan(parseUnits("0.00401", 18));
  });
});

describe("tokens", () => {
  test("behavior: USDT returns nothing and refuses to change an allowance", async () => {
    const usdt = tokenOf(devnet.deployment, "USDT").address;
    const abi = abiOf("TetherToken");
    const { data } = await client.call({
      account: account(0),
      to: usdt,
      data: `0xa9059cbb${account(2).slice(2).padStart(64, "0")}${"1".padStart(64, "0")}`,
    });
    expect(data).toBeUndefined();
    const approve = (value: bigint) =>
      actAs(client, account(0), { to: usdt, abi, fn: "approve", args: [account(2), value] });
    await approve(5n);
    await expect(approve(6n)).rejects.toBeInstanceOf(DevnetActionError);
    await approve(0n);
    await approve(6n);
  });

  test("behavior: wstETH unwraps to 1.17 stETH, and stETH rebases", async () => {
    const wstETH = tokenOf(devnet.deployment, "wstETH").address;
    const stETH = tokenOf(devnet.deployment, "stETH").address;
    const abi = abiOf("WstETH");
    const perToken = await readChain<bigint>(client, { to: wstETH, abi, fn: "stEthPerToken" });
    expect(perToken).toBe(parseUnits("1.17", 18));
    const before = await balance(stETH, account(0));
    const pooled = await readChain<bigint>(client, { to: stETH, abi: abiOf("StETH"), fn: "getTotalPooledEther" });
    const call = { to: stETH, abi: abiOf("StETH"), fn: "rebase", args: [(pooled * 11n) / 10n] };
    await actAs(client, devnet.deployment.deployer, call);
    const after = await balance(stETH, account(0));
    // shares round down, so that up to two wei are missing or found
    expect(after - (before * 11n) / 10n).toBeLessThanOrEqual(2n);
    expect((before * 11n) / 10n - after).toBeLessThanOrEqual(2n);
  });

  test("behavior: the toll token delivers 99 %", async () => {
    const toll = devnet.deployment.zoo.feeOnTransfer?.address;
    if (toll === undefined) return expect.fail("no toll token");
    const { deployer } = devnet.deployment;
    const abi = abiOf("FeeOnTransferToken");
    await actAs(client, deployer, { to: toll, abi, fn: "mint", args: [account(3), 1_000n] });
    await actAs(client, account(3), { to: toll, abi, fn: "transfer", args: [account(4), 1_000n] });
    expect(await balance(toll, account(4))).toBe(990n);
  });
});

describe("lending", () => {
  test("default: account 1's loan has a health factor between 1 and 3", async () => {
    const hf = await healthFactor(account(1));
    expect(hf).toBeGreaterThan(parseUnits("1", 18));
    expect(hf).toBeLessThan(parseUnits("3", 18));
    expect((await accountData(account(1)))[1]).toBeGreaterThanOrEqual(parseUnits("12000", 8));
  });

  test("behavior: setPrice moves the loan's health factor in proportion", async () => {
    const before = await healthFactor(account(1));
    await setPrice(client, devnet.deployment, "ETH", "1500");
    const after = await healthFactor(account(1));
    // interest of the seconds between the two reads aside
    const ratioBps = (after * 10_000n) / before;
    expect(ratioBps).toBeGreaterThanOrEqual(4_999n);
    expect(ratioBps).toBeLessThanOrEqual(5_001n);
    expect(await readPrice8(client, devnet.deployment, "wstETH")).toBe(parseUnits("1755", 8));
  });

  test("behavior: Aave and Spark lend the same asset at different, non-zero rates", async () => {
    const rates = async (market: "aaveV3" | "spark") => {
      const args = [tokenOf(devnet.deployment, "DAI").address];
      const call = { to: devnet.deployment[market].dataProvider, abi: abiOf("AaveProtocolDataProvider") };
      const data = await readChain<readonly bigint[]>(client, { ...call, fn: "getReserveData", args });
      return { supply: data[5] ?? 0n, borrow: data[6] ?? 0n };
    };
    const [aave, spark] = await Promise.all([rates("aaveV3"), rates("spark")]);
    expect(aave.supply).toBeGreaterThan(0n);
    expect(spark.supply).toBeGreaterThan(aave.supply);
    expect(spark.borrow).toBeLessThan(aave.borrow);
  });

  test("behavior: setUtilisation borrows and repays to the ratio asked for", async () => {
    const reserve = { market: "aaveV3", symbol: "USDC" } as const;
    for (const target of [8_000n, 5_000n]) {
      await setUtilisation(client, devnet.deployment, reserve, target);
      const { supplied, borrowed } = await readReserve(client, devnet.deployment, reserve);
      const reached = (borrowed * 1_000_000n) / supplied;
      expect(reached).toBeGreaterThan(target * 100n - 100n);
      expect(reached).toBeLessThan(target * 100n + 100n);
    }
  });

  test("behavior: every Morpho market is created, priced and partly borrowed", async () => {
    const { address, markets } = devnet.deployment.morpho;
    expect(markets).toHaveLength(4);
    for (const { id, oracle } of markets) {
      const call = { to: address, abi: abiOf("Morpho"), fn: "market", args: [id] };
      const [supplied, , borrowed] = await readChain<readonly [bigint, bigint, bigint]>(client, call);
      expect(borrowed).toBeGreaterThan(0n);
      expect(supplied).toBeGreaterThan(borrowed);
      const price = await readChain<bigint>(client, { to: oracle, abi: abiOf("FeedPairOracle"), fn: "price" });
      expect(price).toBeGreaterThan(0n);
    }
  });

  test("behavior: Morpho's oracle gives loan units per collateral unit in 1e36", async () => {
    const market = devnet.deployment.morpho.markets[0];
    if (market === undefined) return expect.fail("no market");
    const price = await readChain<bigint>(client, { to: market.oracle, abi: abiOf("FeedPairOracle"), fn: "price" });
    // one WETH (1e18) is worth 3000 USDC (3000e6)
    expect((parseUnits("1", 18) * price) / 10n ** 36n).toBe(parseUnits("3000", 6));
  });

  test("behavior: a frozen reserve and a full one take no supply, with Aave's numbered reverts", async () => {
    const reserve = { market: "aaveV3", symbol: "DAI" } as const;
    const [as, dai] = [account(0), tokenOf(devnet.deployment, "DAI").address];
    const { pool } = devnet.deployment.aaveV3;
    await actAs(client, as, { to: dai, abi: erc20Abi, fn: "approve", args: [pool, 10n ** 18n] });
    const supply = () =>
      actAs(client, as, { to: pool, abi: abiOf("Pool"), fn: "supply", args: [dai, 10n ** 18n, as, 0] });
    await configureReserve(client, devnet.deployment, reserve, { frozen: true });
    // Errors.RESERVE_FROZEN
    await expect(supply()).rejects.toMatchObject({ facts: [expect.stringContaining("28")] });
    await configureReserve(client, devnet.deployment, reserve, { frozen: false, supplyCap: 30_000_000n });
    // Errors.SUPPLY_CAP_EXCEEDED
    await expect(supply()).rejects.toMatchObject({ facts: [expect.stringContaining("51")] });
    await configureReserve(client, devnet.deployment, reserve, { supplyCap: 31_000_000n });
    await supply();
  });

  test("error: DevnetActionError when the provider borrows beyond a cap", async () => {
    const everything = parseUnits("10000000000", 6);
    const attempt = borrow(client, devnet.deployment, { market: "spark", symbol: "USDC" }, everything);
    await expect(attempt).rejects.toBeInstanceOf(DevnetActionError);
  });
});

describe("savings vaults", () => {
  test("behavior: the share price grows with time at the stated rate, paid out of the reserve", async () => {
    const year = 31_536_000;
    const expected = ["1.0475", "1.04"];
    for (const [index, { vault, asset }] of devnet.deployment.erc4626.entries()) {
      const abi = abiOf("SavingsVault");
      const one = parseUnits("1000000", asset === tokenOf(devnet.deployment, "DAI").address ? 18 : 6);
      const price = () => readChain<bigint>(client, { to: vault, abi, fn: "convertToAssets", args: [one] });
      const before = await price();
      await advanceTime(client, year);
      const growth = ((await price()) * 10n ** 6n) / before;
      const target = parseUnits(expected[index] ?? "0", 6);
      expect(growth).toBeGreaterThanOrEqual(target - 1n);
      expect(growth).toBeLessThanOrEqual(target + 1n);
      const rate = await readChain<bigint>(client, { to: vault, abi, fn: "ratePerSecondRay" });
      expect(rate).toBeGreaterThan(10n ** 27n);
    }
  });

  test("behavior: what was deposited a month ago is withdrawn with its interest", async () => {
    const [vault] = devnet.deployment.erc4626;
    if (vault === undefined) return expect.fail("no vault");
    const abi = abiOf("SavingsVault");
    const as = account(0);
    const amount = parseUnits("10000", 18);
    await actAs(client, as, { to: vault.asset, abi: erc20Abi, fn: "approve", args: [vault.vault, amount] });
    await actAs(client, as, { to: vault.vault, abi, fn: "deposit", args: [amount, as] });
    await advanceTime(client, 30 * 86_400);
    const shares = await balance(vault.vault, as);
    await actAs(client, as, { to: vault.vault, abi, fn: "redeem", args: [shares, as, as] });
    const gained = (await balance(vault.asset, as)) - parseUnits("20000", 18);
    // 10000 × (1.0475^(30/365) − 1) = 38.22
    expect(gained).toBeGreaterThan(parseUnits("38.1", 18));
    expect(gained).toBeLessThan(parseUnits("38.4", 18));
  });
});

describe("prices", () => {
  test("default: setPrice changes the feed and its round", async () => {
    const to = devnet.deployment.priceFeeds.WBTC;
    if (to === undefined) return expect.fail("no feed");
    const round = () =>
      readChain<readonly [bigint, bigint, bigint, bigint, bigint]>(client, {
        to,
        abi: abiOf("DevFeed"),
        fn: "latestRoundData",
      });
    const [before] = await round();
    await setPrice(client, devnet.deployment, "WBTC", "65432.1");
    const [after, answer, , updatedAt] = await round();
    expect(after).toBe(before + 1n);
    expect(answer).toBe(6_543_210_000_000n);
    expect(updatedAt).toBe((await client.getBlock()).timestamp);
  });

  test("behavior: a live feed keeps its heartbeat, a frozen one goes stale", async () => {
    const to = devnet.deployment.priceFeeds.LINK;
    if (to === undefined) return expect.fail("no feed");
    const age = async () => {
      const updated = await readChain<bigint>(client, { to, abi: abiOf("DevFeed"), fn: "latestTimestamp" });
      return (await client.getBlock()).timestamp - updated;
    };
    await advanceTime(client, 100_000);
    expect(await age()).toBeLessThan(3_600n);
    await freezeFeed(client, devnet.deployment, "LINK", true);
    await advanceTime(client, 100_000);
    expect(await age()).toBeGreaterThanOrEqual(100_000n);
    await freezeFeed(client, devnet.deployment, "LINK", false);
    expect(await age()).toBeLessThan(3_600n);
  });

  test("behavior: setting wstETH moves its peg, not ETH", async () => {
    await setPrice(client, devnet.deployment, "wstETH", "3400");
    expect(await readPrice8(client, devnet.deployment, "wstETH")).toBe(parseUnits("3400", 8));
    expect(await readPrice8(client, devnet.deployment, "ETH")).toBe(parseUnits("3000", 8));
  });

  test("behavior: a walk with one seed gives one series, and ends in the feed", async () => {
    const walk = { symbol: "UNI", steps: 5, stepBps: 200, seed: 7 };
    const first = await walkPrices(client, devnet.deployment, walk);
    expect(await readPrice8(client, devnet.deployment, "UNI")).toBe(first.at(-1));
    await setPrice(client, devnet.deployment, "UNI", "8");
    expect(await walkPrices(client, devnet.deployment, walk)).toEqual(first);
    await setPrice(client, devnet.deployment, "UNI", "8");
    expect(await walkPrices(client, devnet.deployment, { ...walk, seed: 8 })).not.toEqual(first);
  });

  test("behavior: a replay plays each price with time between", async () => {
    const seen: bigint[] = [];
    const before = (await client.getBlock()).timestamp;
    await replayPrices(client, devnet.deployment, {
      symbol: "AAVE",
      prices: ["94.5", "93", "91.25"],
      secondsPerStep: 3_600,
      onStep: (price8) => void seen.push(price8),
    });
    expect(seen).toEqual([9_450_000_000n, 9_300_000_000n, 9_125_000_000n]);
    expect((await client.getBlock()).timestamp - before).toBeGreaterThanOrEqual(10_800n);
  });

  test("error: DevnetUnknownError", async () => {
    await expect(setPrice(client, devnet.deployment, "DOGE", "1")).rejects.toBeInstanceOf(DevnetUnknownError);
  });
});

describe("snapshots", () => {
  test("default: revertTo undoes a transfer", async () => {
    const dai = tokenOf(devnet.deployment, "DAI").address;
    const id = await snapshot(client);
    await give(client, devnet.deployment, account(6), { symbol: "DAI", amount: 5n });
    expect(await balance(dai, account(6))).toBe(5n);
    await revertTo(client, id);
    expect(await balance(dai, account(6))).toBe(0n);
  });

  test("error: DevnetSnapshotError", async () => {
    const id = await snapshot(client);
    await revertTo(client, id);
    await expect(revertTo(client, id)).rejects.toBeInstanceOf(DevnetSnapshotError);
  });
});
