import { expect, test } from "vitest";
import { mask } from "./mask.ts";
import { toUnderstanding } from "./toUnderstanding.ts";

const swap = { type: "swap", sell: "T1", buy: "T2", amount: { token: "N1" }, side: "sell", limit: null };
const read = (content: string, constraints: readonly object[]) => {
  const messages = [{ role: "user", content }] as const;
  return toUnderstanding({ kind: "act", actions: [swap], constraints }, mask(messages), messages).understanding;
};

test.each([
  ["swap 100 usdc to eth, slippage 0.1%", [{ slippage: "N2" }]],
  ["swap 100 usdc to eth if gas stays under $4", [{ gas: "N2" }]],
  ["swap 100 usdc to eth, at most 20 bps slippage", [{ slippage: "N2" }]],
] as const)("behavior: a limit that the draft drops is asked for: %s", (text, constraints) => {
  expect(read(text, [])).toMatchObject({ kind: "clarify", missing: ["condition"] });
  expect(read(text, constraints)).toMatchObject({ kind: "act" });
});

test("default: figures that limit nothing do not stand in the way", () => {
  expect(read("swap 100 usdc to eth, 3 things are on my list today", [])).toMatchObject({ kind: "act" });
});

test.each([
  ["swap 100 usdc to eth, slippage 99%, idc", "refuse"],
  ["swap 100 usdc to eth, slippage 21%", "refuse"],
  ["swap 100 usdc to eth, slippage 20%", "act"],
] as const)("behavior: extreme slippage is refused: %s", (text, kind) => {
  expect(read(text, [{ slippage: "N2" }])).toMatchObject({ kind });
});
