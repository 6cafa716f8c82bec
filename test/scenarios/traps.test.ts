import { formatEther } from "viem";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { composeStorage, type StorageParts } from "../../src/compose/storage.ts";
import { readConfig } from "../../src/config.ts";
import type { ZooName } from "../../src/devnet/build/artifact.ts";
import { PlanStaleError } from "../../src/executor/errors.ts";
import { scanToken } from "../../src/risk/scanToken.ts";
import { benchOn } from "../executor/bench.ts";
import { withDevnet } from "../setup/devnet.ts";
import { judgeOn } from "../simulator/judgeOn.ts";
import { etherOf, type Market, openMarket, saleWorth } from "./market.ts";

/**
 * Tokens that turn bad around a trade. Each is listed and priced here, as a token that fooled everybody would be; what
 * remains is what the simulation, the guards and the look before the sending do. Every scene says what was lost.
 */
const chainOf = withDevnet();
let storage: StorageParts;
beforeAll(async () => {
  storage = await composeStorage(readConfig({ DATABASE_URL: "pglite:memory" }, {}));
});
afterAll(() => storage?.close());

const SPENT = 100_000_000_000_000_000n; // 0.1 ETH
const buy = [{ type: "swap", sell: "ETH", buy: "ZOO", amount: { unit: "token", value: "0.1" }, side: "sell" }];
const sell = [{ type: "swap", sell: "ZOO", buy: "ETH", amount: { unit: "all" }, side: "sell" }];
const bench = (market: Market) => benchOn(market.chain, storage, { yes: true });

type Arm = (market: Market) => Promise<void>;
type Args = (deploy: Market["deploy"]) => Promise<readonly unknown[]>;
const none: Args = async () => [];

const tax: Arm = (market) => market.act("setFees", [99n, 99n]);
const blacklist: Arm = (market) => market.act("setBot", [market.chain.owner.address, true]);
const pull: Arm = (market) => market.pullLiquidity();
const swapCode: Arm = async (market) => market.act("upgradeTo", [await market.deploy("TrapLogic")]);
const plainCode: Args = async (deploy) => [await deploy("PlainLogic")];

/** Says a loss in the test's output, in thousandths of what was paid, and hands it back. */
function lostPermille(scene: string, wei: bigint): number {
  process.stdout.write(`${scene}: lost ${formatEther(wei)} of ${formatEther(SPENT)} ETH\n`);
  return Number((wei * 1_000n) / SPENT);
}

describe("armed between the quote and the sending: nothing is sent, nothing is lost", () => {
  test.each<[string, ZooName, Arm]>([
    ["tax on buying", "OwnerTax", tax],
    ["liquidity pulled", "PlainToken", pull],
    ["trading stopped", "OwnerPause", (market) => market.act("setTradingOpen", [false])],
  ])("default: a purchase: %s", async (scene, token, arm) => {
    const market = await openMarket(chainOf(), token);
    const prepared = await bench(market).prepare(buy);
    const before = await etherOf(market.chain);
    await arm(market);
    await expect(bench(market).run(prepared)).rejects.toThrow(PlanStaleError);
    expect(lostPermille(`${scene} between quote and send`, before - (await etherOf(market.chain)))).toBe(0);
  });

  test.each<[string, ZooName, Arm, Args]>([
    ["blacklisted", "OwnerBlacklist", blacklist, none],
    ["code behind the proxy exchanged", "ZooProxy", swapCode, plainCode],
    ["largest sale set to nothing", "OwnerMaxSell", (market) => market.act("setMaxSell", [0n]), none],
  ])("behavior: a sale: %s: no allowance is given either", async (_, token, arm, args) => {
    const market = await openMarket(chainOf(), token, args);
    await bench(market).run(await bench(market).prepare(buy));
    const prepared = await bench(market).prepare(sell);
    const before = await etherOf(market.chain);
    await arm(market);
    await expect(bench(market).run(prepared)).rejects.toThrow(PlanStaleError);
    expect(before - (await etherOf(market.chain))).toBe(0n);
  });

  test("behavior: a block that changes nothing stops nothing", async () => {
    const market = await openMarket(chainOf(), "OwnerTax");
    const prepared = await bench(market).prepare(buy);
    await market.act("setFees", [0n, 0n]);
    expect((await bench(market).run(prepared)).state).toBe("confirmed");
  });
});

describe("armed after the purchase: the sale is refused and what is held is lost, as the scanner warned", () => {
  test.each<[string, ZooName, Arm, Args, warned: string, least: number, most: number]>([
    ["tax 0 → 99", "OwnerTax", tax, none, "slippage_modifiable", 985, 1_000],
    ["blacklist at the first sale", "OwnerBlacklist", blacklist, none, "is_blacklisted", 1_000, 1_000],
    ["code behind the proxy exchanged", "ZooProxy", swapCode, plainCode, "is_proxy", 1_000, 1_000],
  ])("default: %s", async (scene, token, arm, args, warned, least, most) => {
    const market = await openMarket(chainOf(), token, args);
    const scan = await scanToken({ reader: await market.chain.reader(), token: market.token.address });
    expect(scan.findings.map(({ name }) => name)).toContain(warned);
    await bench(market).run(await bench(market).prepare(buy));
    const held = await market.held();
    await arm(market);
    const { verdict } = await judgeOn(market.chain, sell);
    expect(verdict.decision).toBe("deny");
    const left = await saleWorth(market, held);
    const lost = lostPermille(`${scene} after the purchase`, SPENT - left);
    expect(lost).toBeGreaterThanOrEqual(least);
    expect(lost).toBeLessThanOrEqual(most);
  });

  test("behavior: liquidity pulled after the purchase: no plan can be made; what is held cannot be sold", async () => {
    const market = await openMarket(chainOf(), "PlainToken");
    await bench(market).run(await bench(market).prepare(buy));
    const held = await market.held();
    await pull(market);
    await expect(bench(market).prepare(sell)).rejects.toThrow();
    expect(
      lostPermille("liquidity pulled after the purchase", SPENT - (await saleWorth(market, held))),
    ).toBeGreaterThan(990);
  });

  test("behavior: a tax of 5 % that is there at the purchase: less arrives than was quoted, and the plan is denied", async () => {
    const market = await openMarket(chainOf(), "OwnerTax");
    await market.act("setFees", [5n, 5n]);
    const { verdict } = await judgeOn(market.chain, buy);
    expect(verdict.findings.map(({ code }) => code)).toContain("conformance.under-promise");
    expect(verdict.decision).toBe("deny");
  });
});
