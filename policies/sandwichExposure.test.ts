import { expect, test } from "vitest";
import type { Effect } from "../src/domain/effect.ts";
import type { Evidence, PathDepth } from "../src/domain/evidence.ts";
import type { Quote } from "../src/domain/quote.ts";
import { poolOut } from "./lib/sandwich.ts";
import { DAI, OWNER, ROUTER, testEvidence, USDC } from "./lib/testEvidence.ts";
import { sandwichExposure } from "./sandwichExposure.ts";

const DOLLAR = 1_000_000n;
const ETHER = 10n ** 18n;
const rule = { noteUsd: "5", warnUsd: "100" };
const pool = { pool: "0x01", feePips: 500, reserveIn: 1_000_000n * DOLLAR, reserveOut: 1_000_000n * ETHER } as const;

type Case = {
  readonly dollars: bigint;
  readonly slippageBps: bigint;
  readonly side?: "sell" | "buy";
  readonly evidence?: Partial<Evidence>;
};

function judge({ dollars, slippageBps, side = "sell", evidence = {} }: Case) {
  const pays = dollars * DOLLAR;
  const gets = poolOut(pays, pool.reserveIn, pool.reserveOut, pool.feePips);
  const path = { tokens: [USDC, DAI], pools: [{ id: pool.pool, feePips: pool.feePips }] };
  const legs = [{ path, amount: side === "sell" ? pays : gets }];
  const quote: Quote = {
    protocol: "t",
    action: { type: "swap", side, sell: USDC, buy: DAI, legs, slippageBps: Number(slippageBps) },
    block: 100n,
    pays: [{ token: USDC, amount: pays }],
    gets: [{ token: DAI, amount: gets }],
    approvals: [],
    gas: 1n,
  };
  const effect: Effect = {
    type: "swap",
    protocol: "t",
    side,
    sell: USDC.address,
    buy: DAI.address,
    sellAmount: side === "sell" ? pays : (pays * (10_000n + slippageBps)) / 10_000n,
    buyAmount: side === "sell" ? (gets * (10_000n - slippageBps)) / 10_000n : gets,
    recipient: OWNER,
  };
  const depths: readonly PathDepth[] = [{ quoteIndex: 0, amountIn: pays, pools: [pool] }];
  return sandwichExposure.check(
    testEvidence([{ to: ROUTER, effect }], { quotes: [quote], evidence: { depths, ...evidence } }),
    rule,
  );
}
const severities = (given: Case) => judge(given).map(({ severity }) => severity);

test.each<[string, Case, readonly string[]]>([
  ["a small trade in a deep pool", { dollars: 100n, slippageBps: 50n }, []],
  ["5 % of the pool at half a per cent", { dollars: 50_000n, slippageBps: 50n }, ["warn"]],
  ["the same for an exact output", { dollars: 50_000n, slippageBps: 50n, side: "buy" }, ["warn"]],
  ["1 % of the pool at half a per cent", { dollars: 10_000n, slippageBps: 50n }, ["info"]],
  ["1 % of the pool without slack", { dollars: 10_000n, slippageBps: 0n }, []],
  [
    "gas that costs an attacker more than there is to take",
    { dollars: 10_000n, slippageBps: 50n, evidence: { gasPriceWei: 100n * 10n ** 9n } },
    [],
  ],
  ["pools that could not be read", { dollars: 50_000n, slippageBps: 50n, evidence: { depths: [] } }, []],
])("behavior: %s", (_, given, expected) => {
  expect(severities(given)).toEqual(expected);
});

test("behavior: what can be taken is bounded by the slack, and following the advice leaves nothing to note", () => {
  const [finding] = judge({ dollars: 50_000n, slippageBps: 50n });
  const text = finding?.evidence ?? "";
  const dollars = Number(/up to \$([\d,.]+)/.exec(text)?.[1]?.replace(",", ""));
  // What is taken is 50 bps of what the trade gets, sold back at the price after it: 5 % above the trade's own.
  expect(dollars).toBeLessThanOrEqual(((50_000 * 50) / 10_000) * 1.05);
  const smaller = judge({ dollars: 10_000n, slippageBps: 50n })[0]?.evidence ?? "";
  const limit = BigInt(/limit of (\d+) bps/.exec(smaller)?.[1] ?? "0");
  expect(limit).toBeGreaterThan(0n);
  expect(severities({ dollars: 10_000n, slippageBps: limit })).toEqual([]);
  expect(text).toContain("private relay");
  const parts = /in (\d+) parts/.exec(smaller)?.[1];
  expect(parts).toBeDefined();
  expect(severities({ dollars: 10_000n / BigInt(parts ?? 1), slippageBps: 50n })).toEqual([]);
});
