import { formatGwei, parseUnits } from "viem";
import { expect, test } from "vitest";
import { readBalances } from "../../src/chain/balances.ts";
import { approveCall } from "../../src/chain/erc20.ts";
import { oraclePrices } from "../../src/chain/prices.ts";
import type { LendMarket } from "../../src/domain/market.ts";
import { findRoute } from "../../src/planner/routes/findRoute.ts";
import { formatAmount, formatPercentWad } from "../../src/preview/format.ts";
import { type TestChain, withDevnet } from "../setup/devnet.ts";
import { askOn } from "./askOn.ts";

const chain = withDevnet();
const DEADLINE = 4_000_000_000n;

async function marketOf(net: TestChain, protocol: string, symbol: string): Promise<LendMarket> {
  const markets = await net.protocols.find(({ id }) => id === protocol)?.markets(await net.reader());
  const found = markets?.find((market) => market.kind === "lend" && market.asset.symbol === symbol);
  if (found?.kind !== "lend") throw new TypeError(`no ${symbol} on ${protocol}`);
  return found;
}

test("default: price: the oracle's, with its name; classes, the coin and what no oracle prices", async () => {
  const net = chain();
  const answer = await askOn(net, { topic: "price", asset: "wbtc" });
  const price = (await oraclePrices(await net.reader(), [net.token("WBTC").address])).get(net.token("WBTC").address);
  expect(price?.usdE8).toBe(6_000_000_000_000n);
  expect(answer).toMatchObject({ text: "1 WBTC = $60000.00 (oracle)", source: price?.source });
  expect((await askOn(net, { topic: "price" })).text).toBe("1 ETH = $3000.00 (oracle)");
  expect((await askOn(net, { topic: "price", asset: "any:stablecoin" })).facts).toHaveLength(3);
  expect((await askOn(net, { topic: "price", asset: "stETH" })).text).toBe("No oracle on this chain prices stETH.");
  expect((await askOn(net, { topic: "price", asset: "WBTX" })).text).toContain("Did you mean WBTC?");
});

test("default: gas: the block's price, in dollars for a plain payment", async () => {
  const net = chain();
  const reader = await net.reader();
  const answer = await askOn(net, { topic: "gas" });
  expect(answer.text).toContain(`Gas costs ${formatGwei(reader.gasPriceWei)} gwei per gas now.`);
  const cents = (21_000n * reader.gasPriceWei * 3_000n * 100n) / 10n ** 18n;
  expect(answer.facts[1]).toContain(`($0.${cents.toString().padStart(2, "0")})`);
});

test("default: yield: the rate named for one's own deposit is the rate after really depositing", async () => {
  const net = chain();
  const amount = { unit: "token", value: "15000" } as const;
  const answer = await askOn(net, { topic: "yield", asset: "USDC", amount });
  const before = await marketOf(net, "aave-v3", "USDC");
  const said = answer.facts.find((fact) => fact.startsWith("Aave v3 USDC")) ?? "";
  expect(said).toContain(`${formatPercentWad(before.supplyApyWad)} supply`);
  const [, after = ""] = /supply, (\S+ %) after depositing your 15,000 USDC/.exec(said) ?? [];
  const protocol = net.protocols.find(({ id }) => id === "aave-v3");
  const action = { type: "supply", marketId: before.id, asset: before.asset, amount: 15_000_000_000n } as const;
  const quote = await protocol?.quote(await net.reader(), action, net.owner.address);
  await net.send(approveCall(before.asset.address, quote?.approvals[0]?.spender ?? "0x", 15_000_000_000n));
  for (const call of quote === undefined ? [] : (protocol?.calls(quote, net.owner.address, DEADLINE) ?? []))
    expect((await net.send(call)).status).toBe("success");
  expect(formatPercentWad((await marketOf(net, "aave-v3", "USDC")).supplyApyWad)).toBe(after);
  expect(answer.text).toMatch(/^The best rate now is .* %.*; after your own deposit the best is .* % on .*\./);
});

test("behavior: yield: without an amount it is the wallet's; an empty wallet, a full market and a wrong name are said", async () => {
  const net = chain();
  const own = await askOn(net, { topic: "yield", asset: "DAI", protocol: "spark" });
  expect(own.facts).toEqual([expect.stringMatching(/^Spark DAI: .* after depositing your 20,000 DAI, .* borrow$/)]);
  const empty = await askOn(
    net,
    { topic: "yield", asset: "USDC" },
    { owner: "0x000000000000000000000000000000000000bEEF" },
  );
  expect(empty.text).toContain("Nothing of it is in your wallet");
  expect(empty.facts.join()).not.toContain("after depositing");
  const coin = await askOn(net, { topic: "yield", asset: "ETH", amount: { unit: "percent", value: "50" } });
  expect(coin.facts[0]).toMatch(/after depositing your 50 WETH/);
  const much = { unit: "token", value: "90000000000" } as const;
  const full = await askOn(net, { topic: "yield", asset: "USDC", protocol: "aave-v3", amount: much });
  expect(full.facts[0]).toMatch(/not for your deposit: Aave v3's USDC market takes at most/);
  expect(full.text).toContain("No market here takes that deposit now.");
  const wrong = await askOn(net, { topic: "yield", asset: "LNIK" });
  expect(wrong.text).toContain('No token "LNIK" is listed');
  const none = await askOn(net, { topic: "yield", asset: "UNI", protocol: "erc4626" });
  expect(none).toMatchObject({ text: "No lending market or vault here takes that.", facts: [] });
});

test("default: quote: what really arrives when the route is swapped", async () => {
  const net = chain();
  const answer = await askOn(net, {
    topic: "quote",
    asset: "ETH",
    buy: "USDC",
    amount: { unit: "token", value: "2" },
  });
  const [, promised = ""] = /^2 ETH gives (\S+) USDC now/.exec(answer.text) ?? [];
  const reader = await net.reader();
  const [sell, buy] = [net.tokens.native, net.token("USDC")];
  const route = await findRoute({
    reader,
    protocols: net.protocols,
    sell,
    buy,
    side: "sell",
    amount: parseUnits("2", 18),
    slippageBps: 50,
    gasPriceWei: reader.gasPriceWei,
    pricesUsdE8: new Map([[sell.address, 300_000_000_000n]]),
  });
  const [before] = await readBalances(reader, net.owner.address, [buy]);
  for (const quote of route.quotes) {
    const protocol = net.protocols.find(({ id }) => id === quote.protocol);
    for (const call of protocol?.calls(quote, net.owner.address, DEADLINE) ?? [])
      expect((await net.send(call)).status).toBe("success");
  }
  const [after] = await readBalances(await net.reader(), net.owner.address, [buy]);
  expect(promised).toBe(formatAmount((after?.amount ?? 0n) - (before?.amount ?? 0n), 6));
  expect(answer.facts.join("\n")).toMatch(
    /through uniswap-v\d: .*\nat least .* USDC with 0\.50 % slippage\ngiven \$6000\.00, got \$/,
  );
});

test("behavior: quote: what was not said is assumed aloud; what cannot be quoted is said", async () => {
  const net = chain();
  const ask = async (question: object) => (await askOn(net, { topic: "quote", ...question })).text;
  expect(await ask({ asset: "WBTC" })).toMatch(
    /^1 WBTC gives [\d,.]+ USDC now\. No amount was given, so this is for 1 WBTC\./,
  );
  expect(await ask({ asset: "USDC", buy: "any:stablecoin" })).toMatch(/^1 USDC gives [\d.]+ USDT now/);
  expect(await ask({ asset: "ETH", buy: "WETH" })).toContain("are the same asset: one for one");
  expect(await ask({})).toBe("Say which token would be sold, and for which one.");
  expect(await ask({ asset: "USDC", buy: "WETG" })).toContain("Did you mean WETH?");
  expect(await ask({ asset: "USDC", amount: { unit: "token", value: "0.0000001" } })).toBe("USDC has only 6 decimals.");
  expect(await ask({ asset: "USDC", amount: { unit: "token", value: "0" } })).toBe(
    "That is less than one unit of USDC.",
  );
  expect(await ask({ asset: "USDC", amount: { unit: "token", value: "9".repeat(60) } })).toContain(
    "No token has that much",
  );
  expect(await ask({ asset: "stETH", amount: { unit: "usd", value: "5" } })).toContain(
    "No oracle on this chain prices stETH",
  );
  expect(await ask({ asset: "USDC", amount: { unit: "previous" } })).toBe(
    "Name the amount in USDC, in dollars or as a share.",
  );
  expect(await ask({ asset: "WBTC", amount: { unit: "all" }, buy: "DAI" })).toMatch(/^1 WBTC gives/);
  expect(await ask({ asset: "ETH", buy: "USDC", protocol: "aave-v3" })).toMatch(/^No pools lead from ETH to USDC/);
  const fake = net.devnet.deployment.zoo.impersonatorUSDC?.address ?? "0x";
  expect(await ask({ asset: fake, buy: "ETH" })).toContain('No pools lead from "USDC" (unlisted) to ETH');
});
