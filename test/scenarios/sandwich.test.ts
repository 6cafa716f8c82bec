import {
  type Address,
  createWalletClient,
  encodeFunctionData,
  erc20Abi,
  formatEther,
  formatUnits,
  type Hex,
  http,
  parseEther,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { describe, expect, test } from "vitest";
import { poolOut, sandwichOf } from "../../policies/lib/sandwich.ts";
import { defaultMandate } from "../../policies/mandate.ts";
import { uniswapV2RouterAbi } from "../../src/chain/abis/uniswapV2.ts";
import { request } from "../../src/devnet/build/builder.ts";
import type { PoolDepth } from "../../src/domain/evidence.ts";
import type { FindRoute } from "../../src/planner/types.ts";
import { directRoute } from "../planner/directRoute.ts";
import { withDevnet } from "../setup/devnet.ts";
import { judgeOn } from "../simulator/judgeOn.ts";

/**
 * A bot that sees the owner's swap before it is mined buys in front of it and sells behind it, in one block, on the real
 * pair. What it takes is what `sandwich-exposure` said, and never more than the floor leaves.
 */
const chainOf = withDevnet();
const NEVER = 2n ** 40n;
const SOLD = "20";
const GWEI = 10n ** 9n;
const mandate = { ...defaultMandate, spend: { perActionUsd: "1000000", perDayUsd: "1000000" } };
const swap = [{ type: "swap", sell: "ETH", buy: "USDC", amount: { unit: "token", value: SOLD }, side: "sell" }];

/** The pair alone, as if nothing else were there: the deepest path would leave less to take. */
const throughPair: FindRoute = (wish) =>
  directRoute({ ...wish, protocols: wish.protocols.filter(({ id }) => id === "uniswap-v2") });

const judged = () => judgeOn(chainOf(), swap, { route: throughPair, mandate });
type Judged = Awaited<ReturnType<typeof judged>>;

function poolOf({ evidence }: Judged): PoolDepth {
  return evidence.depths[0]?.pools[0] ?? expect.fail("the plan goes through one pair");
}

/** What the plan was quoted, and the least that it accepts. */
function termsOf({ evidence, plan }: Judged) {
  const effect = evidence.decoded.flatMap((call) => call.effect ?? []).find(({ type }) => type === "swap");
  if (effect?.type !== "swap") return expect.fail("the plan swaps");
  return { amountIn: effect.sellAmount, floor: effect.buyAmount, quoted: plan.quotes[0]?.gets[0]?.amount ?? 0n };
}

/** The three in one block, in the bot's order; what the owner got, and what the bot has more of afterwards, gas aside. */
async function attack({ plan }: Judged, pool: PoolDepth, frontRun: bigint, data?: Hex) {
  const { client, owner, addresses, token } = chainOf();
  const router = addresses.uniswapV2?.router as Address;
  const usdc = token("USDC").address;
  const bot = wallet(7);
  const [call] = plan.calls;
  if (call === undefined) return expect.fail("the plan has a call");
  await request(client, "anvil_setBalance", [bot.account.address, `0x${(10n ** 24n).toString(16)}`]);
  await bot.writeContract({ address: usdc, abi: erc20Abi, functionName: "approve", args: [router, 2n ** 255n] });
  const bought = poolOut(frontRun, pool.reserveIn, pool.reserveOut, pool.feePips);
  const held = () =>
    client.readContract({ address: usdc, abi: erc20Abi, functionName: "balanceOf", args: [owner.address] });
  const [ownerBefore, botBefore] = [await held(), await client.getBalance({ address: bot.account.address })];
  await request(client, "evm_setAutomine", [false]);
  const front = await bot.sendTransaction({
    to: router,
    value: frontRun,
    data: encodeFunctionData({
      abi: uniswapV2RouterAbi,
      functionName: "swapExactETHForTokens",
      args: [0n, [addresses.wrappedNative, usdc], bot.account.address, NEVER],
    }),
    ...priced(30n),
  });
  const victim = await wallet(0).sendTransaction({
    to: call.to,
    data: data ?? call.data,
    value: call.value,
    ...priced(20n),
  });
  const back = await bot.sendTransaction({
    to: router,
    data: encodeFunctionData({
      abi: uniswapV2RouterAbi,
      functionName: "swapExactTokensForETH",
      args: [bought, 0n, [usdc, addresses.wrappedNative], bot.account.address, NEVER],
    }),
    ...priced(10n),
  });
  await request(client, "evm_mine", []);
  await request(client, "evm_setAutomine", [true]);
  const receipts = await Promise.all([front, victim, back].map((hash) => client.getTransactionReceipt({ hash })));
  expect(receipts.map(({ transactionIndex }) => transactionIndex)).toEqual([0, 1, 2]);
  const gas = [receipts[0], receipts[2]].reduce(
    (sum, one) => sum + (one?.gasUsed ?? 0n) * (one?.effectiveGasPrice ?? 0n),
    0n,
  );
  return {
    status: receipts[1]?.status,
    got: (await held()) - ownerBefore,
    profit: (await client.getBalance({ address: bot.account.address })) - botBefore + gas,
  };
}

function wallet(index: number) {
  const { client, devnet } = chainOf();
  const account = privateKeyToAccount(devnet.accounts[index]?.privateKey as Hex);
  return createWalletClient({ account, chain: client.chain, transport: http(devnet.rpcUrl) });
}

function priced(gwei: bigint) {
  return { maxFeePerGas: gwei * GWEI, maxPriorityFeePerGas: gwei * GWEI, gas: 500_000n };
}

describe("a scripted sandwich", () => {
  test("default: what the bot takes is what was said, and the owner gets the floor", async () => {
    const owner = await judged();
    const [pool, { amountIn, floor, quoted }] = [poolOf(owner), termsOf(owner)];
    const finding = owner.verdict.findings.find(({ code }) => code === "sandwich-exposure");
    const { frontRun, profit: predicted } = sandwichOf({ pool, amountIn, floor });
    const { status, got, profit } = await attack(owner, pool, frontRun);
    process.stdout.write(
      `sandwich at the floor: the owner gets ${formatUnits(got, 6)} USDC of ${formatUnits(quoted, 6)} quoted, ` +
        `the bot takes ${formatEther(profit)} ETH (${formatEther(predicted)} predicted); said: ${finding?.evidence}\n`,
    );
    expect(status).toBe("success");
    expect(got).toBeGreaterThanOrEqual(floor);
    expect(Number(quoted - got) / Number(quoted)).toBeLessThanOrEqual(0.005_01);
    expect(profit > 0n && profit <= predicted).toBe(true);
    expect(finding?.severity).toBe(profit * 3_000n >= 100n * parseEther("1") ? "warn" : "info");
  });

  test("behavior: a greedier bot makes the swap revert: the owner loses gas alone, the bot loses money", async () => {
    const owner = await judged();
    const [pool, { amountIn, floor }] = [poolOf(owner), termsOf(owner)];
    const { frontRun } = sandwichOf({ pool, amountIn, floor });
    const { status, got, profit } = await attack(owner, pool, frontRun * 3n);
    process.stdout.write(`greedier sandwich: the owner loses gas alone, the bot ${formatEther(-profit)} ETH\n`);
    expect([status, got]).toEqual(["reverted", 0n]);
    expect(profit).toBeLessThan(0n);
  });

  test("default: the same swap with a floor of nothing is blocked; sent all the same it loses most of its worth", async () => {
    const owner = await judged();
    const [pool, { floor, quoted }] = [poolOf(owner), termsOf(owner)];
    const word = (amount: bigint) => amount.toString(16).padStart(64, "0");
    const [call] = owner.plan.calls;
    const data = (call?.data ?? "0x").replace(word(floor), word(0n)) as Hex;
    const forged = await judgeOn(chainOf(), owner.plan, {
      mandate,
      edit: ({ calls }) => ({ calls: calls.map((one) => ({ ...one, data })) }),
    });
    expect(forged.verdict.findings).toContainEqual(
      expect.objectContaining({ code: "slippage-floor.no-floor", severity: "block" }),
    );
    expect(forged.verdict.decision).toBe("deny");
    const { got, status } = await attack(owner, pool, pool.reserveIn * 3n, data);
    process.stdout.write(
      `min-out 0: lost 0; without the guard the owner gets ${formatUnits(got, 6)} USDC of ${formatUnits(quoted, 6)} quoted\n`,
    );
    expect(status).toBe("success");
    expect(got * 10n).toBeLessThan(quoted);
  });
});
