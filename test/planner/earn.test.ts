import { parseAbi } from "viem";
import { expect, test } from "vitest";
import { oraclePrices } from "../../src/chain/prices.ts";
import { actAs } from "../../src/devnet/actAs.ts";
import { IntendantError } from "../../src/domain/error.ts";
import type { LendMarket } from "../../src/domain/market.ts";
import { isNative, type Token } from "../../src/domain/token.ts";
import { AlreadyBestError } from "../../src/planner/errors.ts";
import { findRoute } from "../../src/planner/routes/findRoute.ts";
import type { FindRoute } from "../../src/planner/types.ts";
import { MarketFrozenError } from "../../src/protocols/shared/lendingErrors.ts";
import { withDevnet } from "../setup/devnet.ts";
import { directRoute } from "./directRoute.ts";
import { planOn } from "./planOn.ts";
import { allowancesLeft, runPlan } from "./runPlan.ts";

const chain = withDevnet();
const WAD = 10 ** 18;
const APPROVE_GAS = 60_000n;

type Found = { readonly label: string; readonly net: number };

/** Every stablecoin market in turn, with floating-point sums of its own: shares no code with the planner's ranking. */
async function exhaustive(route: FindRoute, source: Token, amount: bigint): Promise<readonly Found[]> {
  const reader = await chain().reader();
  const { protocols } = chain();
  const markets = (await Promise.all(protocols.map((one) => one.markets(reader)))).flat();
  const stable = markets.filter((one): one is LendMarket => one.kind === "lend" && one.asset.stable && one.canSupply);
  const results: Found[] = [];
  const routes = oncePerAsset(route);
  for (const market of stable) {
    try {
      results.push({ label: market.label, net: await netOf({ route: routes, source, amount, market }) });
    } catch (error) {
      if (!(error instanceof IntendantError)) throw error; // a refusal at this size
    }
  }
  return results.sort((a, b) => b.net - a.net);
}

function oncePerAsset(route: FindRoute): FindRoute {
  const known = new Map<string, ReturnType<FindRoute>>();
  return (request) => {
    const found = known.get(request.buy.address) ?? route(request);
    known.set(request.buy.address, found);
    return found;
  };
}

type Way = { readonly route: FindRoute; readonly source: Token; readonly amount: bigint; readonly market: LendMarket };

async function netOf({ route, source, amount, market }: Way): Promise<number> {
  const reader = await chain().reader();
  const { protocols, owner, tokens } = chain();
  const [sourceE8, assetE8, coinE8] = await Promise.all([source, market.asset, tokens.native].map(priceE8));
  const same = market.asset.address === source.address;
  const pricesUsdE8 = new Map([
    [source.address, sourceE8 ?? 0n],
    [market.asset.address, assetE8 ?? 0n],
    [tokens.native.address, coinE8 ?? 0n],
  ]);
  const pair = { sell: source, buy: market.asset, side: "sell" as const, amount, slippageBps: 50 };
  const swap = same
    ? { totalGets: amount, quotes: [] }
    : await route({ ...pair, reader, protocols, gasPriceWei: reader.gasPriceWei, pricesUsdE8 });
  const action = { type: "supply", marketId: market.id, asset: market.asset, amount: swap.totalGets } as const;
  const protocol = protocols.find((one) => one.id === market.protocol);
  const quote = await protocol?.quote(reader, action, owner.address);
  const swapGas = swap.quotes.reduce((sum, one) => sum + one.gas + (isNative(source) ? 0n : APPROVE_GAS), 0n);
  const gas = swapGas + (quote?.gas ?? 0n) + APPROVE_GAS;
  const usd = (value: bigint, decimals: number, price = 0n) => (Number(value) / 10 ** decimals) * (Number(price) / 1e8);
  const given = usd(amount, source.decimals, sourceE8);
  const arrives = usd(swap.totalGets, market.asset.decimals, assetE8);
  const cost = given - arrives + usd(gas * reader.gasPriceWei, 18, coinE8);
  return Number(quote?.apyAfterWad ?? market.supplyApyWad) / WAD - (cost / given) * (365 / 30);
}

async function priceE8(token: Token): Promise<bigint> {
  const found = await oraclePrices(await chain().reader(), [token.address]);
  return found.get(token.address)?.usdE8 ?? 0n;
}

test.each([
  ["ETH", "0.3333"],
  ["USDC", "15000"],
  ["ETH", "60"],
])("behavior: earn from %s %s picks the best of an exhaustive search", async (symbol, value) => {
  const source = symbol === "ETH" ? chain().tokens.native : chain().token(symbol);
  const amount = { unit: "token", value };
  const plan = await planOn(chain(), { actions: [{ type: "earn", source: symbol, asset: "any:stablecoin", amount }] });
  const base = plan.resolutions[0]?.amount ?? 0n;
  const found = await exhaustive(findRoute, source, base);
  const nets = new Map(plan.alternatives.map((one) => [one.label, Number(one.netApyWad) / WAD]));
  const chosen = plan.alternatives.find((one) => one.chosen && one.netApyWad !== undefined);
  expect(found.length).toBeGreaterThan(4);
  expect(chosen?.label).toBe(found[0]?.label);
  for (const { label, net } of found) expect(nets.get(label)).toBeCloseTo(net, 6);
  const [direct] = await exhaustive(directRoute, source, base);
  expect(direct?.net).toBeLessThanOrEqual((found[0]?.net ?? 0) + 1e-6);
});

test("default", async () => {
  const actions = [{ type: "earn", source: "ETH", asset: "any:stablecoin", amount: { unit: "usd", value: "1000" } }];
  const plan = await planOn(chain(), { actions });
  const run = await runPlan(chain(), plan, chain().owner);
  const market = plan.alternatives.find((one) => one.chosen && one.netApyWad !== undefined);
  const reader = await chain().reader();
  const protocol = chain().protocols.find((one) => one.id === market?.protocol);
  const positions = (await protocol?.positions(reader, chain().owner.address)) ?? [];
  const entry = positions.flatMap((one) =>
    one.supplied.map((held) => ({ ...held, id: one.marketId ?? held.asset.address })),
  );
  const held = entry.find((one) => one.id === market?.marketId);
  const asset = held?.asset.address ?? "0x";
  expect(-run.net(chain().tokens.native.address)).toBe(plan.resolutions[0]?.amount);
  expect(held?.amount).toBeGreaterThan(0n);
  expect(run.net(asset)).toBe(0n);
  expect(await allowancesLeft(chain(), plan)).toSatisfy((left: bigint[]) => left.every((one) => one === 0n));
});

test("behavior: a frozen market and a cap reached are listed with their reason, and not used", async () => {
  const { client, devnet } = chain();
  const { aaveV3, spark, deployer } = devnet.deployment;
  const abi = parseAbi(["function setReserveFreeze(address,bool)", "function setSupplyCap(address,uint256)"]);
  const usdc = chain().token("USDC").address;
  await actAs(client, deployer, { to: aaveV3.poolConfigurator, abi, fn: "setReserveFreeze", args: [usdc, true] });
  await actAs(client, deployer, { to: spark.poolConfigurator, abi, fn: "setSupplyCap", args: [usdc, 1n] });
  const amount = { unit: "token", value: "20000" };
  const plan = await planOn(chain(), { actions: [{ type: "earn", source: "USDC", asset: "USDC", amount }] });
  const reasons = new Map(plan.alternatives.map((one) => [one.label, one.reason]));
  expect(plan.calls.map((call) => call.role)).toEqual(["approve", "action"]);
  expect(reasons.get("Aave v3 USDC")).toContain("frozen");
  expect(reasons.get("Spark USDC")).toContain("cap");
  await expect(
    planOn(chain(), { actions: [{ type: "supply", asset: "USDC", amount, protocol: "aave-v3" }] }),
  ).rejects.toBeInstanceOf(MarketFrozenError);
});

test("behavior: move without a goal goes where it yields most, and stays when it is there already", async () => {
  const supply = { type: "supply", asset: "USDC", amount: { unit: "token", value: "10000" }, protocol: "aave-v3" };
  await runPlan(chain(), await planOn(chain(), { actions: [supply] }), chain().owner);
  const move = { actions: [{ type: "move", asset: "USDC", amount: { unit: "all" } }] };
  const plan = await planOn(chain(), move);
  const best = plan.alternatives.find((one) => one.chosen);
  const nets = plan.alternatives.flatMap((one) => one.netApyWad ?? []);
  expect(nets.every((net) => net <= (best?.netApyWad ?? 0n))).toBe(true);
  await runPlan(chain(), plan, chain().owner);
  await expect(planOn(chain(), move)).rejects.toBeInstanceOf(AlreadyBestError);
});
