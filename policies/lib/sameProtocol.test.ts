import { expect, test } from "vitest";
import { sameProtocol } from "./sameProtocol.ts";

test.each([
  ["spark", "spark", true],
  ["savings", "erc4626", true],
  ["Aave", "aave-v3", true],
  ["savings", "morpho", false],
  ["aave", "spark", false],
  ["erc4626", "aave-v3", false],
])("default: %s is %s: %s", (said, id, same) => {
  expect(sameProtocol(said, id)).toBe(same);
});
