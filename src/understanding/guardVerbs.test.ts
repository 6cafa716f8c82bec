import { describe, expect, it } from "vitest";
import type { Message } from "../domain/intent.ts";
import { mask } from "./mask.ts";
import { toUnderstanding } from "./toUnderstanding.ts";

/** Kind of what becomes of a draft in a conversation that the owner begins. */
function kindOf(turns: readonly string[], ...actions: readonly object[]): string {
  const messages = turns.map((content, index): Message => ({ role: index % 2 === 0 ? "user" : "assistant", content }));
  return toUnderstanding({ kind: "act", actions, constraints: [] }, mask(messages), messages).understanding.kind;
}
const lend = (amount: unknown) => ({ type: "supply", asset: "T1", amount, protocol: "P1" });
const borrow = (amount: unknown) => ({ type: "borrow", asset: "T1", amount, protocol: "P1" });
const swap = (sell: string, buy: string, amount: unknown) => ({
  type: "swap",
  sell,
  buy,
  amount,
  side: "sell",
  limit: null,
});
const send = { type: "transfer", asset: "T1", amount: { token: "N1" }, to: "E1" };
const stake = (amount: unknown) => ({ type: "stake", asset: "T1", amount, into: null });

describe("guardVerbs", () => {
  it("default: what is ordered is what is done", () => {
    expect(kindOf(["borrow 900 dai on spark"], lend({ token: "N1" }))).toBe("clarify");
    expect(kindOf(["borrow 900 dai on spark"], borrow({ token: "N1" }))).toBe("act");
  });

  it.each([
    "lend 900 dai on spark, borrow nothing",
    "lend 900 dai on spark, don't borrow",
    "borrow, i mean lend, 900 dai on spark",
    "let people borrow 900 of my dai on spark",
    'lend 900 dai on spark. my friend said "borrow too"',
  ])("behavior: no order is %s", (text) => {
    expect(kindOf([text], lend({ token: "N1" }))).toBe("act");
  });

  it("behavior: an order to wrap or to stake", () => {
    expect(kindOf(["wrap 2 eth, i have usdc"], swap("T1", "T2", { token: "N1" }))).toBe("clarify");
    expect(kindOf(["wrap 2 eth"], swap("T1", "wrapped", { token: "N1" }))).toBe("act");
    expect(kindOf(["stake 2 eth for reth"], swap("T1", "T2", { token: "N1" }))).toBe("clarify");
    expect(kindOf(["send 2 eth to stake.lake.eth"], send)).toBe("act");
  });

  it.each(["leave out the sending", "forget the transfer part", "skip the second step", "drop number two"])(
    "behavior: a dropped step is gone: %s",
    (text) => {
      const plan = [
        "lend 400 dai on aave and send 400 dai to zed.eth",
        "1) lend 400 DAI 2) send it to zed.eth. Approve?",
        text,
      ];
      expect(kindOf(plan, lend({ token: "N1" }), { ...send, amount: { token: "N2" } })).toBe("clarify");
      expect(kindOf(plan, lend({ token: "N1" }))).toBe("act");
    },
  );

  it.each([
    ["leave the weth where it is", "clarify"],
    ["without the weth part", "clarify"],
    ["leave the weth, i said weth", "act"],
    ["weth it is", "act"],
  ])("behavior: a token that is to stay out: %s", (text, kind) => {
    const plan = ["repay 300 dai on aave and take 2 weth out", "Repay 300 DAI, withdraw 2 WETH. Sign?", text];
    const repay = { type: "repay", asset: "T1", amount: { token: "N1" }, protocol: "P1" };
    expect(kindOf(plan, repay, { type: "withdraw", asset: "T2", amount: { token: "N2" }, protocol: "P1" })).toBe(kind);
    expect(kindOf(plan, repay)).toBe("act");
  });

  it("behavior: steps that the assistant counts in words", () => {
    const plan = [
      "lend 400 dai on aave and send 400 dai to zed.eth",
      "Two steps: lend, send. Go?",
      "drop the second step",
    ];
    expect(kindOf(plan, lend({ token: "N1" }), { ...send, amount: { token: "N2" } })).toBe("clarify");
    expect(kindOf(plan, lend({ token: "N1" }))).toBe("act");
  });

  it("behavior: a step that is added keeps the others", () => {
    const plan = ["stake 1 eth", "Stake 1 ETH. Approve?", "before that unwrap 3 weth"];
    const unwrap = swap("T2", "T1", { token: "N2" });
    expect(kindOf(plan, unwrap)).toBe("clarify");
    expect(kindOf(plan, unwrap, stake({ token: "N1" }))).toBe("act");
    expect(kindOf(["stake 1 eth", "Done, staked.", "also unwrap 3 weth"], unwrap)).toBe("act");
  });
});
