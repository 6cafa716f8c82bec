import { describe, expect, test } from "vitest";
import type { Quote } from "../../domain/quote.ts";
import type { Token } from "../../domain/token.ts";
import { LimitPriceError, MinReceiveError } from "../errors.ts";
import type { Route } from "../types.ts";
import { holdLimit, holdMinReceive } from "./priceGuard.ts";

const token = (symbol: string, decimals: number, stable: boolean): Token => ({
  chainId: 1,
  address: `0x${symbol.charCodeAt(0).toString(16).padStart(40, "0")}`,
  symbol,
  name: symbol,
  decimals,
  stable,
});
const weth = token("WETH", 18, false);
const usdc = token("USDC", 6, true);
const ONE = 10n ** 18n;

type Part = { readonly pays: bigint; readonly gets: bigint; readonly floor?: bigint; readonly maxPays?: bigint };

function route(side: "sell" | "buy", sell: Token, buy: Token, parts: readonly Part[]): Route {
  const quotes = parts.map(
    ({ pays, gets, ...limits }): Quote => ({
      protocol: "uniswap-v3",
      action: { type: "swap", side, sell, buy, legs: [], slippageBps: 50 },
      block: 1n,
      pays: [{ token: sell, amount: pays }],
      gets: [{ token: buy, amount: gets }],
      approvals: [{ token: sell, spender: weth.address, amount: limits.maxPays ?? pays }],
      gas: 0n,
      ...limits,
    }),
  );
  const sum = (pick: (part: Part) => bigint) => parts.reduce((total, part) => total + pick(part), 0n);
  return { quotes, totalPays: sum((part) => part.pays), totalGets: sum((part) => part.gets), alternatives: [] };
}

describe("holdLimit", () => {
  const selling = route("sell", weth, usdc, [{ pays: ONE, gets: 3_000_000000n, floor: 2_985_000000n }]);
  const sold = { sell: weth, buy: usdc, side: "sell" } as const;

  test("default", () => {
    expect(holdLimit(selling, sold, "2990").quotes[0]?.floor).toBe(2_990_000000n);
  });

  test("behavior: a floor above the limit stays", () => {
    expect(holdLimit(selling, sold, "2500")).toBe(selling);
  });

  test("error: LimitPriceError below the price to sell at", () => {
    expect(() => holdLimit(selling, sold, "3000.01")).toThrow(LimitPriceError);
  });

  test("behavior: buying, the limit is the most that one unit may cost", () => {
    const buying = route("sell", usdc, weth, [{ pays: 3_000_000000n, gets: ONE, floor: (ONE * 995n) / 1000n }]);
    const pair = { sell: usdc, buy: weth, side: "sell" } as const;
    expect(holdLimit(buying, pair, "3000").quotes[0]?.floor).toBe(ONE);
    expect(() => holdLimit(buying, pair, "2999")).toThrow(LimitPriceError);
  });

  test("behavior: exact output lowers the ceiling and the approval with it", () => {
    const buying = route("buy", usdc, weth, [{ pays: 3_000_000000n, gets: ONE, maxPays: 3_015_000000n }]);
    const [quote] = holdLimit(buying, { sell: usdc, buy: weth, side: "buy" }, "3005").quotes;
    expect(quote?.maxPays).toBe(3_005_000000n);
    expect(quote?.approvals[0]?.amount).toBe(3_005_000000n);
  });

  test("behavior: the parts of a split route together demand the limit", () => {
    const split = route("sell", weth, usdc, [
      { pays: ONE, gets: 2_999_000001n, floor: 2_900_000000n },
      { pays: 2n * ONE, gets: 6_001_000000n, floor: 5_900_000000n },
    ]);
    const floors = holdLimit(split, sold, "2999.5").quotes.map((quote) => quote.floor ?? 0n);
    expect((floors[0] ?? 0n) + (floors[1] ?? 0n)).toBeGreaterThanOrEqual(8_998_500000n);
    expect(floors[0]).toBeLessThanOrEqual(2_999_000001n);
  });
});

describe("holdMinReceive", () => {
  const selling = route("sell", weth, usdc, [{ pays: ONE, gets: 3_000_000000n, floor: 2_985_000000n }]);

  test("default", () => {
    expect(holdMinReceive(selling, usdc, "2999").quotes[0]?.floor).toBe(2_999_000000n);
  });

  test("error: MinReceiveError", () => {
    expect(() => holdMinReceive(selling, usdc, "3000.000001")).toThrow(MinReceiveError);
  });
});
