import { expect, test } from "vitest";
import { mask } from "./mask.ts";
import { toUnderstanding } from "./toUnderstanding.ts";

/** What a model that reads past the wording drafts. */
const act = (...actions: readonly object[]) => ({ kind: "act", actions, constraints: [] });
const swap = { type: "swap", sell: "T1", buy: "T2", amount: { token: "N1" }, side: "sell", limit: null };
const read = (content: string, draft: object = act(swap)) => {
  const messages = [{ role: "user", content }] as const;
  return toUnderstanding(draft, mask(messages), messages).understanding;
};

test.each([
  ["swap all but 1000 usdc to eth", "amount"],
  ["swap everything except 500 usdc into eth", "amount"],
  ["keep at least 200 usdc and move the others into eth", "amount"],
  ["leave me 100 usdc, the rest into eth", "amount"],
  ["swap minus 100 usdc for eth", "amount"],
  ["swap -100 usdc for eth", "amount"],
  ["swap 1.5k worth of usdc for eth", "amount"],
  ["swap 100 usdc for eth tomorrow morning", "condition"],
  ["in an hour, swap 100 usdc for eth", "condition"],
  ["swap 100 usdc for eth next friday please", "condition"],
  ["should i swap 100 usdc for eth?", "action"],
  ["hmm, would it be smart to swap 100 usdc for eth right now?", "action"],
  ["is now a good time to swap 100 usdc for eth?", "action"],
  ["wouldn't it be better to swap 100 usdc for eth", "action"],
  ["what if i swapped 100 usdc for eth", "action"],
  ["what would happen if I swapped 100 usdc for eth", "action"],
  ["how much would i get for 100 usdc in eth?", "action"],
])("behavior: %s is asked about (%s)", (text, missing) => {
  expect(read(text)).toMatchObject({ kind: "clarify", missing: [missing] });
});

test.each([
  "swap 100 usdc for eth",
  "can you swap 100 usdc for eth?",
  "would you please swap 100 usdc for eth?",
  "should i worry? never mind. swap 100 usdc for eth",
  "swap 100 usdc for eth and keep it in my wallet",
  "why not swap 100 usdc for eth",
  "what if you swapped 100 usdc for eth, go ahead",
  "i need it by tomorrow, swap 100 usdc for eth",
  "for tomorrow's rent: swap 100 usdc for eth",
  "- 100 usdc to eth",
  "swap 100 usdc for eth, no more, no less",
  "is it possible to swap 100 usdc for eth?",
])("default: %s is done", (text) => {
  expect(read(text)).toMatchObject({ kind: "act", intent: { actions: [{ type: "swap", amount: { value: "100" } }] } });
});

test("behavior: a place is not the token of its name", () => {
  const supply = act({ type: "supply", asset: "P1", amount: "all", protocol: "P1" });
  expect(read("lend the rest on aave", supply)).toMatchObject({ kind: "clarify", missing: ["asset"] });
  const both = act({ type: "supply", asset: "T1", amount: "all", protocol: "P1" });
  expect(read("lend all my usdc on aave", both)).toMatchObject({ kind: "act" });
});

test("behavior: what is kept where it is and named again is an amount", () => {
  const messages = [{ role: "user", content: "I keep 30,000 usdc here. Put those 30,000 to the best rate" }] as const;
  const earn = (amount: string) => ({ type: "earn", source: "T1", asset: "T1", amount: { token: amount } });
  const kind = (amount: string) =>
    toUnderstanding({ kind: "act", actions: [earn(amount)], constraints: [] }, mask(messages), messages).understanding
      .kind;
  expect(kind("N2")).toBe("act");
  expect(kind("N1")).toBe("clarify");
});

test("behavior: an amount out of a wish for the past is not the one that is meant", () => {
  const content = "If I were rich I'd send you 100 usdc. I'm not, so send 0.1 usdc to water.eth.";
  const messages = [{ role: "user", content }] as const;
  const kind = (amount: string) =>
    toUnderstanding(
      act({ type: "transfer", asset: "T1", amount: { token: amount }, to: "E1" }),
      mask(messages),
      messages,
    ).understanding.kind;
  expect(kind("N1")).toBe("clarify");
  expect(kind("N2")).toBe("act");
});
