import { expect, test } from "vitest";
import { mask } from "./mask.ts";
import { toUnderstanding } from "./toUnderstanding.ts";

const read = (content: string, action: object) => {
  const messages = [{ role: "user", content }] as const;
  return toUnderstanding({ kind: "act", actions: [action], constraints: [] }, mask(messages), messages).understanding;
};
const wrap = { type: "swap", sell: "T1", buy: "wrapped", amount: { token: "N1" }, side: "sell", limit: null };
const collateral = (enabled: boolean) => ({ type: "set-collateral", asset: "T1", enabled, protocol: "P1" });
const daily = (every: string) => ({ type: "recur", every, then: [{ ...wrap, buy: "T2" }], until: null });

test("behavior: a coin is wrapped only where wrapping is spoken of", () => {
  expect(read("invia 0,3 ETH a mia cugina", wrap)).toMatchObject({ kind: "clarify", missing: ["action"] });
  for (const text of ["wrap 2 eth", "2 eth einpacken bitte", "обернуть 2 eth", "2 eth をラップして"])
    expect(read(text, wrap).kind).toBe("act");
});

test("behavior: collateral is not put on where it was to be taken off", () => {
  expect(read("my cbeth on aave, dont let it be collateral any longer", collateral(true)).kind).toBe("clarify");
  expect(read("my cbeth on aave, dont let it be collateral any longer", collateral(false)).kind).toBe("act");
  expect(read("use my cbeth on aave as collateral", collateral(true)).kind).toBe("act");
});

test("behavior: every other day is not every day", () => {
  const text = "swap 15 usdc to link every other day";
  expect(read(text, daily("day"))).toMatchObject({ kind: "clarify", missing: ["every"] });
  expect(read(text, daily("P2D")).kind).toBe("act");
});
