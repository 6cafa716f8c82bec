import { parseUnits } from "viem";
import { expect, test } from "vitest";
import { readBalances } from "../../src/chain/balances.ts";
import { approveCall } from "../../src/chain/erc20.ts";
import { oraclePrices } from "../../src/chain/prices.ts";
import type { Reader } from "../../src/chain/reader.ts";
import { sameToken } from "../../src/domain/token.ts";
import { InsufficientLiquidityError, NoRouteError } from "../../src/planner/routes/errors.ts";
import { type FoundRoute, findRoute } from "../../src/planner/routes/findRoute.ts";
import { approvalGas, gasValuer } from "../../src/planner/routes/gasValue.ts";
import { type Candidate, findPaths } from "../../src/planner/routes/paths.ts";
import type { RouteRequest } from "../../src/planner/types.ts";
import { isSwapVenue, type PathQuote } from "../../src/protocols/swapVenue.ts";
import { type TestChain, withDevnet } from "../setup/devnet.ts";

const chain = withDevnet();

type Ask = { readonly sell: string; readonly buy: string; readonly side?: "sell" | "buy"; readonly amount: string };

async function request(net: TestChain, ask: Ask): Promise<RouteRequest> {
  const reader = await net.reader();
  const prices = await oraclePrices(
    reader,
    reader.tokens.all.map((token) => token.address),
  );
  const [sell, buy, side] = [net.token(ask.sell), net.token(ask.buy), ask.side ?? "sell"];
  return {
    reader,
    protocols: net.protocols,
    sell,
    buy,
    side,
    amount: parseUnits(ask.amount, (side === "sell" ? sell : buy).decimals),
    slippageBps: 50,
    gasPriceWei: reader.gasPriceWei,
    pricesUsdE8: new Map([...prices].map(([address, { usdE8 }]) => [address, usdE8])),
  };
}

/** Net value of a route, gas in the token that varies: got minus gas, or minus (paid plus gas). */
function net(route: FoundRoute, asked: RouteRequest): bigint {
  const value = gasValuer(asked, undefined);
  if (value === undefined) throw new Error("no price for gas");
  const gas = route.quotes.reduce((sum, quote) => sum + quote.gas + approvalGas(asked), 0n);
  return asked.side === "sell" ? route.totalGets - value(gas) : -(route.totalPays + value(gas));
}

/**
 * Brute force: every path priced at every percent on the chain, then the best of all splits in 1 % steps over every
 * choice of paths without a common pool, found by trying each path with each share in turn (branches that share a
 * remainder and the same pools left are merged, which changes no result).
 */
async function bruteForce(asked: RouteRequest): Promise<bigint> {
  const venues = asked.protocols.filter(isSwapVenue);
  const candidates = await findPaths({ reader: asked.reader, venues, sell: asked.sell, buy: asked.buy });
  const curves = await Promise.all(candidates.map((candidate) => curve(asked, candidate)));
  const value = gasValuer(asked, undefined);
  if (value === undefined) throw new Error("no price for gas");
  let best: bigint | undefined;
  for (let mask = 1; mask < 2 ** venues.length; mask++) {
    const allowed = venues.filter((_, index) => (mask >> index) & 1);
    const base = value(allowed.reduce((sum, venue) => sum + venue.baseGas + approvalGas(asked), 0n));
    let states = new Map<string, { left: number; used: ReadonlySet<string>; total: bigint }>();
    states.set("", { left: 100, used: new Set(), total: 0n });
    candidates.forEach((candidate, at) => {
      if (!allowed.includes(candidate.venue)) return;
      const later = candidates.slice(at + 1).flatMap((other) => other.path.pools.map((pool) => pool.id));
      const next: typeof states = new Map();
      const keep = (left: number, used: ReadonlySet<string>, total: bigint): void => {
        const matters = [...used].filter((pool) => later.includes(pool)).sort();
        const key = `${left}|${matters.join()}`;
        const rival = next.get(key);
        if (rival === undefined || total > rival.total) next.set(key, { left, used: new Set(matters), total });
      };
      for (const { left, used, total } of states.values()) {
        keep(left, used, total);
        if (candidate.path.pools.some((pool) => used.has(pool.id))) continue;
        const taken = new Set([...used, ...candidate.path.pools.map((pool) => pool.id)]);
        for (let share = 1; share <= left; share++) {
          const quote = curves[at]?.[share];
          if (quote === undefined) continue;
          const worth = asked.side === "sell" ? quote.amount : -quote.amount;
          keep(left - share, taken, total + worth - value(quote.gas));
        }
      }
      states = next;
    });
    for (const { left, total } of states.values())
      if (left === 0 && (best === undefined || total - base > best)) best = total - base;
  }
  if (best === undefined) throw new Error("brute force found nothing");
  return best;
}

/** [percent] → price; index 0 unused. */
async function curve(asked: RouteRequest, { venue, path }: Candidate): Promise<readonly (PathQuote | undefined)[]> {
  const percents = Array.from({ length: 100 }, (_, index) => BigInt(index + 1));
  const amounts = percents.map((percent) => ({ path, amount: (asked.amount * percent) / 100n }));
  return [undefined, ...(await venue.quotePaths(asked.reader, asked.side, amounts))];
}

/** Five sizes: a small trade up to half of what the deepest pool of the pair holds. */
const halfPool = async (reader: Reader, protocols: TestChain["protocols"], a: string, b: string) => {
  const [tokenA, tokenB] = [reader.tokens.bySymbol(a), reader.tokens.bySymbol(b)];
  if (tokenA === undefined || tokenB === undefined) throw new Error("unknown token");
  const markets = (await Promise.all(protocols.filter(isSwapVenue).map((venue) => venue.markets(reader)))).flat();
  const pools = markets.flatMap((market) =>
    market.kind === "swap" && [tokenA, tokenB].every((token) => market.tokens.some((end) => sameToken(end, token)))
      ? [market.id as `0x${string}`]
      : [],
  );
  const held = await Promise.all(
    pools.map((pool) =>
      reader.client.readContract({
        address: tokenA.address,
        abi: [
          {
            type: "function",
            name: "balanceOf",
            stateMutability: "view",
            inputs: [{ type: "address" }],
            outputs: [{ type: "uint256" }],
          },
        ],
        functionName: "balanceOf",
        args: [pool],
        blockNumber: reader.block,
      }),
    ),
  );
  const [deepest = 0n] = held.sort((a, b) => (a > b ? -1 : 1));
  return deepest / 2n;
};

const pairs: readonly (Omit<Ask, "amount"> & { readonly sizes: readonly string[] })[] = [
  { sell: "WETH", buy: "USDC", sizes: ["0.05", "2", "20", "200"] },
  { sell: "USDC", buy: "WETH", side: "buy", sizes: ["0.05", "2", "20", "200"] },
  { sell: "WBTC", buy: "USDT", sizes: ["0.001", "0.1", "1", "5"] },
];

test.each(pairs)(
  "default: $sell to $buy reaches 99.9 % of brute force at five sizes",
  { timeout: 300_000 },
  async (pair) => {
    const first = await request(chain(), { ...pair, amount: "1" });
    const fixed = pair.side === "buy" ? first.buy : first.sell;
    const half = await halfPool(
      first.reader,
      first.protocols,
      pair.side === "buy" ? pair.buy : pair.sell,
      pair.side === "buy" ? pair.sell : "WETH" === pair.sell ? pair.buy : "WETH",
    );
    const amounts = [...pair.sizes.map((size) => parseUnits(size, fixed.decimals)), half];
    for (const amount of amounts) {
      const asked = { ...first, amount };
      const begun = performance.now();
      const route = await findRoute(asked);
      const took = performance.now() - begun;
      const best = await bruteForce(asked);
      const found = net(route, asked);
      const ratio = Number((found * 1_000_000n) / best) / 10_000;
      console.log(
        `${pair.side ?? "sell"} ${pair.sell}/${pair.buy} ${amount}: ${ratio} % of brute force, ${took.toFixed(0)} ms`,
      );
      if (asked.side === "sell") expect(found * 1000n).toBeGreaterThanOrEqual(best * 999n);
      else expect(found * 999n).toBeGreaterThanOrEqual(best * 1000n); // both negative: costs
      const total = asked.side === "sell" ? route.totalPays : route.totalGets;
      expect(total).toBe(amount);
    }
  },
);

test.each([
  { sell: "ETH", buy: "USDC", amount: "95" },
  { sell: "ETH", buy: "USDC", side: "buy", amount: "280000" },
] as const)("behavior: executing all quotes for $amount of $sell to $buy moves the totals to the unit", async (ask) => {
  const net = chain();
  const asked = await request(net, ask);
  const route = await findRoute(asked);
  expect(route.quotes.flatMap(({ action }) => (action.type === "swap" ? action.legs : [])).length).toBeGreaterThan(1);
  const moved = [asked.sell, asked.buy];
  const before = await readBalances(asked.reader, net.owner.address, moved);
  let gasWei = 0n;
  for (const quote of route.quotes) {
    const venue = net.protocols.find(({ id }) => id === quote.protocol);
    const calls = [
      ...quote.approvals.map(({ token, spender, amount }) => approveCall(token.address, spender, amount)),
      ...(venue?.calls(quote, net.owner.address, asked.reader.timestamp + 600n) ?? []),
    ];
    for (const call of calls) {
      const receipt = await net.send(call);
      expect(receipt.status).toBe("success");
      gasWei += receipt.gasUsed * receipt.effectiveGasPrice;
    }
  }
  const after = await readBalances(await net.reader(), net.owner.address, moved);
  const delta = (index: number) => (after[index]?.amount ?? 0n) - (before[index]?.amount ?? 0n);
  expect(delta(0) + (ask.sell === "ETH" ? gasWei : 0n)).toBe(-route.totalPays);
  expect(delta(1)).toBe(route.totalGets);
});

test("behavior: one unit, and shares below one unit, are routed or refused by name", async () => {
  const bought = await findRoute(
    await request(chain(), { sell: "USDC", buy: "WETH", side: "buy", amount: "0.000000000000000001" }),
  );
  expect(bought.totalGets).toBe(1n);
  const sold = await findRoute(await request(chain(), { sell: "WBTC", buy: "DAI", amount: "0.00000001" }));
  expect(sold.totalPays).toBe(1n);
  const nothing = findRoute(await request(chain(), { sell: "WETH", buy: "USDC", amount: "0.000000000000000001" }));
  await expect(nothing).rejects.toBeInstanceOf(InsufficientLiquidityError);
});

test("behavior: denied protocols are not used", async () => {
  const asked = await request(chain(), { sell: "WETH", buy: "USDC", amount: "200" });
  const only = await findRoute({ ...asked, allow: ["uniswap-v2"] });
  expect(only.quotes.map((quote) => quote.protocol)).toEqual(["uniswap-v2"]);
  const without = await findRoute({ ...asked, deny: ["uniswap-v2"] });
  expect(without.quotes.map((quote) => quote.protocol)).toEqual(["uniswap-v3"]);
  expect(without.totalGets).toBeGreaterThan(only.totalGets);
  await expect(findRoute({ ...asked, allow: ["aave-v3"] })).rejects.toBeInstanceOf(NoRouteError);
});

test("error: NoRouteError for an asset without pools, for ETH to WETH and for nothing", async () => {
  for (const ask of [
    { sell: "stETH", buy: "USDC", amount: "1" },
    { sell: "ETH", buy: "WETH", amount: "1" },
    { sell: "ETH", buy: "USDC", amount: "0" },
  ])
    await expect(findRoute(await request(chain(), ask))).rejects.toBeInstanceOf(NoRouteError);
});

test("error: InsufficientLiquidityError when the pools hold less than is asked for", async () => {
  const asked = await request(chain(), { sell: "USDC", buy: "WETH", side: "buy", amount: "10000000" });
  await expect(findRoute(asked)).rejects.toBeInstanceOf(InsufficientLiquidityError);
});
