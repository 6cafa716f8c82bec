import { describe, expect, test } from "vitest";
import { editDistance, suggest } from "./suggest.ts";

describe("suggest", () => {
  test("default", () => {
    expect(suggest("usdx", ["USDC", "USDT", "DAI", "WBTC"])).toEqual(["USDC", "USDT"]);
  });

  test("behavior: nothing near gives nothing, and three at most are given", () => {
    expect(suggest("nonsense", ["USDC", "DAI"])).toEqual([]);
    expect(suggest("A1", ["A2", "A3", "A4", "A5"])).toHaveLength(3);
  });
});

describe("editDistance", () => {
  test.each([
    ["", "", 0],
    ["abc", "", 3],
    ["kitten", "sitting", 3],
    ["weth", "wetth", 1],
  ])("%s to %s is %i", (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });
});
