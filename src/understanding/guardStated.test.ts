import { describe, expect, it } from "vitest";
import { mask } from "./mask.ts";
import { toUnderstanding } from "./toUnderstanding.ts";

const read = (content: string, action: object, ...constraints: readonly object[]) => {
  const messages = [{ role: "user", content }] as const;
  return toUnderstanding({ kind: "act", actions: [action], constraints }, mask(messages), messages).understanding;
};
const swap = (sell: string, buy: string, side: string) => ({
  type: "swap",
  sell,
  buy,
  amount: { token: "N1" },
  side,
  limit: null,
});

describe("guardStated", () => {
  it("default: a rhythm is the one that was said", () => {
    const recur = (every: string) => ({ type: "recur", every, then: [swap("T1", "T2", "sell")], until: null });
    expect(read("10 usdc into eth daily", recur("week"))).toMatchObject({ kind: "clarify", missing: ["every"] });
    expect(read("10 usdc into eth daily", recur("day")).kind).toBe("act");
    expect(read("weekly 10 usdc into eth, no, daily", recur("day")).kind).toBe("act");
  });

  it.each(["slurp up 2 eth w/ usdc", "2 eth using usdc", "get me 2 eth paid with my usdc"])(
    "behavior: what pays is what is spent: %s",
    (text) => {
      expect(read(text, swap("T1", "T2", "sell"))).toMatchObject({ kind: "clarify", missing: ["sell"] });
      expect(read(text, swap("T2", "T1", "buy")).kind).toBe("act");
    },
  );

  it("behavior: a stated risk is kept", () => {
    const earn = { type: "earn", source: "T1", asset: "T1", amount: { token: "N1" } };
    expect(read("best yield for 800 dai, medium risk is ok", earn)).toMatchObject({ missing: ["condition"] });
    expect(read("best yield for 800 dai, medium risk is ok", earn, { risk: "medium" }).kind).toBe("act");
  });

  it("behavior: a venue is ruled out by words only", () => {
    const into = swap("T1", "T2", "sell");
    const deny = { deny: ["P1"] };
    expect(read("curve's friends: put 90 usdc into crv", into, deny)).toMatchObject({ missing: ["protocol"] });
    expect(read("put 90 usdc into crv, not on curve", into, deny).kind).toBe("act");
  });

  it("behavior: no risk is invented", () => {
    expect(read("derisk me: 3 eth to usdc", swap("T1", "T2", "sell"), { risk: "low" }).kind).toBe("clarify");
    expect(read("3 eth to usdc, low risk", swap("T1", "T2", "sell"), { risk: "low" }).kind).toBe("act");
  });

  it("behavior: a portfolio holds all that was said of it", () => {
    const allocate = (...targets: readonly object[]) => ({ type: "allocate", targets, drift: null, every: null });
    const [btc, eth, dai] = ["F1", "N1", "N2"].map((percent, index) => ({ asset: `T${index + 1}`, percent }));
    const text = "portfolio: half bitcoin, 30 eth, 20 dai";
    expect(read(text, allocate(btc ?? {}, { ...eth, percent: "N2" }))).toMatchObject({ missing: ["amount"] });
    expect(read(text, allocate(btc ?? {}, eth ?? {}, dai ?? {})).kind).toBe("act");
  });
});
