import { createWalletClient, erc20Abi, type Hex, http } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { afterEach, expect, test, vi } from "vitest";
import type { Action } from "../../src/domain/intent.ts";
import type { IntentRecord } from "../../src/domain/record.ts";
import type { ProblemDetails } from "../../src/http/errors.ts";
import { readPortfolio } from "../../src/reads/readPortfolio.ts";
import { type Door, supply, swap, withDoor } from "./door.ts";

const door = withDoor();

afterEach(() => {
  vi.useRealTimers();
});

type Sent = { readonly to: Hex; readonly value: Hex; readonly data: Hex };
type SendCalls = { readonly id: Hex; readonly from: Hex; readonly calls: readonly Sent[] };

/** What a wallet does with the payload, one call at a time; anvil's own account by its index. */
async function send({ intendant }: Door, { calls }: Pick<SendCalls, "calls">, index = 0): Promise<void> {
  const { chain } = intendant;
  const key = chain.devnet?.accounts[index]?.privateKey;
  if (key === undefined) throw new Error("no such account");
  const account = privateKeyToAccount(key);
  const wallet = createWalletClient({ account, chain: chain.client.chain, transport: http(chain.devnet?.rpcUrl) });
  for (const { to, value, data } of calls) {
    const hash = await wallet.sendTransaction({ to, data, value: BigInt(value), gas: 3_000_000n });
    const receipt = await chain.client.waitForTransactionReceipt({ hash, pollingInterval: 20 });
    expect(receipt.status).toBe("success");
  }
}

async function callsOf(record: IntentRecord): Promise<SendCalls> {
  expect(record.error).toBeUndefined();
  expect(record.preview?.calls.filter(({ lateBound }) => lateBound)).toEqual([]);
  // What is ten times the usual amount of this file's payments warns, and is meant here.
  const warned = (record.verdict?.findings ?? []).filter(({ severity }) => severity === "warn");
  const read = warned.map(({ code }) => code).join(",");
  const answer = await door().get(`/v1/intents/${record.id}/calls?acknowledged=${read}`);
  expect(answer.statusCode).toBe(200);
  return answer.json<SendCalls>();
}

/** Allowances of every approval that the batch held. */
async function allowancesLeft({ intendant }: Door, { from, calls }: SendCalls): Promise<readonly bigint[]> {
  const approvals = calls.filter(({ data }) => data.startsWith("0x095ea7b3"));
  return await Promise.all(
    approvals.map(({ to, data }) =>
      intendant.chain.client.readContract({
        address: to,
        abi: erc20Abi,
        functionName: "allowance",
        args: [from, `0x${data.slice(34, 74)}`],
      }),
    ),
  );
}

function supplied(portfolio: Awaited<ReturnType<typeof readPortfolio>>, symbol: string): bigint {
  const entries = portfolio.positions.flatMap((position) => position.supplied);
  return entries.filter((entry) => entry.symbol === symbol).reduce((sum, entry) => sum + BigInt(entry.amount), 0n);
}

test("default: words → a batch without late-bound amounts → sent by the wallet, with the effect and nothing left open", async () => {
  const { intendant, owner } = door();
  const record = await door().submit({ text: "swap half my dai for eth and supply it", mode: "wallet" });
  expect(record.state).toBe("awaiting_approval");
  expect(record.preview?.assumptions.join()).toContain("the least that must arrive");
  const batch = await callsOf(record);
  expect(batch).toMatchObject({
    version: "2.0.0",
    id: record.plan?.id,
    from: owner,
    chainId: "0x7a69",
    atomicRequired: true,
  });
  expect((await door().get(`/v1/intents/${record.id}`)).json<IntentRecord>().state).toBe("handed_to_wallet");
  const before = await readPortfolio(intendant.reads, owner);
  await send(door(), batch);
  const after = await readPortfolio(intendant.reads, owner);
  const dai = (portfolio: typeof before) =>
    BigInt(portfolio.balances.find(({ symbol }) => symbol === "DAI")?.amount ?? "0");
  expect(dai(after)).toBe(dai(before) - dai(before) / 2n);
  const floor = record.preview?.resolutions.at(-1);
  expect(floor?.rounding).toBe("the least that must arrive");
  expect(supplied(after, "WETH")).toBeGreaterThan(supplied(before, "WETH"));
  expect(await allowancesLeft(door(), batch)).toEqual(
    batch.calls.filter(({ data }) => data.startsWith("0x095ea7b3")).map(() => 0n),
  );
});

test("behavior: the same calls one by one, and as a Safe batch", async () => {
  const record = await door().plan([swap("USDC", "DAI", "20")], { mode: "wallet" });
  const { calls } = await callsOf(record);
  const one = (await door().get(`/v1/intents/${record.id}/calls?format=sequential`)).json<{
    planHash: Hex;
    transactions: Sent[];
  }>();
  expect(one.planHash).toBe(record.plan?.id);
  expect(one.transactions.map(({ to, value, data }) => ({ to, value, data }))).toEqual(calls);
  const safe = (await door().get(`/v1/intents/${record.id}/calls?format=safe`)).json<{
    chainId: string;
    transactions: Sent[];
  }>();
  expect(safe.chainId).toBe("31337");
  expect(safe.transactions.map(({ to, data }) => ({ to, data }))).toEqual(calls.map(({ to, data }) => ({ to, data })));
  expect(safe.transactions.map(({ value }) => BigInt(value))).toEqual(calls.map(({ value }) => BigInt(value)));
  expect((await door().get(`/v1/intents/${record.id}/calls?format=exotic`)).statusCode).toBe(400);
});

test("error: WalletSignsError, a wallet's plan is not executed here", async () => {
  const record = await door().plan([supply("USDC", "9")], { mode: "wallet" });
  const answer = await door().approve(record);
  expect([answer.statusCode, answer.json<ProblemDetails>().code]).toEqual([409, "wallet_signs"]);
});

test("error: LateBoundCallsError says how to ask for a wallet's plan", async () => {
  const then: Action = { type: "supply", asset: "WETH", amount: { unit: "previous" }, protocol: "aave-v3" };
  const record = await door().plan([swap("USDC", "WETH", "30"), then]);
  const answer = await door().get(`/v1/intents/${record.id}/calls`);
  expect([answer.statusCode, answer.json<ProblemDetails>().code]).toEqual([409, "late_bound_calls"]);
  expect(answer.json<ProblemDetails>().detail).toContain("mode wallet");
});

test("behavior: earn, withdrawing everything as the coin, and moving go to a wallet too", async () => {
  const { intendant, owner } = door();
  const earn: Action = {
    type: "earn",
    source: "ETH",
    asset: "any:stablecoin",
    amount: { unit: "usd", value: "1000" },
    objective: "max-yield",
  };
  const earned = await callsOf(await door().plan([earn], { mode: "wallet" }));
  await send(door(), earned);
  expect((await allowancesLeft(door(), earned)).filter((left) => left !== 0n)).toEqual([]);
  await send(door(), await callsOf(await door().plan([supply("ETH", "1")], { mode: "wallet" })));
  const before = await intendant.chain.client.getBalance({ address: owner });
  const all: Action = { type: "withdraw", asset: "ETH", amount: { unit: "all" }, protocol: "aave-v3" };
  await send(door(), await callsOf(await door().plan([all], { mode: "wallet" })));
  expect((await intendant.chain.client.getBalance({ address: owner })) - before).toBeGreaterThan(99n * 10n ** 16n);
  const moved: Action = { type: "move", asset: "USDC", amount: { unit: "all" }, from: "aave-v3", to: "spark" };
  await send(door(), await callsOf(await door().plan([supply("USDC", "50")], { mode: "wallet" })));
  const batch = await callsOf(await door().plan([moved], { mode: "wallet" }));
  await send(door(), batch);
  expect((await allowancesLeft(door(), batch)).filter((left) => left !== 0n)).toEqual([]);
});

test("behavior: a debt is repaid in the coin by a wallet, the unused reserve stays in its wrapped form", async () => {
  const { intendant, owner } = door();
  await send(door(), await callsOf(await door().plan([supply("USDC", "5000")], { mode: "wallet" })));
  const borrow: Action = { type: "borrow", asset: "ETH", amount: { unit: "token", value: "0.2" }, protocol: "aave-v3" };
  await send(door(), await callsOf(await door().plan([borrow], { mode: "wallet" })));
  const repay: Action = { type: "repay", asset: "ETH", amount: { unit: "all" }, protocol: "aave-v3" };
  const record = await door().plan([repay], { mode: "wallet" });
  expect(record.preview?.assumptions.join()).toContain("stays in the wallet as WETH");
  const batch = await callsOf(record);
  await send(door(), batch);
  const after = await readPortfolio(intendant.reads, owner);
  expect(after.positions.flatMap(({ borrowed }) => borrowed)).toEqual([]);
  expect((await allowancesLeft(door(), batch)).filter((left) => left !== 0n)).toEqual([]);
});

test("error: PlanOutdatedError for calls that are too old to be sent", async () => {
  const record = await door().plan([supply("USDC", "2")], { mode: "wallet" });
  await callsOf(record);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 600_000 });
  const answer = await door().get(`/v1/intents/${record.id}/calls`);
  expect([answer.statusCode, answer.json<ProblemDetails>().code]).toEqual([409, "plan_expired"]);
});
