import { expect, test } from "vitest";
import type { Message } from "../domain/intent.ts";
import { mask } from "./mask.ts";
import { toUnderstanding } from "./toUnderstanding.ts";

const swap = { type: "swap", sell: "T1", buy: "T2", amount: { token: "N2" }, side: "sell", limit: null };
const draft = { kind: "act", actions: [swap], constraints: [{ allow: ["P1"] }] };
const read = (first: string, reply: string): unknown => {
  const messages: readonly Message[] = [
    { role: "user", content: first },
    { role: "assistant", content: reply },
    { role: "user", content: "no wait, make it 300" },
  ];
  return toUnderstanding(draft, mask(messages), messages).understanding;
};

test("behavior: a venue that only the assistant's summary names limits nothing", () => {
  const understanding = read("swap 200 usdc for eth", "Swap on Uniswap v3. Approve?");
  expect(understanding).toMatchObject({
    kind: "act",
    intent: { actions: [{ amount: { unit: "token", value: "300" } }] },
  });
  expect(understanding).not.toHaveProperty("intent.constraints");
});

test("default: a venue that the owner named stays, also where the assistant repeats it", () => {
  expect(read("swap 200 usdc for eth on uniswap v3", "Swap on Uniswap v3. Approve?")).toMatchObject({
    kind: "act",
    intent: { constraints: { protocols: { allow: ["uniswap-v3"] } } },
  });
});

test.each([
  ["trade some usdc for eth", "450"],
  ["trade some usdc for eth", "450!"],
  ["trade some usdc for eth", "2k"],
])("behavior: a bare number answers the question it was asked: %s / %s", (first, answer) => {
  const messages: readonly Message[] = [
    { role: "user", content: first },
    { role: "assistant", content: "How much?" },
    { role: "user", content: answer },
  ];
  const one = { kind: "act", actions: [{ ...swap, amount: { token: "N1" } }], constraints: [] };
  expect(toUnderstanding(one, mask(messages), messages).understanding.kind).toBe("act");
});
