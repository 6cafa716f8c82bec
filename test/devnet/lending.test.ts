import { type Address, erc20Abi, parseUnits } from "viem";
import { expect, test } from "vitest";
import { abiOf } from "../../src/devnet/build/artifact.ts";
import {
  actAs,
  borrow,
  configureReserve,
  DevnetActionError,
  readPrice8,
  readReserve,
  setPrice,
  setUtilisation,
  tokenOf,
} from "../../src/devnet/index.ts";
import { readChain } from "../../src/devnet/readChain.ts";
import { harness } from "./harness.ts";

const chain = harness();

/** collateral, debt, available, threshold, ltv, health factor (1e18) */
const accountData = (owner: Address) =>
  readChain<readonly [bigint, bigint, bigint, bigint, bigint, bigint]>(chain().client, {
    to: chain().deployment.aaveV3.pool,
    abi: abiOf("Pool"),
    fn: "getUserAccountData",
    args: [owner],
  });
const healthFactor = async (owner: Address) => (await accountData(owner))[5];

test("default: account 1's loan has a health factor between 1 and 3", async () => {
  const hf = await healthFactor(chain().account(1));
  expect(hf).toBeGreaterThan(parseUnits("1", 18));
  expect(hf).toBeLessThan(parseUnits("3", 18));
  expect((await accountData(chain().account(1)))[1]).toBeGreaterThanOrEqual(parseUnits("12000", 8));
});

test("behavior: setPrice moves the loan's health factor in proportion", async () => {
  const before = await healthFactor(chain().account(1));
  await setPrice(chain().client, chain().deployment, "ETH", "1500");
  const after = await healthFactor(chain().account(1));
  // interest of the seconds between the two reads aside
  const ratioBps = (after * 10_000n) / before;
  expect(ratioBps).toBeGreaterThanOrEqual(4_999n);
  expect(ratioBps).toBeLessThanOrEqual(5_001n);
  expect(await readPrice8(chain().client, chain().deployment, "wstETH")).toBe(parseUnits("1755", 8));
});

test("behavior: Aave and Spark lend the same asset at different, non-zero rates", async () => {
  const rates = async (market: "aaveV3" | "spark") => {
    const args = [tokenOf(chain().deployment, "DAI").address];
    const call = { to: chain().deployment[market].dataProvider, abi: abiOf("AaveProtocolDataProvider") };
    const data = await readChain<readonly bigint[]>(chain().client, { ...call, fn: "getReserveData", args });
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
    await setUtilisation(chain().client, chain().deployment, reserve, target);
    const { supplied, borrowed } = await readReserve(chain().client, chain().deployment, reserve);
    const reached = (borrowed * 1_000_000n) / supplied;
    expect(reached).toBeGreaterThan(target * 100n - 100n);
    expect(reached).toBeLessThan(target * 100n + 100n);
  }
});

test("behavior: every Morpho market is created, priced and partly borrowed", async () => {
  const { address, markets } = chain().deployment.morpho;
  expect(markets).toHaveLength(4);
  for (const { id, oracle } of markets) {
    const call = { to: address, abi: abiOf("Morpho"), fn: "market", args: [id] };
    const [supplied, , borrowed] = await readChain<readonly [bigint, bigint, bigint]>(chain().client, call);
    expect(borrowed).toBeGreaterThan(0n);
    expect(supplied).toBeGreaterThan(borrowed);
    const price = await readChain<bigint>(chain().client, { to: oracle, abi: abiOf("FeedPairOracle"), fn: "price" });
    expect(price).toBeGreaterThan(0n);
  }
});

test("behavior: Morpho's oracle gives loan units per collateral unit in 1e36", async () => {
  const market = chain().deployment.morpho.markets[0];
  if (market === undefined) return expect.fail("no market");
  const price = await readChain<bigint>(chain().client, {
    to: market.oracle,
    abi: abiOf("FeedPairOracle"),
    fn: "price",
  });
  // one WETH (1e18) is worth 3000 USDC (3000e6)
  expect((parseUnits("1", 18) * price) / 10n ** 36n).toBe(parseUnits("3000", 6));
});

test("behavior: a frozen reserve and a full one take no supply, with Aave's numbered reverts", async () => {
  const reserve = { market: "aaveV3", symbol: "DAI" } as const;
  const [as, dai] = [chain().account(0), tokenOf(chain().deployment, "DAI").address];
  const { pool } = chain().deployment.aaveV3;
  await actAs(chain().client, as, { to: dai, abi: erc20Abi, fn: "approve", args: [pool, 10n ** 18n] });
  const supply = () =>
    actAs(chain().client, as, { to: pool, abi: abiOf("Pool"), fn: "supply", args: [dai, 10n ** 18n, as, 0] });
  await configureReserve(chain().client, chain().deployment, reserve, { frozen: true });
  // Errors.RESERVE_FROZEN
  await expect(supply()).rejects.toMatchObject({ facts: [expect.stringContaining("28")] });
  await configureReserve(chain().client, chain().deployment, reserve, { frozen: false, supplyCap: 30_000_000n });
  // Errors.SUPPLY_CAP_EXCEEDED
  await expect(supply()).rejects.toMatchObject({ facts: [expect.stringContaining("51")] });
  await configureReserve(chain().client, chain().deployment, reserve, { supplyCap: 31_000_000n });
  await supply();
});

test("error: DevnetActionError when the provider borrows beyond a cap", async () => {
  const everything = parseUnits("10000000000", 6);
  const attempt = borrow(chain().client, chain().deployment, { market: "spark", symbol: "USDC" }, everything);
  await expect(attempt).rejects.toBeInstanceOf(DevnetActionError);
});
