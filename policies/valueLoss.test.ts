import { expect, test } from "vitest";
import type { Effect } from "../src/domain/effect.ts";
import type { Token } from "../src/domain/token.ts";
import { DAI, ETH, FRIEND, ODD, OWNER, POOL, ROUTER, type Step, testEvidence, USDC, WETH } from "./lib/testEvidence.ts";
import { valueLoss } from "./valueLoss.ts";

const DOLLAR = 1_000_000n;
const ETHER = 10n ** 18n;
const swap = (sell: Token, paid: bigint, buy: Token, got: bigint): Step => ({
  to: ROUTER,
  effect: {
    type: "swap",
    protocol: "t",
    side: "sell",
    sell: sell.address,
    buy: buy.address,
    sellAmount: paid,
    buyAmount: 1n,
    recipient: OWNER,
  },
  changes: [
    [sell, -paid],
    [buy, got],
  ],
});
const STRAY: Token = { ...ODD, address: "0x3000000000000000000000000000000000000099", symbol: "STRAY" };
const sent: Effect = { type: "transfer", asset: DAI.address, to: FRIEND, amount: 500n * ETHER };
const lent: Effect = { type: "supply", protocol: "t", asset: USDC.address, amount: 1000n * DOLLAR, onBehalfOf: OWNER };

const judge = (...steps: readonly Step[]) =>
  valueLoss
    .check(testEvidence(steps), { warnBps: 1_000, denyBps: 2_000 })
    .map(({ severity, code }) => `${severity} ${code}`);

test.each<[string, readonly Step[], readonly string[]]>([
  ["a fair swap", [swap(USDC, 1000n * DOLLAR, DAI, 998n * ETHER)], []],
  ["a tenth lost", [swap(USDC, 1000n * DOLLAR, DAI, 900n * ETHER)], []],
  ["a hair more than a tenth", [swap(USDC, 1000n * DOLLAR, DAI, 900n * ETHER - 1n)], ["warn value-loss"]],
  ["a fifth lost", [swap(USDC, 1000n * DOLLAR, DAI, 800n * ETHER)], ["warn value-loss"]],
  ["a hair more than a fifth", [swap(USDC, 1000n * DOLLAR, DAI, 800n * ETHER - 1n)], ["danger value-loss"]],
  [
    "three swaps that lose 8 % each",
    [
      swap(USDC, 3000n * DOLLAR, DAI, 2760n * ETHER),
      swap(DAI, 2760n * ETHER, WETH, (ETHER * 8464n) / 10_000n),
      swap(WETH, (ETHER * 8464n) / 10_000n, USDC, (DOLLAR * 23361n) / 10n),
    ],
    ["danger value-loss"],
  ],
  [
    "wrapping",
    [
      {
        to: WETH.address,
        effect: { type: "wrap", amount: ETHER },
        changes: [
          [ETH, -ETHER],
          [WETH, ETHER],
        ],
      },
    ],
    [],
  ],
  [
    "what is sent or lent is not lost",
    [
      swap(USDC, 1000n * DOLLAR, DAI, 998n * ETHER),
      { to: DAI.address, effect: sent, changes: [[DAI, -500n * ETHER]] },
      { to: POOL, effect: lent, changes: [[USDC, -1000n * DOLLAR]] },
    ],
    [],
  ],
  ["something without a price", [swap(USDC, 1000n * DOLLAR, ODD, 5n)], ["block value-loss.no-price"]],
  ["a token on no list: price impact asks about it", [swap(USDC, 1000n * DOLLAR, STRAY, 5n)], []],
  ["a swap that gives nothing", [swap(USDC, 1000n * DOLLAR, DAI, 0n)], ["danger value-loss"]],
])("behavior: %s", (_, steps, expected) => {
  expect(judge(...steps)).toEqual(expected);
});
