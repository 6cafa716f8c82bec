import { describe, expect, it } from "vitest";
import { mask } from "./mask.ts";
import { toUnderstanding } from "./toUnderstanding.ts";

const swap = (amount: unknown) => ({ type: "swap", sell: "T1", buy: "T2", amount, side: "sell", limit: null });
const send = (amount: unknown, to: string) => ({ type: "transfer", asset: "T1", amount, to });
const read = (content: string, ...actions: readonly object[]) => {
  const messages = [{ role: "user", content }] as const;
  return toUnderstanding({ kind: "act", actions, constraints: [] }, mask(messages), messages).understanding;
};
const amountOf = (unit: string, value?: string) => ({
  kind: "act",
  intent: { actions: [{ amount: { unit, ...(value === undefined ? {} : { value }) } }] },
});

describe("withoutTakenBack", () => {
  it("default", () => {
    const understanding = read("$200 of my eth into dai. wait, $250", swap({ usd: "N2" }));
    expect(understanding).toMatchObject(amountOf("usd", "250"));
  });

  it.each([
    ["half my usdc into eth. on second thought a third", { percent: "F2" }, amountOf("percent", "33.333333")],
    ["20% of my usdc to eth, no, all of it", "all", amountOf("all")],
    ["swap 1 eth, not 1000 dollars, to dai", { token: "N1" }, amountOf("token", "1")],
    ["media de mi usdc... mejor 300 usdc a eth", { token: "N1" }, amountOf("token", "300")],
    ["100% of my dai to eth", "all", amountOf("all")],
  ])("behavior: %s", (text, amount, expected) => {
    expect(read(text, swap(amount))).toMatchObject(expected);
  });

  it("behavior: a recipient is taken back", () => {
    const understanding = read("send 20 usdc to bob.eth, oops i meant bobby.eth", send({ token: "N1" }, "E2"));
    expect(understanding).toMatchObject({ kind: "act", intent: { actions: [{ to: "bobby.eth" }] } });
  });

  it.each([
    ["the earlier figure is used", "$200 of my eth into dai. wait, $250", swap({ usd: "N1" })],
    ["a dash joins two wishes", "swap $200 of my eth to dai — $250 of my eth to dai", swap({ usd: "N2" })],
    ["a word between adds", "$200 of my eth to dai, no rush, and then $250 of my eth to dai", swap({ usd: "N2" })],
    ["nothing takes it back", "$200 of my eth into dai, $250 of my eth into dai", swap({ usd: "N2" })],
    [
      "the other role was corrected",
      "send $5 of usdc and 20 usdc to bob.eth, oops bobby.eth",
      send({ token: "N2" }, "E2"),
    ],
  ])("behavior: asks where %s", (_, text, action) => {
    expect(read(text, action)).toMatchObject({ kind: "clarify" });
  });
});

describe("guardTakenBack", () => {
  it.each([
    ["swap 50, no wait, 60 usdc to eth", swap({ token: "N1" })],
    ["swap una décima parte de mi usdc, no, mejor 0,3 a eth", swap({ percent: "F1" })],
    ["send 20 usdc to bob.eth, sorry, to bobby.eth", send({ token: "N1" }, "E1")],
  ])("default: %s", (text, action) => {
    expect(read(text, action)).toMatchObject({ kind: "clarify" });
  });
});
