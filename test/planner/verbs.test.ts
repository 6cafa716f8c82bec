import { describe, expect, test } from "vitest";
import { isIntact } from "../../src/domain/plan.ts";
import { maxOf } from "../../src/planner/decimal.ts";
import { withDevnet } from "../setup/devnet.ts";
import { planOn } from "./planOn.ts";
import { allowancesLeft, runPlan } from "./runPlan.ts";

const chain = withDevnet();
const token = (value: string) => ({ unit: "token", value });

async function carryOut(actions: readonly object[], account = chain().owner) {
  const plan = await planOn(chain(), { actions }, { account });
  expect(isIntact(plan)).toBe(true);
  const run = await runPlan(chain(), plan, account);
  expect(await allowancesLeft(chain(), plan)).toSatisfy((left: bigint[]) => left.every((one) => one === 0n));
  return { plan, run };
}

/** Supplied (or owed) base units of a token over one protocol. */
async function held(protocol: string, symbol: string, side: "supplied" | "borrowed", account = chain().owner) {
  const reader = await chain().reader();
  const adapter = chain().protocols.find((one) => one.id === protocol);
  const positions = (await adapter?.positions(reader, account.address)) ?? [];
  const entries = positions.flatMap((position) => position[side]);
  return entries.filter(({ asset }) => asset.symbol === symbol).reduce((sum, { amount }) => sum + amount, 0n);
}

async function healthFactor(protocol: string, account = chain().borrower) {
  const reader = await chain().reader();
  const adapter = chain().protocols.find((one) => one.id === protocol);
  const [position] = (await adapter?.positions(reader, account.address)) ?? [];
  return position?.healthFactorWad;
}

describe("swap", () => {
  test("default", async () => {
    const { plan, run } = await carryOut([
      { type: "swap", sell: "USDC", buy: "DAI", amount: token("1000"), side: "sell" },
    ]);
    const [expected] = plan.expectations;
    expect(run.net(chain().token("USDC").address)).toBe(-1000_000000n);
    expect(run.net(chain().token("DAI").address)).toBeGreaterThanOrEqual(expected?.gets[0]?.min ?? 0n);
    expect(run.net(chain().token("DAI").address)).toBe(plan.quotes[0]?.gets[0]?.amount);
  });

  test("behavior: exact output in the native coin", async () => {
    const { plan, run } = await carryOut([
      { type: "swap", sell: "ETH", buy: "USDC", amount: token("500"), side: "buy" },
    ]);
    expect(run.net(chain().token("USDC").address)).toBe(500_000000n);
    expect(-run.net(chain().tokens.native.address)).toBeLessThanOrEqual(plan.expectations[0]?.pays[0]?.max ?? 0n);
  });

  test("behavior: exact output pulls less than approved and the rest of the allowance is taken back", async () => {
    const { plan } = await carryOut([{ type: "swap", sell: "USDC", buy: "WETH", amount: token("0.5"), side: "buy" }]);
    expect(plan.calls.map((call) => call.role)).toEqual(["approve", "action", "reset"]);
  });

  test("behavior: native coin and wrapped form exchange without a pool", async () => {
    const { plan, run } = await carryOut([
      { type: "swap", sell: "ETH", buy: "WETH", amount: token("1.5"), side: "sell" },
      { type: "swap", sell: "WETH", buy: "ETH", amount: token("0.5"), side: "sell" },
    ]);
    expect(plan.calls.map((call) => call.role)).toEqual(["wrap", "unwrap"]);
    expect(run.net(chain().token("WETH").address)).toBe(10n ** 18n);
  });

  test("behavior: a dollar amount is priced by the oracle and says so", async () => {
    const { plan, run } = await carryOut([
      { type: "swap", sell: "ETH", buy: "USDC", amount: { unit: "usd", value: "1000" }, side: "sell" },
    ]);
    expect(plan.resolutions[0]?.source).toMatch(/^oracle Aave v3 at block \d+: 1 ETH = \$/);
    expect(-run.net(chain().tokens.native.address)).toBe(plan.resolutions[0]?.amount);
  });

  test("behavior: what one swap brings is swapped on to the unit", async () => {
    const { run } = await carryOut([
      { type: "swap", sell: "DAI", buy: "ETH", amount: { unit: "percent", value: "50" }, side: "sell" },
      { type: "swap", sell: "ETH", buy: "USDT", amount: { unit: "previous" }, side: "sell" },
    ]);
    expect(run.net(chain().token("WETH").address)).toBe(0n);
    expect(run.net(chain().tokens.native.address)).toBe(0n);
    expect(run.net(chain().token("USDT").address)).toBeGreaterThan(9_800_000000n);
  });
});

describe("transfer", () => {
  test("default", async () => {
    const to = chain().borrower.address;
    const { run } = await carryOut([{ type: "transfer", asset: "USDT", amount: token("12.5"), to }]);
    expect(run.net(chain().token("USDT").address)).toBe(-12_500000n);
  });

  test("behavior: all of the native coin leaves what gas needs", async () => {
    const to = chain().borrower.address;
    const { plan } = await carryOut([{ type: "transfer", asset: "ETH", amount: { unit: "all" }, to }]);
    const left = await chain().client.getBalance({ address: chain().owner.address });
    expect(left).toBeGreaterThan(0n);
    expect(plan.resolutions[0]?.source).toContain("kept for gas");
  });
});

describe("lending", () => {
  test.each(["aave-v3", "spark"])("supply and withdraw everything on %s", async (protocol) => {
    await carryOut([{ type: "supply", asset: "DAI", amount: token("1000"), protocol }]);
    expect(await held(protocol, "DAI", "supplied")).toBeGreaterThanOrEqual(1000n * 10n ** 18n - 1n);
    const { run } = await carryOut([{ type: "withdraw", asset: "DAI", amount: { unit: "all" }, protocol }]);
    expect(run.net(chain().token("DAI").address)).toBeGreaterThanOrEqual(1000n * 10n ** 18n - 1n);
    expect(await held(protocol, "DAI", "supplied")).toBe(0n);
  });

  test("behavior: the native coin is wrapped on the way in and unwrapped on the way out, without dust", async () => {
    const supplied = await carryOut([{ type: "supply", asset: "ETH", amount: token("2"), protocol: "aave" }]);
    expect(supplied.plan.calls.map((call) => call.role)).toEqual(["wrap", "approve", "action"]);
    const { run } = await carryOut([{ type: "withdraw", asset: "ETH", amount: { unit: "all" } }]);
    expect(run.net(chain().token("WETH").address)).toBe(0n);
    expect(run.net(chain().tokens.native.address)).toBeGreaterThanOrEqual(2n * 10n ** 18n - 1n);
  });

  test("behavior: a swap's realised output is supplied to the unit", async () => {
    const { plan, run } = await carryOut([
      { type: "swap", sell: "DAI", buy: "ETH", amount: { unit: "percent", value: "50" }, side: "sell" },
      { type: "supply", asset: "ETH", amount: { unit: "previous" }, protocol: "aave-v3" },
    ]);
    expect(plan.calls.map((call) => call.role)).toEqual(["approve", "action", "approve", "action"]);
    expect(plan.calls[2]?.bindings).toHaveLength(1);
    expect(run.net(chain().token("WETH").address)).toBe(0n);
    expect(await held("aave-v3", "WETH", "supplied")).toBe(
      run.changes[1]?.get(chain().token("WETH").address.toLowerCase()),
    );
  });

  test("behavior: a supply without a protocol takes the best yield and keeps the others with their reasons", async () => {
    const { plan } = await carryOut([{ type: "supply", asset: "USDC", amount: token("1000") }]);
    const [chosen] = plan.alternatives.filter((one) => one.chosen);
    const nets = plan.alternatives.flatMap((one) => (one.netApyWad === undefined ? [] : [one.netApyWad]));
    expect(plan.alternatives.length).toBeGreaterThan(2);
    expect(chosen?.netApyWad).toBe(nets.reduce((best, one) => maxOf(one, best)));
    expect(plan.assumptions.some((one) => one.includes("yields most"))).toBe(true);
  });

  test("behavior: supply, then borrow against it, in one plan", async () => {
    const { run } = await carryOut([
      { type: "supply", asset: "ETH", amount: token("2") },
      { type: "borrow", asset: "USDC", amount: token("1000") },
    ]);
    expect(run.net(chain().token("USDC").address)).toBe(1000_000000n);
  });

  test("behavior: collateral and loan on Morpho in one plan, then everything back", async () => {
    await carryOut([
      { type: "supply", asset: "WETH", amount: token("2"), protocol: "morpho" },
      { type: "borrow", asset: "USDC", amount: token("1000"), protocol: "morpho" },
    ]);
    expect(await held("morpho", "USDC", "borrowed")).toBeGreaterThanOrEqual(1000_000000n);
    const { run } = await carryOut([
      { type: "repay", asset: "USDC", amount: { unit: "all" }, protocol: "morpho" },
      { type: "withdraw", asset: "ETH", amount: { unit: "all" }, protocol: "morpho" },
    ]);
    expect(run.net(chain().tokens.native.address)).toBe(2n * 10n ** 18n);
    expect(await held("morpho", "USDC", "borrowed")).toBe(0n);
  });

  test("behavior: repay until 1.8 lands at 1.8 or just above", async () => {
    const { borrower, owner } = chain();
    await carryOut([{ type: "transfer", asset: "USDC", amount: token("15000"), to: borrower.address }], owner);
    await carryOut([{ type: "borrow", asset: "USDC", amount: { unit: "health-factor", value: "1.5" } }], borrower);
    expect(await healthFactor("aave-v3")).toBeLessThan(151n * 10n ** 16n);
    await carryOut([{ type: "repay", asset: "USDC", amount: { unit: "health-factor", value: "1.8" } }], borrower);
    const after = await healthFactor("aave-v3");
    expect(after).toBeGreaterThanOrEqual(180n * 10n ** 16n);
    expect(after).toBeLessThan(181n * 10n ** 16n);
  });

  test.each(["supply", "borrow", "withdraw"])("behavior: %s until a health factor", async (verb) => {
    const { borrower } = chain();
    const before = (await healthFactor("aave-v3")) ?? 0n;
    const wanted = verb === "supply" ? before + 3n * 10n ** 17n : before - 10n ** 17n;
    const value = `${wanted / 10n ** 18n}.${(wanted % 10n ** 18n).toString().padStart(18, "0")}`;
    const asset = verb === "borrow" ? "USDC" : "ETH";
    await carryOut([{ type: verb, asset, amount: { unit: "health-factor", value } }], borrower);
    const after = (await healthFactor("aave-v3")) ?? 0n;
    expect(after).toBeGreaterThanOrEqual(wanted);
    expect(after).toBeLessThan(wanted + 10n ** 16n);
  });

  test("behavior: repay everything leaves no debt and no allowance", async () => {
    const { borrower, owner } = chain();
    await carryOut([{ type: "transfer", asset: "USDC", amount: token("15000"), to: borrower.address }], owner);
    const { plan } = await carryOut([{ type: "repay", asset: "USDC", amount: { unit: "all" } }], borrower);
    expect(plan.calls.map((call) => call.role)).toEqual(["approve", "action", "reset"]);
    expect(await held("aave-v3", "USDC", "borrowed", borrower)).toBe(0n);
  });

  test("behavior: repaying a loan of the native coin in full leaves nothing wrapped", async () => {
    await carryOut([
      { type: "supply", asset: "USDC", amount: token("10000"), protocol: "aave-v3" },
      { type: "borrow", asset: "ETH", amount: token("1"), protocol: "aave-v3" },
    ]);
    const { run } = await carryOut([{ type: "repay", asset: "ETH", amount: { unit: "all" } }]);
    expect(await held("aave-v3", "WETH", "borrowed")).toBe(0n);
    expect(run.net(chain().token("WETH").address)).toBe(0n);
  });

  test("behavior: half of the capacity left is borrowed", async () => {
    const { borrower } = chain();
    const { plan } = await carryOut(
      [{ type: "borrow", asset: "DAI", amount: { unit: "percent", value: "50" } }],
      borrower,
    );
    expect(plan.resolutions[0]?.source).toContain("capacity left");
  });

  test("behavior: set-collateral", async () => {
    await carryOut([{ type: "supply", asset: "DAI", amount: token("1000"), protocol: "spark" }]);
    await carryOut([{ type: "set-collateral", asset: "DAI", enabled: false }]);
    const reader = await chain().reader();
    const [position] =
      (await chain()
        .protocols.find((one) => one.id === "spark")
        ?.positions(reader, chain().owner.address)) ?? [];
    expect(position?.supplied[0]?.collateral).toBe(false);
  });

  test("behavior: move everything between protocols, nothing stays behind", async () => {
    await carryOut([{ type: "supply", asset: "DAI", amount: token("1000"), protocol: "aave-v3" }]);
    const { run } = await carryOut([
      { type: "move", asset: "DAI", amount: { unit: "all" }, from: "aave-v3", to: "spark" },
    ]);
    expect(await held("aave-v3", "DAI", "supplied")).toBe(0n);
    expect(await held("spark", "DAI", "supplied")).toBeGreaterThanOrEqual(1000n * 10n ** 18n - 1n);
    expect(run.net(chain().token("DAI").address)).toBe(0n);
  });

  test("behavior: USDT, which refuses to replace an allowance, is reset first", async () => {
    const { send, addresses, token: named } = chain();
    const { approveCall } = await import("../../src/chain/erc20.ts");
    await send(approveCall(named("USDT").address, addresses.aaveV3?.pool ?? "0x", 5n));
    const { plan } = await carryOut([{ type: "supply", asset: "USDT", amount: token("100"), protocol: "aave-v3" }]);
    expect(plan.calls.map((call) => call.role)).toEqual(["reset", "approve", "action"]);
    expect(await held("aave-v3", "USDT", "supplied")).toBeGreaterThanOrEqual(99_999999n);
  });
});

test("behavior: the same block and intent give the same plan", async () => {
  const actions = [{ type: "earn", source: "ETH", asset: "any:stablecoin", amount: { unit: "usd", value: "1000" } }];
  const [first, second] = await Promise.all([planOn(chain(), { actions }), planOn(chain(), { actions })]);
  expect(first?.id).toBe(second?.id);
});
