import { expect, test } from "vitest";
import type { Effect } from "../src/domain/effect.ts";
import type { Quote } from "../src/domain/quote.ts";
import { DAI, NOW, OWNER, ROUTER, testEvidence, USDC } from "./lib/testEvidence.ts";
import { slippageFloor } from "./slippageFloor.ts";

type Swap = Extract<Effect, { type: "swap" }>;
const path = { tokens: [USDC, DAI], pools: [{ id: "p", feePips: 500 }] };

function quote(side: "sell" | "buy", amount: bigint): Quote {
  const action = { type: "swap", side, sell: USDC, buy: DAI, legs: [{ path, amount }], slippageBps: 50 } as const;
  const terms = { pays: [{ token: USDC, amount: 1_000_000n }], gets: [{ token: DAI, amount: 1_000_000n }] };
  return { protocol: "t", action, block: 100n, ...terms, approvals: [], gas: 1n };
}

function judge(
  swap: Partial<Swap>,
  options: { readonly quotes?: readonly Quote[]; readonly maxSlippageBps?: string } = {},
) {
  const effect: Swap = {
    type: "swap",
    protocol: "t",
    side: "sell",
    sell: USDC.address,
    buy: DAI.address,
    sellAmount: 1_000_000n,
    buyAmount: 990_000n,
    recipient: OWNER,
    deadlineSeconds: NOW + 600n,
    ...swap,
  };
  const { maxSlippageBps, quotes = [quote(effect.side, 1_000_000n)] } = options;
  const actions = [{ type: "swap", sell: "USDC", buy: "DAI", amount: { unit: "all" }, side: "sell" } as const];
  const intent = { actions, ...(maxSlippageBps && { constraints: { maxSlippageBps } }) };
  return slippageFloor.check(testEvidence([{ to: ROUTER, effect }], { quotes, intent }), 100);
}

test.each<[string, Partial<Swap>, number]>([
  ["floor exactly at the limit", { buyAmount: 990_000n }, 0],
  ["floor one unit below the limit", { buyAmount: 989_999n }, 1],
  ["no floor", { buyAmount: 0n }, 1],
  ["ceiling exactly at the limit", { side: "buy", sellAmount: 1_010_000n, buyAmount: 1_000_000n }, 0],
  ["ceiling one unit above the limit", { side: "buy", sellAmount: 1_010_001n, buyAmount: 1_000_000n }, 1],
  ["deadline over", { deadlineSeconds: NOW }, 1],
  ["deadline one second ahead", { deadlineSeconds: NOW + 1n }, 0],
  ["deadline later than the plan's", { deadlineSeconds: NOW + 601n }, 1],
  ["quoted for another amount", { sellAmount: 999_999n }, 1],
  ["quoted by another protocol", { protocol: "u" }, 1],
])("behavior: %s", (_, swap, expected) => {
  expect(judge(swap)).toHaveLength(expected);
});

test("behavior: no deadline in the calldata", () => {
  const evidence = testEvidence(
    [
      {
        to: ROUTER,
        effect: {
          type: "swap",
          protocol: "t",
          side: "sell",
          sell: USDC.address,
          buy: DAI.address,
          sellAmount: 1_000_000n,
          buyAmount: 1_000_000n,
          recipient: OWNER,
        },
      },
    ],
    { quotes: [quote("sell", 1_000_000n)] },
  );
  const [finding, another] = slippageFloor.check(evidence, 100);
  expect([finding?.code, finding?.severity, another]).toEqual(["slippage-floor.no-deadline", "block", undefined]);
});

test("behavior: a floor of nothing has a code of its own and blocks", () => {
  expect(judge({ buyAmount: 0n })).toMatchObject([{ code: "slippage-floor.no-floor", severity: "block" }]);
});

test("behavior: the owner's own limit is kept where it is stricter than the mandate, and not where it is looser", () => {
  expect(judge({ buyAmount: 995_000n }, { maxSlippageBps: "50" })).toHaveLength(0);
  expect(judge({ buyAmount: 994_999n }, { maxSlippageBps: "50" })).toHaveLength(1);
  expect(judge({ buyAmount: 980_000n }, { maxSlippageBps: "300" })).toHaveLength(1);
});

test("behavior: a swap without any quote", () => {
  expect(judge({}, { quotes: [] })).toHaveLength(1);
});
