import { expect, test } from "vitest";
import { mask } from "./mask.ts";
import { toUnderstanding } from "./toUnderstanding.ts";

/** A swap of USDC for ETH whose amount is written in the given form, after "swap <first> usdc for eth". */
function read(first: string, last: string, amount: unknown) {
  const messages = [
    { role: "user", content: `swap ${first} for eth` },
    { role: "assistant", content: "Plan: 77 USDC for 0.02 ETH. Approve?" },
    { role: "user", content: last },
  ] as const;
  const action = { type: "swap", sell: "T1", buy: "T2", amount, side: "sell", limit: null };
  return toUnderstanding({ kind: "act", actions: [action], constraints: [] }, mask(messages), messages).understanding;
}

test.each([
  ["100 usdc", "double it", { double: "N1" }, "token", "200"],
  ["0.4 usdc", "twice as much please", { double: "N1" }, "token", "0.8"],
  ["100 usdc", "no, triple that", { triple: "N1" }, "token", "300"],
  ["1k usdc", "that's a zero too many", { tenth: "N1" }, "token", "100"],
  ["100 usdc", "forgot a zero", { tenfold: "N1" }, "token", "1000"],
  ["1k usdc", "half of that", { share: ["F1", "N1"] }, "token", "500"],
  ["$1k of usdc", "add another 500", { add: ["N1", "N2"] }, "usd", "1500"],
  ["1k usdc", "200 less", { less: ["N1", "N2"] }, "token", "800"],
  ["$1k of usdc", "$200 less", { less: ["N1", "N2"] }, "usd", "800"],
  ["100 usdc", "üç katı", { triple: "N1" }, "token", "300"],
])("default: %s, then %s", (first, last, amount, unit, value) => {
  expect(read(first, last, amount)).toMatchObject({ kind: "act", intent: { actions: [{ amount: { unit, value } }] } });
});

test.each([
  ["no such word", "100 usdc", "make it dai", { double: "N1" }],
  ["an assistant's figure", "some usdc", "double it", { double: "N1" }],
  ["less than nothing", "100 usdc", "200 less", { less: ["N1", "N2"] }],
  ["the change is no word of the last message", "100 usdc", "add more", { add: ["N1", "N1"] }],
  ["a percentage taken off a count", "1000 usdc", "10% less", { less: ["N1", "N2"] }],
  ["dollars added to a count", "2 usdc", "add $500", { add: ["N1", "N2"] }],
  ["the figure is no earlier one", "100 usdc", "double check, then swap 50 usdc for eth", { double: "N2" }],
  ["a percent as base", "50% of my usdc", "double it", { double: "N1" }],
])("error: DraftInvalidError becomes a question: %s", (_, first, last, amount) => {
  expect(read(first, last, amount)).toMatchObject({ kind: "clarify" });
});
