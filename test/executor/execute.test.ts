import { setTimeout as sleep } from "node:timers/promises";
import { erc20Abi, type Hex } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultMandate, PlanDeniedError } from "../../policies/index.ts";
import { composeStorage, type StorageParts } from "../../src/compose/storage.ts";
import { readConfig } from "../../src/config.ts";
import { advanceTime, swapInPool } from "../../src/devnet/index.ts";
import { isNative, type Token } from "../../src/domain/token.ts";
import { PlanExpiredError, PlanStaleError, PlanTamperedError, SignerMismatchError } from "../../src/executor/errors.ts";
import type { ExecutorDeps } from "../../src/executor/execute.ts";
import { reconcile } from "../../src/executor/reconcile.ts";
import { rawKeySigner } from "../../src/executor/signer.ts";
import { withDevnet } from "../setup/devnet.ts";
import { benchOn } from "./bench.ts";

const chainOf = withDevnet();
let storage: StorageParts;
beforeAll(async () => {
  storage = await composeStorage(readConfig({ DATABASE_URL: "pglite:memory" }, {}));
});
afterAll(() => storage.close());

const usd = (value: string) => ({ unit: "token", value }) as const;
const swapEth = (value: string) => ({ type: "swap", sell: "ETH", buy: "USDC", amount: usd(value), side: "sell" });
const swapAndSupply = (dai: string) => [
  { type: "swap", sell: "DAI", buy: "ETH", amount: usd(dai), side: "sell" },
  { type: "supply", asset: "ETH", amount: { unit: "previous" }, protocol: "aave-v3" },
];
const sentBy = (address: Hex) => chainOf().client.getTransactionCount({ address });
const me = () => chainOf().owner.address;

async function balance({ address }: Pick<Token, "address">): Promise<bigint> {
  if (isNative({ address })) return chainOf().client.getBalance({ address: me() });
  return chainOf().client.readContract({ address, abi: erc20Abi, functionName: "balanceOf", args: [me()] });
}

/** Traders sell `tokenIn` in every pool of the pair, so that prices are far from the plan's. */
async function moveMarket(symbolIn: string, symbolOut: string, amountIn: bigint): Promise<void> {
  const { client, devnet, token } = chainOf();
  const [tokenIn, tokenOut] = [token(symbolIn).address, token(symbolOut).address];
  for (const pool of devnet.deployment.uniswapV3.pools) {
    const pair = [pool.token0, pool.token1];
    if (!pair.includes(tokenIn) || !pair.includes(tokenOut)) continue;
    await swapInPool(client, devnet.deployment, { tokenIn, tokenOut, feePips: pool.feePips, amountIn });
  }
}

describe("executed = simulated", () => {
  it.each([
    ["transfer", () => [{ type: "transfer", asset: "USDC", amount: usd("21.5"), to: chainOf().borrower.address }]],
    ["wrap", () => [{ type: "swap", sell: "ETH", buy: "WETH", amount: usd("1.25"), side: "sell" }]],
    ["supply", () => [{ type: "supply", asset: "USDC", amount: usd("150"), protocol: "aave-v3" }]],
    ["swap of the native coin", () => [swapEth("0.7")]],
    ["swap, then supply what came out", () => swapAndSupply("333")],
  ])("default: %s, per call and in the wallet, to the unit", async (_, actions) => {
    const { run, prepare } = benchOn(chainOf(), storage);
    const prepared = await prepare(actions());
    const own = prepared.simulation.balanceChanges.filter(
      (change) => change.holder === me() && change.token.symbol !== "aWETH",
    );
    const before = await Promise.all(own.map(({ token }) => balance(token)));
    const outcome = await run(prepared);
    expect([outcome.state, outcome.reason]).toEqual(["confirmed", undefined]);
    expect(outcome.receipts.map((receipt) => receipt.deviations)).toEqual(prepared.plan.calls.map(() => []));
    const gas = outcome.receipts.reduce((sum, { gasUsed, effectiveGasPrice }) => sum + gasUsed * effectiveGasPrice, 0n);
    for (const [index, { token, delta }] of own.entries()) {
      const moved = (await balance(token)) - (before[index] ?? 0n);
      expect([token.symbol, isNative(token) ? moved + gas : moved]).toEqual([token.symbol, delta]);
    }
    for (const { gets } of prepared.plan.expectations)
      for (const { token, min } of gets) {
        const got = outcome.receipts
          .flatMap((receipt) => receipt.changes)
          .filter((change) => change.asset === token.address && change.delta > 0n);
        expect(got.reduce((sum, change) => sum + change.delta, 0n)).toBeGreaterThanOrEqual(min);
      }
  });
});

describe("exactly once", () => {
  it("behavior: the same plan again sends nothing and returns the recorded outcome", async () => {
    const { run, prepare } = benchOn(chainOf(), storage);
    const prepared = await prepare([swapEth("0.11")]);
    const first = await run(prepared);
    const count = await sentBy(me());
    expect(await run(prepared)).toEqual(first);
    expect(await sentBy(me())).toBe(count);
  });

  it("behavior: two plans at once, and reconciliation meanwhile: one after the other, each call once", async () => {
    const { run, prepare, executor } = benchOn(chainOf(), storage);
    const plans = [await prepare(swapAndSupply("41")), await prepare([swapEth("0.12")])] as const;
    const count = await sentBy(me());
    const looks = (async () => {
      for (let look = 0; look < 4; look++) await reconcile(executor);
    })();
    const [first, second] = await Promise.all([run(plans[0]), run(plans[1]), reconcile(executor), looks]);
    expect([first.state, second.state]).toEqual(["confirmed", "confirmed"]);
    expect((await sentBy(me())) - count).toBe(plans[0].plan.calls.length + plans[1].plan.calls.length);
    expect(storage.journal.open()).toEqual([]);
  });
});

describe("refused before sending", () => {
  it("error: PlanExpiredError", async () => {
    const { run, prepare } = benchOn(chainOf(), storage);
    const prepared = await prepare([swapEth("0.13")]);
    const late = { now: () => prepared.plan.expiresAtSeconds + 1n };
    const count = await sentBy(me());
    await expect(run(prepared, late)).rejects.toThrow(PlanExpiredError);
    expect([await sentBy(me()), storage.journal.of(prepared.plan.id)]).toEqual([count, []]);
  });

  it("error: PlanTamperedError", async () => {
    const { run, prepare } = benchOn(chainOf(), storage);
    const prepared = await prepare([swapEth("0.14")]);
    const calls = prepared.plan.calls.map((call) => ({ ...call, value: call.value + 1n }));
    const count = await sentBy(me());
    await expect(run({ ...prepared, plan: { ...prepared.plan, calls } })).rejects.toThrow(PlanTamperedError);
    expect(await sentBy(me())).toBe(count);
  });

  it("error: PlanStaleError: the market moved since, and a plan that nothing moved goes through", async () => {
    const { run, prepare } = benchOn(chainOf(), storage);
    const [moved, still] = [await prepare([swapEth("0.151")]), await prepare([swapEth("0.152")])];
    await advanceTime(chainOf().client, 12);
    expect((await run(still)).state).toBe("confirmed");
    await moveMarket("WETH", "USDC", 300n * 10n ** 18n);
    const count = await sentBy(me());
    await expect(run(moved)).rejects.toThrow(PlanStaleError);
    expect([await sentBy(me()), storage.journal.of(moved.plan.id)]).toEqual([count, []]);
  });

  it("error: SignerMismatchError", async () => {
    const { run, prepare } = benchOn(chainOf(), storage);
    const prepared = await prepare([swapEth("0.15")]);
    const signer = rawKeySigner(chainOf().devnet.accounts[1]?.privateKey as Hex, 31_337);
    await expect(run(prepared, { signer })).rejects.toThrow(SignerMismatchError);
  });

  it("error: PlanDeniedError by the daily cap, for the second of two plans that fit alone", async () => {
    const spent =
      Number(await storage.executions.spentUsdE8(me(), 31_337, new Date().toISOString().slice(0, 10))) / 1e8;
    const mandate = { ...defaultMandate, spend: { perActionUsd: "50000", perDayUsd: String(Math.ceil(spent) + 150) } };
    const { run, prepare } = benchOn(chainOf(), storage, { mandate });
    const to = chainOf().borrower.address;
    const plans = [
      await prepare([{ type: "transfer", asset: "USDC", amount: usd("100"), to }]),
      await prepare([{ type: "transfer", asset: "USDC", amount: usd("101"), to }]),
    ] as const;
    const count = await sentBy(me());
    const [first, second] = await Promise.allSettled([run(plans[0]), run(plans[1])]);
    expect(first.status).toBe("fulfilled");
    expect(second.status === "rejected" && second.reason).toBeInstanceOf(PlanDeniedError);
    expect((await sentBy(me())) - count).toBe(1);
  });
});

/** The market moved after the last look, right before the first call. */
const movedSince = { rehearse: async () => undefined };

describe("stopped on the way", () => {
  it("behavior: a swap whose floor fails now is not sent: failed, with the contract's reason", async () => {
    const { run, prepare } = benchOn(chainOf(), storage);
    const prepared = await prepare([swapEth("0.16")]);
    await moveMarket("WETH", "USDC", 300n * 10n ** 18n);
    const count = await sentBy(me());
    const outcome = await run(prepared, movedSince);
    expect([outcome.state, await sentBy(me())]).toEqual(["failed", count]);
    expect(outcome.reason).toMatch(/was not sent.*Too little received/);
  });

  it("behavior: the same after a mined approval: partially confirmed", async () => {
    const { run, prepare } = benchOn(chainOf(), storage);
    const prepared = await prepare([{ type: "swap", sell: "USDC", buy: "ETH", amount: usd("170"), side: "sell" }]);
    await moveMarket("USDC", "WETH", 900_000n * 10n ** 6n);
    const outcome = await run(prepared, movedSince);
    expect([outcome.state, outcome.receipts.length]).toEqual(["partially_confirmed", 1]);
    expect(outcome.reason).toMatch(/was not sent.*Insufficient WETH9/);
    expect(await storage.executions.state(prepared.plan.id)).toBe("partially_confirmed");
  });

  it("behavior: an output outside the agreed bounds stops before the step it feeds", async () => {
    const { run, prepare } = benchOn(chainOf(), storage);
    const prepared = await prepare(swapAndSupply("180"));
    // far more WETH for the DAI than was agreed to be supplied
    await moveMarket("WETH", "USDC", 3_000n * 10n ** 18n);
    await moveMarket("WETH", "DAI", 3_000n * 10n ** 18n);
    const outcome = await run(prepared, movedSince);
    expect(outcome.state).toBe("partially_confirmed");
    expect(outcome.reason).toMatch(/outside the agreed bounds/);
    expect(outcome.receipts.at(-1)?.changes.find((change) => change.symbol === "WETH")?.delta).toBeGreaterThan(0n);
  });

  it("behavior: reverted on chain after sending", async () => {
    const { client } = chainOf();
    const { run, prepare } = benchOn(chainOf(), storage);
    const prepared = await prepare([swapEth("0.17")]);
    await client.request({ method: "evm_setAutomine" as never, params: [false] as never });
    // The swap's deadline passes while it waits in the pool.
    const mineLate = async (hash: Hex): Promise<void> => {
      while (
        await client.getTransaction({ hash }).then(
          () => false,
          () => true,
        )
      )
        await sleep(50);
      await advanceTime(client, 4_000);
    };
    const onProgress: ExecutorDeps["onProgress"] = (event) => {
      if (event.type === "sent") void mineLate(event.txHash);
    };
    const outcome = await run(prepared, { onProgress });
    await client.request({ method: "evm_setAutomine" as never, params: [true] as never });
    expect([outcome.state, outcome.receipts[0]?.status]).toEqual(["reverted", "reverted"]);
    expect(outcome.receipts[0]?.changes).toEqual([]);
    expect(outcome.reason).toMatch(/Step 1 of 1 .* reverted on chain/);
  });
});
