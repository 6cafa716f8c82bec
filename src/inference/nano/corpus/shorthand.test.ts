import { describe, expect, test } from "vitest";
import { parseLabel, readShorthand, ShorthandError } from "./shorthand.ts";

describe("readShorthand", () => {
  test("default: texts, conversations and tags", () => {
    const source = [
      "#tags typo trader",
      "## a remark",
      "swap 100 usdc to eth ==> swap USDC>ETH 100",
      "U: swap 200 usdc\\nfor eth",
      "A: Approve?",
      "U: make it 300",
      "==> swap USDC>ETH 300",
    ];
    const [first, second] = readShorthand(source.join("\n"));
    expect(first).toMatchObject({ text: "swap 100 usdc to eth", tags: ["typo", "trader"] });
    expect(second?.messages?.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
    expect(second?.messages?.[0]?.content).toBe("swap 200 usdc\nfor eth");
  });

  test("error: ShorthandError names the line", () => {
    expect(() => readShorthand("hi ==> talk\nno label here")).toThrow(ShorthandError);
    expect(() => readShorthand("hi ==> talk\nno label here")).toThrow("Line 2");
    expect(() => readShorthand("U: hi\nhello ==> talk")).toThrow(ShorthandError);
  });
});

describe("parseLabel", () => {
  const usdc = (value: string) => ({ unit: "token", value });
  test.each([
    ["swap ETH>USDC 500 buy limit=3500", { type: "swap", side: "buy", limitPrice: "3500" }],
    ["repay DAI hf1.8 @spark", { type: "repay", amount: { unit: "health-factor", value: "1.8" }, protocol: "spark" }],
    ["add-liquidity ETH+USDC 1+3000 fee=30 range=2500..3500", { feeBps: "30", amounts: [usdc("1"), usdc("3000")] }],
    ["allocate ETH:60,USDC:40 every=month", { targets: [{ asset: "ETH", percent: "60" }, {}], every: "month" }],
    ["protect below=1.5 using=USDC budget=$2000", { budget: { unit: "usd", value: "2000" }, using: ["USDC"] }],
    ["recur every=0_9_*_*_1-5 { swap USDC>ETH $50 buy }", { every: "0 9 * * 1-5", then: [{ type: "swap" }] }],
    ["when gas-below 10 { notify }", { condition: { type: "gas-below", value: "10" }, then: [{ type: "notify" }] }],
    ["set-collateral WETH off", { enabled: false }],
  ])("default: %s", (source, action) => {
    expect(parseLabel(source)).toMatchObject({ kind: "act", actions: [action] });
  });

  test("default: chains with constraints", () => {
    const label = parseLabel("swap DAI>ETH 50% ; supply ETH prev @aave-v3 | gas=4 allow=uniswap-v3");
    expect(label).toMatchObject({
      actions: [{ type: "swap" }, { amount: { unit: "previous" } }],
      constraints: { maxGasUsd: "4", protocols: { allow: ["uniswap-v3"] } },
    });
  });

  test("default: the other kinds", () => {
    expect(parseLabel("ask yield DAI @spark")).toEqual({
      kind: "ask",
      topic: "yield",
      asset: "DAI",
      protocol: "spark",
    });
    expect(parseLabel("clarify amount,to")).toEqual({ kind: "clarify", missing: ["amount", "to"] });
    expect(parseLabel("control pause")).toEqual({ kind: "control", verb: "pause" });
    expect(parseLabel("refuse")).toEqual({ kind: "refuse" });
  });

  test.each(["swap USDC 5", "fly ETH 1", "clarify money", "ask weather", "supply DAI 1 to=x", "swap A>B 1 | speed=9"])(
    "error: ShorthandError for %s",
    (source) => expect(() => parseLabel(source)).toThrow(ShorthandError),
  );
});
