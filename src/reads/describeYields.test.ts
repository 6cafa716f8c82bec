import { expect, test } from "vitest";
import { NATIVE_ADDRESS } from "../domain/token.ts";
import { describeYields } from "./describeYields.ts";
import type { ReadDeps } from "./types.ts";

const asset = { chainId: 1, address: NATIVE_ADDRESS, symbol: "DAI", name: "Dai", decimals: 18, stable: true };

test("behavior: closed markets hide no open one, and a missing what-if is not an empty wallet", async () => {
  const market = (label: string, supplyApyWad: bigint, canSupply: boolean) => ({
    kind: "lend",
    protocol: "p",
    id: label,
    label,
    asset,
    supplyApyWad,
    canSupply,
    notes: [],
  });
  const closed = Array.from({ length: 9 }, (_, index) => market(`closed ${index}`, 10n ** 17n, false));
  const deps = {
    reader: async () => ({ block: 1n, chainId: 1, tokens: {} }),
    prices: async () => new Map(),
    protocols: [
      { id: "p", markets: async () => [...closed, market("open", 10n ** 16n, true)], quote: async () => ({}) },
    ],
  } as unknown as ReadDeps;
  const { text, facts } = await describeYields(deps, { owner: NATIVE_ADDRESS, amount: { unit: "token", value: "1" } });
  expect(text).toMatch(/^The best rate now is 1\.00 % on open; none of these says/);
  expect(facts[0]).toBe("open: 1.00 % supply");
});
