import { expect, test } from "vitest";
import type { Intent } from "../domain/intent.ts";
import type { Label } from "../inference/nano/corpus/record.ts";
import { score } from "./score.ts";

const swap = (side: "sell" | "buy", value = "50"): Intent["actions"][number] => ({
  type: "swap",
  sell: "USDC",
  buy: "ETH",
  amount: { unit: "usd", value },
  side,
});
const label: Label = { kind: "act", actions: [swap("buy")] };

test("default: equal in any order of keys; side sell is accepted for a dollar amount", () => {
  expect(score({ kind: "act", intent: { actions: [swap("buy")] } }, label).right).toBe(true);
  expect(score({ kind: "act", intent: { actions: [swap("sell")] } }, label).right).toBe(true);
});

test("behavior: side sell is accepted inside a standing order too", () => {
  const weekly = (side: "sell" | "buy"): Intent["actions"] =>
    [{ type: "recur", every: "week", then: [swap(side)] }] as Intent["actions"];
  const understood = { kind: "act" as const, intent: { actions: weekly("sell") } };
  expect(score(understood, { kind: "act", actions: weekly("buy") }).right).toBe(true);
});

test("behavior: another amount is a wrong silent act, a question in its place is only wrong", () => {
  const wrong = score({ kind: "act", intent: { actions: [swap("buy", "500")] } }, label);
  expect(wrong).toMatchObject({ right: false, wrongSilentAct: true });
  const asked = score({ kind: "clarify", missing: ["amount"], prompt: "How much?" }, label);
  expect(asked).toMatchObject({ right: false, wrongSilentAct: false });
});

test("behavior: texts for people do not count, missing parts count in any order", () => {
  expect(score({ kind: "refuse", reason: "because" }, { kind: "refuse" }).right).toBe(true);
  const understanding = { kind: "clarify" as const, missing: ["to", "amount"] as ("to" | "amount")[], prompt: "?" };
  expect(score(understanding, { kind: "clarify", missing: ["amount", "to"] }).right).toBe(true);
});
