import type { Address } from "viem";
import { describe, expect, test } from "vitest";
import { devnetAddresses } from "../../src/chain/devnetAddresses.ts";
import { advanceTime, give, setPrice } from "../../src/devnet/index.ts";
import type { DevnetMorphoMarket } from "../../src/devnet/types.ts";
import type { ResolvedAction } from "../../src/domain/quote.ts";
import { createMorpho } from "../../src/protocols/morpho/index.ts";
import type { Protocol } from "../../src/protocols/protocol.ts";
import {
  ActionNotOfferedError,
  AmountExceedsPositionError,
  AmountNotPositiveError,
  BorrowCapacityError,
  HealthFactorTooLowError,
  InsufficientMarketLiquidityError,
  NoPositionError,
  QuoteMismatchError,
  UnknownMarketError,
} from "../../src/protocols/shared/lendingErrors.ts";
import { contractSays, execute, executeQuote, freezeTime, marketOf, useBench } from "./lending.ts";

const bench = useBench();
const protocol = (): Protocol => createMorpho(devnetAddresses(bench.devnet.deployment));
const morpho = (): Address => bench.devnet.deployment.morpho.address;

/** The market that lends `loan` against `collateral`. */
function market(loan: string, collateral: string): DevnetMorphoMarket {
  const { tokens, morpho: deployed } = bench.devnet.deployment;
  const found = deployed.markets.find(
    (entry) => entry.loanToken === tokens[loan]?.address && entry.collateralToken === tokens[collateral]?.address,
  );
  if (found === undefined) throw new TypeError(`no market ${loan}/${collateral}`);
  return found;
}

const on = (symbol: string, loan = "USDC", collateral = "WETH") =>
  ({ marketId: market(loan, collateral).id, asset: bench.token(symbol) }) as const;
const supply = (symbol: string, amount: bigint) => ({ type: "supply", ...on(symbol), amount }) as const;
const withdraw = (symbol: string, amount: bigint | "all") => ({ type: "withdraw", ...on(symbol), amount }) as const;
const loan = (amount: bigint) => ({ type: "borrow", ...on("USDC"), amount }) as const;
const repay = (amount: bigint | "all") => ({ type: "repay", ...on("USDC"), amount }) as const;
const quote = async (action: ResolvedAction) => protocol().quote(await bench.reader(), action, bench.owner);
const positionOf = async () =>
  (await protocol().positions(await bench.reader(), bench.owner)).find(
    ({ marketId }) => marketId === market("USDC", "WETH").id,
  );

const ETHER = 10n ** 18n;
const USDC = 10n ** 6n;

describe("quote, calls and chain agree", () => {
  test("default: lending takes exactly the amount and leaves no allowance", async () => {
    const terms = await quote(supply("USDC", 1_000n * USDC));
    await bench.approve(bench.token("USDC"), morpho(), 1_000n * USDC);
    expect((await contractSays(bench, protocol(), { ...terms, block: terms.block + 1n }))[0]).toBe(1_000n * USDC);
    const { deltas } = await executeQuote(bench, protocol(), terms);
    expect(deltas.get("USDC")).toBe(-1_000n * USDC);
    expect(await bench.allowance(bench.token("USDC"), morpho())).toBe(0n);
    const held = (await positionOf())?.supplied[0]?.amount ?? 0n;
    expect(1_000n * USDC - held).toBeLessThanOrEqual(1n);
  });

  test("default: withdrawing everything burns all shares and gives what Morpho returns at the same block", async () => {
    await execute(bench, protocol(), supply("USDC", 1_234_567_891n));
    await advanceTime(bench.client, 86_400);
    const terms = await quote(withdraw("USDC", "all"));
    expect(await contractSays(bench, protocol(), terms)).toEqual([terms.gets[0]?.amount, terms.shares]);
    expect(terms.gets[0]?.amount).toBeGreaterThan(1_234_567_891n);
    await executeQuote(bench, protocol(), terms);
    expect(await positionOf()).toBeUndefined();
  });

  test("default: withdrawing a part gives exactly that", async () => {
    await execute(bench, protocol(), supply("USDC", 1_000n * USDC));
    const { deltas } = await execute(bench, protocol(), withdraw("USDC", 400n * USDC));
    expect(deltas.get("USDC")).toBe(400n * USDC);
  });

  test("default: collateral goes in, secures a loan, and comes out whole after the loan is repaid", async () => {
    expect((await execute(bench, protocol(), supply("WETH", ETHER))).deltas.get("WETH")).toBe(-ETHER);
    expect((await execute(bench, protocol(), loan(1_000n * USDC))).deltas.get("USDC")).toBe(1_000n * USDC);
    const position = await positionOf();
    expect(position?.supplied).toMatchObject([{ amount: ETHER, collateral: true, apyWad: 0n }]);
    // 1 WETH at $3,000, 86 % threshold, $1,000 owed: 2.58.
    expect(Number(position?.healthFactorWad) / 1e18).toBeCloseTo(2.58, 3);
    expect(Number(position?.supplied[0]?.usdWad) / 1e18).toBeCloseTo(3_000, 6);
    expect(Number(position?.borrowCapacityUsdWad) / 1e18).toBeCloseTo(1_580, 3);

    await advanceTime(bench.client, 86_400);
    await bench.approve(bench.token("USDC"), morpho(), 2_000n * USDC);
    const terms = await quote(repay("all"));
    const paid = terms.pays[0]?.amount ?? 0n;
    expect(paid).toBeGreaterThan(1_000n * USDC);
    expect(await contractSays(bench, protocol(), terms)).toEqual([paid, terms.shares]);
    const { deltas } = await executeQuote(bench, protocol(), terms);
    expect(-(deltas.get("USDC") ?? 0n)).toBeLessThanOrEqual(terms.maxPays ?? 0n);
    expect(await bench.allowance(bench.token("USDC"), morpho())).toBe(0n);

    expect((await execute(bench, protocol(), withdraw("WETH", "all"))).deltas.get("WETH")).toBe(ETHER);
    expect(await positionOf()).toBeUndefined();
  });

  test("default: repaying a part takes exactly that", async () => {
    await execute(bench, protocol(), supply("WETH", ETHER));
    await execute(bench, protocol(), loan(1_000n * USDC));
    expect((await execute(bench, protocol(), repay(300n * USDC))).deltas.get("USDC")).toBe(-300n * USDC);
  });

  test("behavior: decoding gives the action back, market and owner included", async () => {
    await execute(bench, protocol(), supply("WETH", ETHER));
    await execute(bench, protocol(), loan(1_000n * USDC));
    await execute(bench, protocol(), supply("USDC", 50n * USDC));
    const { owner } = bench;
    const { id: marketId } = market("USDC", "WETH");
    const usdc = { protocol: "morpho", marketId, asset: bench.token("USDC").address };
    const weth = { ...usdc, asset: bench.token("WETH").address };
    const meaning = async (action: ResolvedAction) => {
      const terms = await quote(action);
      const [call] = protocol().calls(terms, owner, 0n);
      return { effect: call && protocol().decode(call), shares: terms.shares };
    };
    const effect = async (action: ResolvedAction) => (await meaning(action)).effect;
    expect(await effect(supply("USDC", 5n))).toEqual({ type: "supply", ...usdc, amount: 5n, onBehalfOf: owner });
    expect(await effect(supply("WETH", 5n))).toEqual({
      type: "supply",
      ...weth,
      amount: 5n,
      onBehalfOf: owner,
      asCollateral: true,
    });
    expect(await effect(withdraw("USDC", 7n))).toEqual({
      type: "withdraw",
      ...usdc,
      amount: 7n,
      owner,
      recipient: owner,
    });
    expect(await effect(withdraw("WETH", 7n))).toEqual({
      type: "withdraw",
      ...weth,
      amount: 7n,
      owner,
      recipient: owner,
    });
    expect(await effect(loan(9n))).toEqual({
      type: "borrow",
      ...usdc,
      amount: 9n,
      onBehalfOf: owner,
      recipient: owner,
    });
    const whole = await meaning(repay("all"));
    expect(whole.effect).toEqual({ type: "repay", ...usdc, amount: 0n, shares: whole.shares, onBehalfOf: owner });
    expect(whole.shares).toBeGreaterThan(0n);
  });

  test("behavior: the amount word can be replaced where the call says it stands", async () => {
    const [call] = protocol().calls(await quote(supply("USDC", 5n)), bench.owner, 0n);
    const at = 2 + Number(call?.amountAt) * 2;
    const data = `${call?.data.slice(0, at)}${77n.toString(16).padStart(64, "0")}${call?.data.slice(at + 64)}`;
    expect(protocol().decode({ to: morpho(), data: data as `0x${string}`, value: 0n })).toMatchObject({ amount: 77n });
  });
});

describe("yield after one's own action", () => {
  test.each([1_000n, 1_000_000n, 20_000_000n])("default: lending %s USDC earns the quoted yield", async (whole) => {
    const amount = whole * USDC;
    await give(bench.client, bench.devnet.deployment, bench.owner, { symbol: "USDC", amount });
    await bench.approve(bench.token("USDC"), morpho(), amount);
    await advanceTime(bench.client, 3_600);
    const { id } = market("USDC", "WETH");
    const before = await marketOf(bench, protocol(), id);
    const terms = await quote(supply("USDC", amount));
    const [call] = protocol().calls(terms, bench.owner, 0n);
    await freezeTime(bench);
    if (call) await bench.send(call);
    const after = await marketOf(bench, protocol(), id);
    expect(after.supplyApyWad).toBe(terms.apyAfterWad);
    expect(after.supplyApyWad).toBeLessThan(before.supplyApyWad);
  });

  test("default: a loan costs the quoted rate", async () => {
    await give(bench.client, bench.devnet.deployment, bench.owner, { symbol: "WETH", amount: 1_000n * ETHER });
    await execute(bench, protocol(), supply("WETH", 1_000n * ETHER));
    await advanceTime(bench.client, 3_600);
    const terms = await quote(loan(2_000_000n * USDC));
    const [call] = protocol().calls(terms, bench.owner, 0n);
    await freezeTime(bench);
    if (call) await bench.send(call);
    expect((await marketOf(bench, protocol(), market("USDC", "WETH").id)).borrowApyWad).toBe(terms.apyAfterWad);
  });

  test("behavior: reading a market a minute later without an action shows the same yields", async () => {
    const { id } = market("USDC", "WETH");
    const early = await marketOf(bench, protocol(), id);
    await advanceTime(bench.client, 60);
    const late = await marketOf(bench, protocol(), id);
    const drift = Number(late.supplyApyWad - early.supplyApyWad) / Number(early.supplyApyWad);
    expect(Math.abs(drift)).toBeLessThan(1e-3);
  });
});

describe("refusals", () => {
  test("error: BorrowCapacityError exactly where the contract says insufficient collateral", async () => {
    await expect(quote(loan(USDC))).rejects.toBeInstanceOf(BorrowCapacityError);
    await execute(bench, protocol(), supply("WETH", ETHER));
    const limit = 2_580n * USDC; // 1 WETH at $3,000, 86 %
    const terms = await quote(loan(limit - 1n));
    await expect(contractSays(bench, protocol(), terms)).resolves.toHaveLength(2);
    await expect(quote(loan(limit))).rejects.toThrow(/allows 2,579.999999 USDC/);
    await expect(quote(loan(limit))).rejects.toBeInstanceOf(BorrowCapacityError);
    const over = { ...terms, action: loan(limit) };
    await expect(contractSays(bench, protocol(), over)).rejects.toThrow(/insufficient collateral/);
  });

  test("error: HealthFactorTooLowError when collateral is taken out or the price falls", async () => {
    await execute(bench, protocol(), supply("WETH", ETHER));
    await execute(bench, protocol(), loan(2_000n * USDC));
    await expect(quote(withdraw("WETH", ETHER / 2n))).rejects.toBeInstanceOf(HealthFactorTooLowError);
    await expect(quote(withdraw("WETH", "all"))).rejects.toBeInstanceOf(HealthFactorTooLowError);
    await setPrice(bench.client, bench.devnet.deployment, "ETH", "2400");
    await expect(quote(withdraw("WETH", ETHER / 20n))).rejects.toBeInstanceOf(HealthFactorTooLowError);
  });

  test("error: InsufficientMarketLiquidityError", async () => {
    const { liquidity } = await marketOf(bench, protocol(), market("USDC", "WETH").id);
    await give(bench.client, bench.devnet.deployment, bench.owner, { symbol: "WETH", amount: 20_000n * ETHER });
    await execute(bench, protocol(), supply("WETH", 20_000n * ETHER));
    await expect(quote(loan(liquidity + USDC))).rejects.toBeInstanceOf(InsufficientMarketLiquidityError);
    await execute(bench, protocol(), supply("USDC", 10_000n * USDC));
    await execute(bench, protocol(), loan(liquidity));
    await expect(quote(withdraw("USDC", 10_001n * USDC))).rejects.toThrow();
    await execute(bench, protocol(), loan(5_000n * USDC));
    await expect(quote(withdraw("USDC", "all"))).rejects.toBeInstanceOf(InsufficientMarketLiquidityError);
  });

  test("error: NoPositionError, AmountExceedsPositionError, AmountNotPositiveError", async () => {
    await expect(quote(withdraw("USDC", "all"))).rejects.toBeInstanceOf(NoPositionError);
    await expect(quote(withdraw("WETH", "all"))).rejects.toBeInstanceOf(NoPositionError);
    await expect(quote(repay("all"))).rejects.toBeInstanceOf(NoPositionError);
    await execute(bench, protocol(), supply("USDC", 100n * USDC));
    await execute(bench, protocol(), supply("WETH", ETHER));
    await execute(bench, protocol(), loan(100n * USDC));
    await expect(quote(withdraw("USDC", 101n * USDC))).rejects.toBeInstanceOf(AmountExceedsPositionError);
    await expect(quote(withdraw("WETH", 2n * ETHER))).rejects.toBeInstanceOf(AmountExceedsPositionError);
    await expect(quote(repay(101n * USDC))).rejects.toBeInstanceOf(AmountExceedsPositionError);
    await expect(quote(supply("USDC", 0n))).rejects.toBeInstanceOf(AmountNotPositiveError);
  });

  test("error: UnknownMarketError, ActionNotOfferedError, QuoteMismatchError", async () => {
    await expect(quote(supply("DAI", 1n))).rejects.toBeInstanceOf(UnknownMarketError);
    const unknown = { ...supply("USDC", 1n), marketId: `0x${"11".repeat(32)}` };
    await expect(quote(unknown)).rejects.toBeInstanceOf(UnknownMarketError);
    await expect(quote({ type: "set-collateral", ...on("WETH"), enabled: true })).rejects.toBeInstanceOf(
      ActionNotOfferedError,
    );
    await expect(quote({ type: "borrow", ...on("WETH"), amount: 1n })).rejects.toBeInstanceOf(ActionNotOfferedError);
    const terms = await quote(supply("USDC", 1n));
    const forged = { ...terms, terms: { ...terms.terms, oracle: bench.owner } };
    expect(() => protocol().calls(forged, bench.owner, 0n)).toThrow(QuoteMismatchError);
  });

  test("behavior: after earlier actions of the plan the account is not judged, the market still is", async () => {
    const reader = await bench.reader();
    const context = { afterEarlierActions: true };
    const terms = await protocol().quote(reader, loan(USDC), bench.owner, context);
    expect(terms.gets[0]?.amount).toBe(USDC);
    await expect(protocol().quote(reader, loan(10n ** 14n), bench.owner, context)).rejects.toBeInstanceOf(
      InsufficientMarketLiquidityError,
    );
  });
});
