import { type Address, parseAbi } from "viem";
import { describe, expect, test } from "vitest";
import { devnetAddresses } from "../../src/chain/devnetAddresses.ts";
import { actAs, advanceTime, borrow, give, setPrice } from "../../src/devnet/index.ts";
import { MAX_UINT256 } from "../../src/domain/effect.ts";
import type { ResolvedAction } from "../../src/domain/quote.ts";
import { createAaveV3 } from "../../src/protocols/aave-v3/index.ts";
import type { Protocol } from "../../src/protocols/protocol.ts";
import {
  AmountExceedsPositionError,
  AmountNotPositiveError,
  BorrowCapacityError,
  BorrowCapError,
  BorrowingDisabledError,
  CollateralRefusedError,
  HealthFactorTooLowError,
  InsufficientMarketLiquidityError,
  MarketFrozenError,
  MarketPausedError,
  NoPositionError,
  SupplyCapError,
  UnknownMarketError,
} from "../../src/protocols/shared/lendingErrors.ts";
import { contractSays, execute, executeQuote, freezeTime, marketOf, useBench } from "./lending.ts";

const bench = useBench();

const configurator = parseAbi([
  "function setReserveFreeze(address asset, bool freeze)",
  "function setReservePause(address asset, bool paused)",
  "function setReserveActive(address asset, bool active)",
  "function setReserveBorrowing(address asset, bool enabled)",
  "function setSupplyCap(address asset, uint256 cap)",
  "function setBorrowCap(address asset, uint256 cap)",
]);

describe.each([
  { id: "aave-v3", site: "aaveV3", name: "Aave v3" },
  { id: "spark", site: "spark", name: "Spark" },
] as const)("$name", ({ id, site }) => {
  const protocol = (): Protocol => createAaveV3(devnetAddresses(bench.devnet.deployment), id);
  const pool = (): Address => bench.devnet.deployment[site].pool;
  const quote = async (action: ResolvedAction) => protocol().quote(await bench.reader(), action, bench.owner);
  const on = (symbol: string) => {
    const asset = bench.token(symbol);
    return { asset, marketId: asset.address } as const;
  };
  const supply = (symbol: string, amount: bigint) => ({ type: "supply", ...on(symbol), amount }) as const;
  const withdraw = (symbol: string, amount: bigint | "all") => ({ type: "withdraw", ...on(symbol), amount }) as const;
  const loan = (symbol: string, amount: bigint) => ({ type: "borrow", ...on(symbol), amount }) as const;
  const repay = (symbol: string, amount: bigint | "all") => ({ type: "repay", ...on(symbol), amount }) as const;
  const govern = (fn: string, args: readonly unknown[]) =>
    actAs(bench.client, bench.devnet.deployment.deployer, {
      to: bench.devnet.deployment[site].poolConfigurator,
      abi: configurator,
      fn,
      args,
    });

  describe("quote, calls and chain agree", () => {
    test.each(["USDC", "USDT", "DAI", "WETH", "WBTC"])(
      "default: supplying %s takes exactly the amount and leaves no allowance",
      async (symbol) => {
        const amount = 10n ** BigInt(bench.token(symbol).decimals);
        const { quote: terms, deltas, gasUsed } = await execute(bench, protocol(), supply(symbol, amount));
        expect(gasUsed).toBeLessThanOrEqual(terms.gas);
        expect(terms.pays).toEqual([{ token: bench.token(symbol), amount }]);
        expect(deltas.get(symbol)).toBe(-amount);
        expect(await bench.allowance(bench.token(symbol), pool())).toBe(0n);
        const [position] = await protocol().positions(await bench.reader(), bench.owner);
        expect(position?.supplied.map(({ asset }) => asset.symbol)).toEqual([symbol]);
      },
    );

    test("default: withdrawing everything gives what the pool returns at the same block, and no dust stays", async () => {
      await execute(bench, protocol(), supply("USDC", 1_234_567_891n));
      const terms = await quote(withdraw("USDC", "all"));
      expect(await contractSays(bench, protocol(), terms)).toEqual([terms.gets[0]?.amount]);
      const { deltas } = await executeQuote(bench, protocol(), terms);
      expect(deltas.get("USDC")).toBeGreaterThanOrEqual(terms.gets[0]?.amount ?? MAX_UINT256);
      expect(await protocol().positions(await bench.reader(), bench.owner)).toEqual([]);
    });

    test("default: withdrawing a part gives exactly that", async () => {
      await execute(bench, protocol(), supply("DAI", 10n ** 21n));
      const terms = await quote(withdraw("DAI", 10n ** 20n));
      expect(await contractSays(bench, protocol(), terms)).toEqual([10n ** 20n]);
      expect((await executeQuote(bench, protocol(), terms)).deltas.get("DAI")).toBe(10n ** 20n);
    });

    test("default: borrowing pays out exactly the amount", async () => {
      await execute(bench, protocol(), supply("WETH", 10n ** 18n));
      const { deltas } = await execute(bench, protocol(), loan("USDC", 500_000_000n));
      expect(deltas.get("USDC")).toBe(500_000_000n);
    });

    test("default: repaying everything takes what the pool books at the same block, clears the debt and leaves no allowance", async () => {
      await execute(bench, protocol(), supply("WETH", 10n ** 18n));
      await execute(bench, protocol(), loan("USDT", 700_000_000n));
      await bench.approve(bench.token("USDT"), pool(), 10n ** 12n);
      const terms = await quote(repay("USDT", "all"));
      const paid = terms.pays[0]?.amount ?? 0n;
      expect(await contractSays(bench, protocol(), terms)).toEqual([paid]);
      expect(terms.maxPays).toBe(paid + paid / 10_000n + 1n);
      expect(terms.approvals[0]?.amount).toBe(terms.maxPays);
      await bench.approve(bench.token("USDT"), pool(), 0n);
      const { deltas } = await executeQuote(bench, protocol(), terms);
      const really = -(deltas.get("USDT") ?? 0n);
      expect(really).toBeGreaterThanOrEqual(paid);
      expect(really).toBeLessThanOrEqual(terms.maxPays ?? 0n);
      const [position] = await protocol().positions(await bench.reader(), bench.owner);
      expect(position?.borrowed).toEqual([]);
      expect(position).not.toHaveProperty("healthFactorWad");
      expect(await bench.allowance(bench.token("USDT"), pool())).toBe(0n);
    });

    test("default: repaying a part, and more than is owed", async () => {
      await execute(bench, protocol(), supply("WETH", 10n ** 18n));
      await execute(bench, protocol(), loan("USDC", 500_000_000n));
      expect((await execute(bench, protocol(), repay("USDC", 100_000_000n))).deltas.get("USDC")).toBe(-100_000_000n);
      const terms = await quote(repay("USDC", 900_000_000n));
      expect(terms.pays[0]?.amount).toBeLessThan(401_000_000n);
      const { deltas } = await executeQuote(bench, protocol(), terms);
      expect(-(deltas.get("USDC") ?? 0n)).toBeLessThanOrEqual(terms.maxPays ?? 0n);
      expect(await bench.allowance(bench.token("USDC"), pool())).toBe(0n);
    });

    test("default: collateral is switched off and on", async () => {
      await execute(bench, protocol(), supply("WETH", 10n ** 18n));
      const used = async () =>
        (await protocol().positions(await bench.reader(), bench.owner))[0]?.supplied[0]?.collateral;
      expect(await used()).toBe(true);
      await execute(bench, protocol(), { type: "set-collateral", ...on("WETH"), enabled: false });
      expect(await used()).toBe(false);
      await execute(bench, protocol(), { type: "set-collateral", ...on("WETH"), enabled: true });
      expect(await used()).toBe(true);
    });

    test("behavior: decoding gives the action back, owner included", async () => {
      await execute(bench, protocol(), supply("WETH", 10n ** 18n));
      await execute(bench, protocol(), loan("USDC", 500_000_000n));
      const { owner } = bench;
      const asset = bench.token("USDC").address;
      const weth = bench.token("WETH").address;
      const meaning = async (action: ResolvedAction) => {
        const [call] = protocol().calls(await quote(action), owner, 0n);
        return call && protocol().decode(call);
      };
      expect(await meaning(supply("USDC", 5n))).toEqual({
        type: "supply",
        protocol: id,
        asset,
        amount: 5n,
        onBehalfOf: owner,
      });
      expect(await meaning(withdraw("WETH", 7n))).toEqual({
        type: "withdraw",
        protocol: id,
        asset: weth,
        amount: 7n,
        recipient: owner,
      });
      expect(await meaning(loan("USDC", 9n))).toEqual({
        type: "borrow",
        protocol: id,
        asset,
        amount: 9n,
        onBehalfOf: owner,
        recipient: owner,
      });
      expect(await meaning(repay("USDC", "all"))).toEqual({
        type: "repay",
        protocol: id,
        asset,
        amount: MAX_UINT256,
        onBehalfOf: owner,
      });
      expect(await meaning({ type: "set-collateral", ...on("WETH"), enabled: true })).toEqual({
        type: "set-collateral",
        protocol: id,
        asset: weth,
        enabled: true,
      });
    });

    test("behavior: the amount word can be replaced where the call says it stands", async () => {
      const [call] = protocol().calls(await quote(supply("USDC", 5n)), bench.owner, 0n);
      expect(call?.amountAt).toBe(36);
      const at = 2 + 36 * 2;
      const bound =
        `${call?.data.slice(0, at)}${77n.toString(16).padStart(64, "0")}${call?.data.slice(at + 64)}` as const;
      expect(protocol().decode({ to: pool(), data: bound as `0x${string}`, value: 0n })).toMatchObject({ amount: 77n });
    });
  });

  describe("yield after one's own action", () => {
    test.each([1_000n, 1_000_000n, 20_000_000n])(
      "default: a supply of %s USDC earns the quoted yield",
      async (whole) => {
        const amount = whole * 10n ** 6n;
        await govern("setSupplyCap", [bench.token("USDC").address, 0n]);
        await give(bench.client, bench.devnet.deployment, bench.owner, { symbol: "USDC", amount });
        await bench.approve(bench.token("USDC"), pool(), amount);
        const terms = await quote(supply("USDC", amount));
        const [call] = protocol().calls(terms, bench.owner, 0n);
        await freezeTime(bench);
        if (call) await bench.send(call);
        const after = await marketOf(bench, protocol(), bench.token("USDC").address);
        expect(after.supplyApyWad).toBe(terms.apyAfterWad);
      },
    );

    test("default: a loan costs the quoted rate", async () => {
      await give(bench.client, bench.devnet.deployment, bench.owner, { symbol: "WETH", amount: 2_000n * 10n ** 18n });
      await execute(bench, protocol(), supply("WETH", 2_000n * 10n ** 18n));
      const terms = await quote(loan("USDC", 2_000_000n * 10n ** 6n));
      const before = await marketOf(bench, protocol(), bench.token("USDC").address);
      const [call] = protocol().calls(terms, bench.owner, 0n);
      await freezeTime(bench);
      if (call) await bench.send(call);
      const after = await marketOf(bench, protocol(), bench.token("USDC").address);
      expect(after.borrowApyWad).toBe(terms.apyAfterWad);
      expect(after.borrowApyWad).toBeGreaterThan(before.borrowApyWad ?? 0n);
    });
  });

  describe("refusals", () => {
    test("error: MarketFrozenError", async () => {
      await execute(bench, protocol(), supply("DAI", 10n ** 20n));
      await govern("setReserveFreeze", [bench.token("DAI").address, true]);
      await expect(quote(supply("DAI", 10n ** 18n))).rejects.toBeInstanceOf(MarketFrozenError);
      await expect(quote(loan("DAI", 10n ** 18n))).rejects.toBeInstanceOf(MarketFrozenError);
      const market = await marketOf(bench, protocol(), bench.token("DAI").address);
      expect(market).toMatchObject({ canSupply: false, canBorrow: false, notes: ["frozen: no new supply or loan"] });
      await execute(bench, protocol(), withdraw("DAI", "all"));
    });

    test("error: MarketPausedError", async () => {
      await govern("setReservePause", [bench.token("DAI").address, true]);
      await expect(quote(supply("DAI", 10n ** 18n))).rejects.toBeInstanceOf(MarketPausedError);
      await expect(quote(withdraw("DAI", "all"))).rejects.toBeInstanceOf(MarketPausedError);
      expect((await marketOf(bench, protocol(), bench.token("DAI").address)).notes).toContain("paused");
    });

    test("error: BorrowingDisabledError", async () => {
      await govern("setReserveBorrowing", [bench.token("DAI").address, false]);
      await expect(quote(loan("DAI", 10n ** 18n))).rejects.toBeInstanceOf(BorrowingDisabledError);
    });

    test("error: SupplyCapError tells the room, and the room is accepted to the unit", async () => {
      // A saved chain is some hours old when it starts: the first block books their interest, so let it pass first.
      await advanceTime(bench.client, 4 * 3_600);
      const dai = bench.token("DAI");
      const unit = 10n ** 18n;
      const wide = 10n ** 9n;
      await govern("setSupplyCap", [dai.address, wide]);
      const { supplyRoom: left = 0n } = await marketOf(bench, protocol(), dai.address);
      await govern("setSupplyCap", [dai.address, (wide * unit - left) / unit + 1_000n]);
      const { supplyRoom: room = 0n } = await marketOf(bench, protocol(), dai.address);
      expect(room).toBeGreaterThan(900n * unit);
      await expect(quote(supply("DAI", room + 1n))).rejects.toThrow(SupplyCapError);
      await bench.approve(dai, pool(), MAX_UINT256);
      const fits = await quote(supply("DAI", (await marketOf(bench, protocol(), dai.address)).supplyRoom ?? 0n));
      await expect(contractSays(bench, protocol(), fits)).resolves.toEqual([]);
      const [call] = protocol().calls(
        { ...fits, action: supply("DAI", (fits.pays[0]?.amount ?? 0n) + 1n) },
        bench.owner,
        0n,
      );
      await expect(
        bench.client.call({ account: bench.owner, to: pool(), data: call?.data ?? "0x", blockNumber: fits.block }),
      ).rejects.toThrow(/51/);
    });

    test("error: BorrowCapError tells the room", async () => {
      await execute(bench, protocol(), supply("WETH", 10n ** 18n));
      const { totalBorrowed } = await marketOf(bench, protocol(), bench.token("USDC").address);
      await govern("setBorrowCap", [bench.token("USDC").address, totalBorrowed / 10n ** 6n + 100n]);
      await expect(quote(loan("USDC", 200_000_000n))).rejects.toThrow(BorrowCapError);
    });

    test("error: InsufficientMarketLiquidityError", async () => {
      const dai = bench.token("DAI");
      const { liquidity } = await marketOf(bench, protocol(), dai.address);
      await give(bench.client, bench.devnet.deployment, bench.owner, { symbol: "DAI", amount: 10n ** 24n });
      await execute(bench, protocol(), supply("DAI", 10n ** 24n));
      await govern("setBorrowCap", [dai.address, 0n]);
      await borrow(bench.client, bench.devnet.deployment, { market: site, symbol: "DAI" }, liquidity + 9n * 10n ** 23n);
      await expect(quote(withdraw("DAI", "all"))).rejects.toThrow(InsufficientMarketLiquidityError);
    });

    test("error: NoPositionError and AmountExceedsPositionError", async () => {
      await expect(quote(withdraw("DAI", "all"))).rejects.toBeInstanceOf(NoPositionError);
      await expect(quote(repay("DAI", "all"))).rejects.toBeInstanceOf(NoPositionError);
      await expect(quote({ type: "set-collateral", ...on("DAI"), enabled: true })).rejects.toBeInstanceOf(
        NoPositionError,
      );
      await execute(bench, protocol(), supply("DAI", 10n ** 18n));
      await expect(quote(withdraw("DAI", 10n ** 19n))).rejects.toBeInstanceOf(AmountExceedsPositionError);
    });

    test("error: BorrowCapacityError tells the capacity", async () => {
      await expect(quote(loan("USDC", 1_000_000n))).rejects.toBeInstanceOf(BorrowCapacityError);
      await execute(bench, protocol(), supply("WETH", 10n ** 18n));
      const refused = quote(loan("USDC", 2_900_000_000n));
      await expect(refused).rejects.toBeInstanceOf(BorrowCapacityError);
      await expect(refused).rejects.toThrow(/allows 2,4\d\d/);
    });

    test("error: HealthFactorTooLowError for a withdrawal, a switched-off collateral, and a fallen price", async () => {
      await execute(bench, protocol(), supply("WETH", 10n ** 18n));
      await execute(bench, protocol(), loan("USDC", 2_000_000_000n));
      await expect(quote(withdraw("WETH", 5n * 10n ** 17n))).rejects.toBeInstanceOf(HealthFactorTooLowError);
      await expect(quote({ type: "set-collateral", ...on("WETH"), enabled: false })).rejects.toBeInstanceOf(
        HealthFactorTooLowError,
      );
      const [before] = await protocol().positions(await bench.reader(), bench.owner);
      await setPrice(bench.client, bench.devnet.deployment, "ETH", "2300");
      const [after] = await protocol().positions(await bench.reader(), bench.owner);
      expect(before?.healthFactorWad).toBeGreaterThan(after?.healthFactorWad ?? 0n);
      await expect(quote(loan("USDC", 1_000_000n))).rejects.toThrow();
    });

    test("error: UnknownMarketError, AmountNotPositiveError", async () => {
      const wrong = { ...supply("DAI", 1n), marketId: bench.token("USDC").address };
      await expect(quote(wrong)).rejects.toBeInstanceOf(UnknownMarketError);
      await expect(quote(supply("stETH", 1n))).rejects.toBeInstanceOf(UnknownMarketError);
      await expect(quote(supply("DAI", 0n))).rejects.toBeInstanceOf(AmountNotPositiveError);
    });

    test("behavior: after earlier actions of the plan the account is not judged, the market still is", async () => {
      const reader = await bench.reader();
      const context = { afterEarlierActions: true };
      const terms = await protocol().quote(reader, loan("USDC", 1_000_000n), bench.owner, context);
      expect(terms.gets[0]?.amount).toBe(1_000_000n);
      await expect(protocol().quote(reader, loan("USDC", 10n ** 15n), bench.owner, context)).rejects.toThrow();
    });
  });

  test("behavior: known names the pool and every position and debt token", async () => {
    const markets = await protocol().markets(await bench.reader());
    const known = protocol().known(devnetAddresses(bench.devnet.deployment), markets);
    expect(known.filter(({ role }) => role === "spender").map(({ address }) => address)).toEqual([pool()]);
    expect(known.filter(({ role }) => role === "position-token")).toHaveLength(markets.length * 2);
  });
});

test("error: CollateralRefusedError for an asset that secures nothing", async () => {
  const protocol = createAaveV3(devnetAddresses(bench.devnet.deployment), "spark");
  const asset = bench.token("DAI");
  const on = { asset, marketId: asset.address } as const;
  await execute(bench, protocol, { type: "supply", ...on, amount: 10n ** 18n });
  const enable = { type: "set-collateral", ...on, enabled: true } as const;
  await expect(protocol.quote(await bench.reader(), enable, bench.owner)).rejects.toBeInstanceOf(
    CollateralRefusedError,
  );
});

test("default: the borrower's loan on Aave reads like the pool's own account data", async () => {
  const { deployment, accounts } = bench.devnet;
  const borrower = accounts[1]?.address ?? bench.owner;
  const protocol = createAaveV3(devnetAddresses(deployment), "aave-v3");
  const reader = await bench.reader();
  const [position] = await protocol.positions(reader, borrower);
  const abi = parseAbi([
    "function getUserAccountData(address user) view returns (uint256, uint256, uint256, uint256, uint256, uint256)",
  ]);
  const [collateral, debt, capacity, , , health] = await bench.client.readContract({
    address: deployment.aaveV3.pool,
    abi,
    functionName: "getUserAccountData",
    args: [borrower],
    blockNumber: reader.block,
  });
  const sum = (side: readonly { readonly usdWad?: bigint }[] | undefined) =>
    (side ?? []).reduce((total, { usdWad = 0n }) => total + usdWad, 0n) / 10n ** 10n;
  expect(position?.healthFactorWad).toBe(health);
  expect(position?.borrowCapacityUsdWad).toBe(capacity * 10n ** 10n);
  expect(sum(position?.supplied)).toBe(collateral);
  expect(sum(position?.borrowed)).toBe(debt);
});
