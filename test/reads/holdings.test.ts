import { encodeFunctionData, formatUnits, maxUint256, parseAbi } from "viem";
import { expect, test } from "vitest";
import { readAllowances } from "../../src/chain/allowances.ts";
import { readBalances } from "../../src/chain/balances.ts";
import { approveCall, transferCall } from "../../src/chain/erc20.ts";
import { readEvents } from "../../src/chain/readEvents.ts";
import { recentBlocks } from "../../src/chain/recentBlocks.ts";
import { formatAmount, formatPercentWad, formatWad } from "../../src/preview/format.ts";
import { type TestChain, withDevnet } from "../setup/devnet.ts";
import { askOn } from "./askOn.ts";

const chain = withDevnet();
const friend = "0x000000000000000000000000000000000000bEEF";

async function accountOf(net: TestChain): Promise<readonly bigint[]> {
  const abi = parseAbi([
    "function getUserAccountData(address) view returns (uint256, uint256, uint256, uint256, uint256, uint256)",
  ]);
  const address = net.addresses.aaveV3?.pool ?? "0x";
  return await net.client.readContract({
    address,
    abi,
    functionName: "getUserAccountData",
    args: [net.borrower.address],
  });
}

test("default: balance: what the token's own contract says, after a payment", async () => {
  const net = chain();
  const usdc = net.token("USDC");
  await net.send(transferCall(usdc.address, friend, 5_500_000n));
  const answer = await askOn(net, { topic: "balance", asset: "USDC" });
  const reader = await net.reader();
  const [held] = await readBalances(reader, net.owner.address, [usdc]);
  const amount = formatAmount(held?.amount ?? 0n, 6);
  expect(answer.text).toMatch(`The wallet holds ${amount} USDC`);
  expect(answer.facts[0]).toMatch(`wallet: ${amount} USDC ($`);
  expect(answer).toMatchObject({ block: reader.block.toString(), source: expect.stringContaining(net.owner.address) });
});

test("behavior: balance: ETH names the wrapped coin beside it, supplies are named, everything is counted", async () => {
  const net = chain();
  const coin = await askOn(net, { topic: "balance", asset: "ETH" });
  expect(coin.facts.map((fact) => fact.split(" ")[2])).toEqual(["ETH", "WETH"]);
  const lent = await askOn(net, { topic: "balance", asset: "WETH" }, { owner: net.borrower.address });
  expect(lent.facts.join()).toMatch(/aave-v3: supplied 10(?:\.0000\d+)? WETH/);
  expect((await askOn(net, { topic: "balance" })).text).toMatch(/^The wallet holds 11 tokens worth \$\d+\.\d\d\./);
  const none = await askOn(net, { topic: "balance", asset: "DAI" }, { owner: friend });
  expect(none).toMatchObject({ text: "The wallet holds no DAI.", facts: [] });
});

test("behavior: balance: unknown symbols, unlisted tokens and addresses without code are said so", async () => {
  const net = chain();
  const ask = async (asset: string) => (await askOn(net, { topic: "balance", asset })).text;
  expect(await ask("USDX")).toBe('No token "USDX" is listed on chain 31337. Did you mean USDC or USDT?');
  expect(await ask("NOPE\u202e")).toBe('No token "NOPE\\u{202e}" is listed on chain 31337. Give its contract address.');
  expect(await ask(friend)).toBe(`There is no contract at ${friend} on chain 31337, so there is no token.`);
  expect(await ask(net.addresses.multicall3)).toContain("is no ERC-20 token");
  const fake = net.devnet.deployment.zoo.impersonatorUSDC?.address ?? "0x";
  expect(await ask(fake)).toContain('The wallet holds 0 "USDC" (unlisted). The token is on no list');
});

test("default: portfolio: total is wallet and supplies less debts, as the contracts say", async () => {
  const net = chain();
  const answer = await askOn(net, { topic: "portfolio" }, { owner: net.borrower.address });
  const [collateral = 0n, debt = 0n] = await accountOf(net);
  const cents = (usdE8: bigint) => formatUnits(usdE8 / 1_000_000n, 2);
  const [, supplied = "", owed = ""] = /supplied \$(\S+), owed \$(\d+\.\d\d)/.exec(answer.text) ?? [];
  expect(Math.abs(Number(supplied) - Number(cents(collateral)))).toBeLessThan(0.05);
  expect(Math.abs(Number(owed) - Number(cents(debt)))).toBeLessThan(0.05);
  expect(answer.facts.join("\n")).toMatch(/aave-v3: health factor \d\.\d{4}/);
  const empty = await askOn(net, { topic: "portfolio" }, { owner: friend });
  expect(empty.text).toBe("This account holds and owes nothing here.");
});

test("default: position: supplied and owed, narrowed by protocol and asset", async () => {
  const net = chain();
  const owner = net.borrower.address;
  const all = await askOn(net, { topic: "position" }, { owner });
  const aave = net.protocols.find(({ id }) => id === "aave-v3");
  const [position] = (await aave?.positions(await net.reader(), owner)) ?? [];
  const loan = position?.borrowed[0];
  expect(all.text).toMatch(/^Positions on aave-v3:/);
  expect(all.facts).toContain(
    `aave-v3: borrowed ${formatAmount(loan?.amount ?? 0n, 6)} USDC ($${all.facts[1]?.match(/\(\$([\d.]+)\)/)?.[1]}) at ${formatPercentWad(loan?.apyWad ?? 0n)}`,
  );
  const narrow = await askOn(net, { topic: "position", asset: "ETH", protocol: "aave-v3" }, { owner });
  expect(narrow.facts.filter((fact) => fact.includes("borrowed"))).toEqual([]);
  expect((await askOn(net, { topic: "position", protocol: "spark" }, { owner })).text).toBe(
    "There is no position on spark.",
  );
  expect((await askOn(net, { topic: "position", protocol: "compound" }, { owner })).text).toMatch(
    /^No protocol compound/,
  );
});

test("default: health factor: the pool's own number, and how far collateral may fall", async () => {
  const net = chain();
  const answer = await askOn(net, { topic: "health-factor" }, { owner: net.borrower.address });
  const factor = (await accountOf(net))[5] ?? 0n;
  expect(answer.text).toContain(`The health factor on aave-v3 is ${formatWad(factor, 4)}; liquidation starts below 1.`);
  const fall = (1 - 1 / Number(formatUnits(factor, 18))) * 100;
  const [, said = ""] = /falls by ([\d.]+) %/.exec(answer.facts.join()) ?? [];
  expect(fall - Number(said)).toBeGreaterThanOrEqual(0);
  expect(fall - Number(said)).toBeLessThan(0.02);
  expect((await askOn(net, { topic: "health-factor" })).text).toBe("No debt, so there is no health factor.");
});

test("default: approvals: known spenders and strangers from events, as the tokens hold them now", async () => {
  const net = chain();
  const [usdc, dai] = [net.token("USDC"), net.token("DAI")];
  const pool = net.addresses.aaveV3?.pool ?? "0x";
  expect((await askOn(net, { topic: "approvals" })).text).toMatch(/^No approval is open among the tokens and spenders/);
  await net.send(approveCall(usdc.address, pool, 7_000_000n));
  await net.send(approveCall(dai.address, net.addresses.permit2 ?? "0x", maxUint256));
  await net.send(approveCall(dai.address, friend, 5n));
  const answer = await askOn(net, { topic: "approvals" });
  expect(answer.text).toMatch(/^3 approvals are open: 1 without limit, 1 to a spender that is not known here\./);
  expect(answer.facts.slice(0, 4)).toEqual([
    `Permit2 (${net.addresses.permit2}) may take any amount of DAI`,
    `Aave v3 pool (${pool}) may take 7 USDC`,
    `${friend} (not known here) may take 0.000000000000000005 DAI`,
    "not looked at: what Permit2 lets others take in turn",
  ]);
  const asked = [{ token: usdc, spender: pool } as const];
  expect(await readAllowances(await net.reader(), net.owner.address, asked)).toEqual([7_000_000n]);
  await net.send(approveCall(dai.address, friend, 0n));
  expect((await askOn(net, { topic: "approvals", asset: "DAI" })).text).toMatch(
    /^1 approval is open: 1 without limit, 0/,
  );
  expect((await askOn(net, { topic: "approvals", asset: "ETH" })).text).toContain("needs no approval");
  expect((await askOn(net, { topic: "approvals", asset: "NOPE" })).text).toContain('No token "NOPE"');
});

test("behavior: approvals: a token on no list counts when its events say so; one that lies about us does not", async () => {
  const net = chain();
  const fake = net.devnet.deployment.zoo.impersonatorUSDC?.address ?? "0x";
  await net.send(approveCall(fake, friend, 9n));
  const answer = await askOn(net, { topic: "approvals" });
  expect(answer.facts[0]).toBe(`${friend} (not known here) may take 9 base units of the unlisted token ${fake}`);
  const revoke = encodeFunctionData({
    abi: parseAbi(["function approve(address, uint256)"]),
    functionName: "approve",
    args: [friend, 0n],
  });
  await net.send({ to: fake, data: revoke, value: 0n });
  expect((await askOn(net, { topic: "approvals" })).text).toMatch(/^No approval is open/);
});

test("behavior: events are asked for in bounded ranges; a node that refuses is not taken for silence", async () => {
  const reader = await chain().reader();
  const ranges = recentBlocks({ ...reader, block: 123_456n });
  expect([ranges.length, ranges[0]?.fromBlock, ranges.at(-1)?.toBlock]).toEqual([10, 73_457n, 123_456n]);
  for (const { fromBlock, toBlock } of ranges) expect(toBlock - fromBlock).toBeLessThan(5_000n);
  const refused = await readEvents(reader, () => Promise.reject(new TypeError("too many results")));
  expect(refused).toEqual({ logs: undefined, blocks: expect.stringMatching(/^blocks 0 to \d+ \(since .* UTC\)$/) });
});

test("behavior: history: tokens on no list and movements of nothing are left out; a movement of the asset stays", async () => {
  const net = chain();
  const [usdc, dai] = [net.token("USDC").address, net.token("DAI").address];
  const fake = net.devnet.deployment.zoo.impersonatorUSDC?.address ?? "0x";
  const [lie, nothing] = [
    await net.send(transferCall(fake, friend, 0n)),
    await net.send(transferCall(dai, friend, 0n)),
  ];
  expect([lie.logs.length, nothing.logs.length]).toEqual([1, 1]);
  const real = await net.send(transferCall(usdc, friend, 3_000_000n));
  const answer = await askOn(net, { topic: "history" });
  expect(answer.facts[0]).toBe(`block ${real.blockNumber}: sent 3 USDC to ${friend} (${real.transactionHash})`);
  for (const { transactionHash } of [lie, nothing]) expect(answer.text).not.toContain(transactionHash);
  const coin = await askOn(net, { topic: "history", asset: "ETH" });
  expect(coin.facts.slice(0, -1).every((fact) => fact.includes(" WETH "))).toBe(true);
  expect(coin.facts.at(-1)).toContain("payments of ETH itself leave none");
});
