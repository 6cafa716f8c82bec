import { expect, test } from "vitest";
import { mask } from "./mask.ts";
import { toUnderstanding } from "./toUnderstanding.ts";

const FRIEND = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
const swap = (sell: string, buy: string, amount: unknown) => ({
  type: "swap",
  sell,
  buy,
  amount,
  side: "sell",
  limit: null,
});
const supply = (asset: string, amount: unknown) => ({ type: "supply", asset, amount, protocol: null });
const send = (asset: string, amount: unknown) => ({ type: "transfer", asset, amount, to: "A1" });
const read = (content: string, ...actions: readonly object[]) => {
  const messages = [{ role: "user", content }] as const;
  return toUnderstanding({ kind: "act", actions, constraints: [] }, mask(messages), messages).understanding;
};
const asksAmount = { kind: "clarify", missing: ["amount"] };

test("behavior: a share of what the swap brings is not a share of the wallet", () => {
  const first = swap("T1", "T2", { token: "N1" });
  const text = `swap 500 dai to usdc and send half of it to ${FRIEND}`;
  expect(read(text, first, send("T1", { percent: "F1" }))).toMatchObject(asksAmount);
  expect(read(text, first, send("T2", { percent: "F1" }))).toMatchObject(asksAmount);
  expect(read("swap 500 dai to usdc and lend 50% of that", first, supply("T2", { percent: "N2" }))).toMatchObject(
    asksAmount,
  );
});

test("behavior: a second share of the same balance has two readings", () => {
  const both = [swap("T1", "T2", { percent: "F1" }), swap("T1", "T3", { percent: "F2" })];
  expect(read("half my dai to usdc and half to eth", ...both)).toMatchObject(asksAmount);
});

test("behavior: a share that the draft leaves out asks for the amount", () => {
  const both = [swap("T1", "T3", { percent: "F1" }), swap("T2", "T3", "all")];
  expect(read("swap half my eth and half my weth to dai", ...both)).toMatchObject(asksAmount);
});

test("default: shares of different balances, and of a position or a debt, are certain", () => {
  const two = [swap("T1", "T3", { percent: "N1" }), swap("T2", "T3", { percent: "N2" })];
  expect(read("sell 50% of my link and 20% of my uni for usdc", ...two)).toMatchObject({ kind: "act" });
  const repay = [
    { type: "withdraw", asset: "T1", amount: { token: "N1" }, protocol: null },
    { type: "repay", asset: "T1", amount: { percent: "F1" }, protocol: null },
  ];
  expect(read("withdraw 500 dai and repay half my dai loan", ...repay)).toMatchObject({ kind: "act" });
  expect(read("take my link and sell half of it for usdc", swap("T1", "T2", { percent: "F1" }))).toMatchObject({
    kind: "act",
  });
});
