import { parseUnits, zeroAddress } from "viem";
import { expect, test } from "vitest";
import { aggregate } from "../../src/chain/aggregate.ts";
import { readAllowances } from "../../src/chain/allowances.ts";
import { readBalances } from "../../src/chain/balances.ts";
import { createReader } from "../../src/chain/createReader.ts";
import { approveCall, transferCall } from "../../src/chain/erc20.ts";
import { oraclePrices } from "../../src/chain/prices.ts";
import { unwrapCall, wrapCall } from "../../src/chain/weth.ts";
import { NATIVE_ADDRESS } from "../../src/domain/token.ts";
import { withDevnet } from "../setup/devnet.ts";

const chain = withDevnet();
const friend = "0x000000000000000000000000000000000000bEEF";

test("default: balances of many tokens and the native coin, at the pinned block even after later blocks", async () => {
  const net = chain();
  const reader = await net.reader();
  const usdc = net.token("USDC");
  const [before] = await readBalances(reader, net.owner.address, [usdc]);
  expect((await net.send(transferCall(usdc.address, friend, 5_000_000n))).status).toBe("success");
  const [pinned] = await readBalances(reader, net.owner.address, [usdc]);
  expect(pinned).toEqual(before);
  const later = await createReader(net.client, { addresses: net.addresses, tokens: net.tokens });
  expect(later.block).toBe(reader.block + 1n);
  const [now, native] = await readBalances(later, net.owner.address, [usdc, net.tokens.native]);
  expect((before?.amount ?? 0n) - (now?.amount ?? 0n)).toBe(5_000_000n);
  expect(native?.amount).toBe(await net.client.getBalance({ address: net.owner.address }));
  const again = await createReader(net.client, { addresses: net.addresses, tokens: net.tokens, block: reader.block });
  expect(again).toMatchObject({ block: reader.block, blockHash: reader.blockHash, timestamp: reader.timestamp });
  expect(again.gasPriceWei).toBeGreaterThan(0n);
});

test("default: allowances in the order asked; the native coin needs none", async () => {
  const net = chain();
  const usdt = net.token("USDT");
  expect((await net.send(approveCall(usdt.address, friend, 7n))).status).toBe("success"); // USDT returns nothing
  const asked = [net.tokens.native, net.token("USDC"), usdt].map((token) => ({ token, spender: friend }) as const);
  expect(await readAllowances(await net.reader(), net.owner.address, asked)).toEqual([0n, 0n, 7n]);
});

test("default: wrapping and unwrapping move the coin one to one", async () => {
  const net = chain();
  const weth = net.tokens.wrappedNative;
  const amount = parseUnits("2", 18);
  const [before] = await readBalances(await net.reader(), net.owner.address, [weth]);
  await net.send(wrapCall(weth.address, amount));
  const [wrapped] = await readBalances(await net.reader(), net.owner.address, [weth]);
  expect((wrapped?.amount ?? 0n) - (before?.amount ?? 0n)).toBe(amount);
  await net.send(unwrapCall(weth.address, amount));
  expect(await readBalances(await net.reader(), net.owner.address, [weth])).toEqual([before]);
});

test("behavior: prices come from the oracle, native as wrapped; a token without a feed has none", async () => {
  const net = chain();
  const stEth = net.token("stETH").address;
  const prices = await oraclePrices(await net.reader(), [
    NATIVE_ADDRESS,
    net.token("USDC").address,
    stEth,
    zeroAddress,
  ]);
  expect(prices.get(NATIVE_ADDRESS)?.usdE8).toBe(300_000_000_000n);
  expect(prices.get(net.token("USDC").address)).toMatchObject({ usdE8: 100_000_000n });
  expect(prices.get(NATIVE_ADDRESS)?.source).toMatch(/^oracle Aave v3 at block \d+$/);
  expect([prices.has(stEth), prices.has(zeroAddress)]).toEqual([false, false]);
});

test("behavior: a failing call inside a batch is undefined, the others answer, whatever the chunk size", async () => {
  const net = chain();
  const reader = await net.reader();
  const factory = net.addresses.uniswapV3?.factory ?? "0x";
  const calls = [
    { target: net.tokens.wrappedNative.address, callData: "0x313ce567" }, // decimals()
    { target: factory, callData: "0xdeadbeef" },
    { target: net.token("USDC").address, callData: "0x313ce567" },
  ] as const;
  for (const callsPerRequest of [1, 2, 40]) {
    const results = await aggregate(reader, calls, { callsPerRequest });
    expect(results.map((data) => (data === undefined ? undefined : BigInt(data)))).toEqual([18n, undefined, 6n]);
  }
});
