import { describe, expect, it } from "vitest";
import type { Message } from "../domain/intent.ts";
import { mask } from "./mask.ts";
import { toUnderstanding } from "./toUnderstanding.ts";

const read = (turns: readonly string[], ...actions: readonly object[]) => {
  const messages = turns.map((content, index): Message => ({ role: index % 2 === 0 ? "user" : "assistant", content }));
  return toUnderstanding({ kind: "act", actions, constraints: [] }, mask(messages), messages).understanding;
};
const repay = (amount: unknown) => ({ type: "repay", asset: "T1", amount, protocol: null });
const swap = (sell: string, amount: unknown) => ({ type: "swap", sell, buy: "T2", amount, side: "sell", limit: null });
const stake = { type: "stake", asset: "T2", amount: { token: "N1" }, into: null };
const asks = { kind: "clarify", missing: ["amount"] };

describe("guardEarlier", () => {
  it("default: twice as much is not as much", () => {
    const turns = ["repay 1000 usdc", "Repay 1,000 USDC. Approve?", "double it please"];
    expect(read(turns, repay({ token: "N1" }))).toMatchObject(asks);
    expect(read(turns, repay({ double: "N1" }))).toMatchObject({
      intent: { actions: [{ amount: { value: "2000" } }] },
    });
  });

  it("behavior: a number counts the token that it counted", () => {
    const done = ["swap 1000 usdc to eth", "Done: 0.32 ETH."];
    expect(read([...done, "stake what i just got"], stake)).toMatchObject(asks);
    expect(read([...done, "stake the eth from that"], stake)).toMatchObject(asks);
    expect(
      read(["swap 200 usdc to dai", "Approve?", "rather link than usdc"], { ...swap("T3", { token: "N1" }) }).kind,
    ).toBe("act");
  });
});
