import { describe, expect, it } from "vitest";
import { mask } from "./mask.ts";
import { toUnderstanding } from "./toUnderstanding.ts";

const ask = (content: string, topic: string, asset: string | null = "T1") => {
  const messages = [{ role: "user", content }] as const;
  return toUnderstanding({ kind: "ask", topic, asset, protocol: null }, mask(messages), messages);
};

describe("askedFor", () => {
  it("default: goes beside the public form", () => {
    const { understanding, asked } = ask("what would 2 eth give me in dai", "quote");
    expect(understanding).toEqual({ kind: "ask", question: { topic: "quote", asset: "ETH" } });
    expect(asked).toEqual({ amount: { unit: "token", value: "2" }, buy: "DAI" });
  });

  it.each([
    ["how much usdc for half my link", "T2", { amount: { unit: "percent", value: "50" }, buy: "USDC" }],
    ["price check: $300 of eth to wbtc?", "T1", { amount: { unit: "usd", value: "300" }, buy: "WBTC" }],
    ["how much eth do i need for 500 usdc", "T1", { buy: "USDC" }],
    ["what is eth worth in dai or usdc", "T1", {}],
    ["eth for 2 or 3 dai?", "T1", { buy: "DAI" }],
    ["what do 0 eth give", "T1", {}],
  ])("behavior: %s", (text, asset, expected) => {
    expect(ask(text, "quote", asset).asked).toEqual(expected);
  });

  it("behavior: a yield is of an amount, a price of nothing", () => {
    expect(ask("what would 500 dai earn on spark", "yield").asked).toEqual({ amount: { unit: "token", value: "500" } });
    expect(ask("what are 2 eth worth", "price").asked).toEqual({});
  });
});
