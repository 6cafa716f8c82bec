import { expect, test } from "vitest";
import { mask } from "./mask.ts";
import { toUnderstanding } from "./toUnderstanding.ts";

const [A, B] = ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"];
const swap = (sell: string, buy: string, number: string, side = "sell") => ({
  type: "swap",
  sell,
  buy,
  amount: { token: number },
  side,
  limit: null,
});
const send = (number: string, to: string) => ({ type: "transfer", asset: "T1", amount: { token: number }, to });
const read = (content: string, ...actions: readonly object[]) => {
  const messages = [{ role: "user", content }] as const;
  return toUnderstanding({ kind: "act", actions, constraints: [] }, mask(messages), messages).understanding;
};
const asks = { kind: "clarify", missing: ["action"] };

test("behavior: half of a wish is not done", () => {
  expect(read("swap 100 usdc to dai and then drop it in spark", swap("T1", "T2", "N1"))).toMatchObject(asks);
  expect(read("buy 10 link and 15 uni with usdc", swap("T3", "T1", "N1", "buy"))).toMatchObject(asks);
  expect(read(`send 10 usdc to ${A} and 20 to ${B}`, send("N1", "A1"))).toMatchObject(asks);
});

test("behavior: one amount is not spent twice", () => {
  const both = [swap("T1", "T2", "N1"), swap("T1", "T3", "N1")];
  expect(read("swap 200 usdc to dai, no wait, to eth", ...both)).toMatchObject(asks);
  expect(read(`send 10 usdc to ${A}, sorry, to ${B}`, send("N1", "A1"), send("N1", "A2"))).toMatchObject(asks);
});

test("default: whole wishes, one amount for each, and numbers told in passing", () => {
  const two = [swap("T3", "T1", "N1", "buy"), swap("T3", "T2", "N2", "buy")];
  expect(read("buy 10 link and 15 uni with usdc", ...two)).toMatchObject({ kind: "act" });
  expect(read(`send 10 usdc each to ${A} and ${B}`, send("N1", "A1"), send("N1", "A2"))).toMatchObject({ kind: "act" });
  expect(read("i have 20000 usdc, swap 100 of it to eth", swap("T1", "T2", "N2"))).toMatchObject({ kind: "act" });
  expect(read(`send 10 usdc to ${A}`, send("N1", "A1"))).toMatchObject({ kind: "act" });
});
