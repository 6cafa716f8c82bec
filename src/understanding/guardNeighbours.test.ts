import { expect, test } from "vitest";
import { mask } from "./mask.ts";
import { toUnderstanding } from "./toUnderstanding.ts";

const swap = (sell: string, buy: string, number: string, side = "sell") => ({
  type: "swap",
  sell,
  buy,
  amount: { token: number },
  side,
  limit: null,
});
const read = (content: string, ...actions: readonly object[]) => {
  const messages = [{ role: "user", content }] as const;
  return toUnderstanding({ kind: "act", actions, constraints: [] }, mask(messages), messages).understanding;
};
const asksAmount = { kind: "clarify", missing: ["amount"] };

test("behavior: a number counts the token it stands before", () => {
  const text = "buy 10 link and 15 uni with usdc";
  expect(read(text, swap("T3", "T1", "N1", "buy"), swap("T2", "T3", "N2", "buy"))).toMatchObject(asksAmount);
  expect(read("swap 2 eth worth of usdc into dai", swap("T2", "T3", "N1"))).toMatchObject(asksAmount);
});

test.each(["swap two to three hundred usdc for eth", "swap 100 or 200 usdc to eth", "swap 100 - 200 usdc to eth"])(
  "behavior: a range is no amount: %s",
  (text) => {
    expect(read(text, swap("T1", "T2", "N1"))).toMatchObject(asksAmount);
    expect(read(text, swap("T1", "T2", "N2"))).toMatchObject(asksAmount);
  },
);

test("default: numbers beside their tokens", () => {
  const text = "buy 10 link and 15 uni with usdc";
  expect(read(text, swap("T3", "T1", "N1", "buy"), swap("T3", "T2", "N2", "buy"))).toMatchObject({ kind: "act" });
  expect(read("swap 100 usdc to eth", swap("T1", "T2", "N1"))).toMatchObject({ kind: "act" });
  expect(read("swap 200, no, 300 usdc to eth", swap("T1", "T2", "N2"))).toMatchObject({ kind: "act" });
  const wrap = { type: "swap", sell: "unwrapped", buy: "T1", amount: { token: "N1" }, side: "sell", limit: null };
  expect(read("give me 2 weth for my ether", wrap)).toMatchObject({ kind: "act" });
});
