import { expect, test } from "vitest";
import { NATIVE_ADDRESS } from "../domain/token.ts";
import { describeHealthFactor } from "./describeHealthFactor.ts";
import type { ReadDeps } from "./types.ts";

const at = async (healthFactorWad: bigint) => {
  const deps = {
    reader: async () => ({ block: 1n, chainId: 1, tokens: { all: [] } }),
    prices: async () => new Map(),
    protocols: [{ id: "p", positions: async () => [{ protocol: "p", supplied: [], borrowed: [], healthFactorWad }] }],
  } as unknown as ReadDeps;
  return (await describeHealthFactor(deps, { owner: NATIVE_ADDRESS })).facts.at(-1);
};

test("behavior: liquidation starts below 1, not at 1", async () => {
  expect(await at(10n ** 18n - 1n)).toBe("p: can be liquidated now");
  expect(await at(10n ** 18n + 1n)).toBe("p: liquidation when all collateral falls by 0.00 % against the debt");
  expect(await at(2n * 10n ** 18n)).toContain("50.00 %");
});
