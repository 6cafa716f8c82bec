import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toAssetsDown, toAssetsUp, toSharesDown, toSharesUp } from "./shares.ts";

const pot = fc.record({ assets: fc.bigInt(0n, 2n ** 100n), shares: fc.bigInt(0n, 2n ** 120n) });
const amount = fc.bigInt(1n, 2n ** 90n);

describe("shares", () => {
  test("default: an empty pot counts a million shares per base unit", () => {
    expect(toSharesDown(5n, { assets: 0n, shares: 0n })).toBe(5_000_000n);
  });

  test("behavior: rounding is never in the caller's favour, by at most one unit", () => {
    fc.assert(
      fc.property(pot, amount, (side, assets) => {
        const down = toSharesDown(assets, side);
        const up = toSharesUp(assets, side);
        expect(up - down === 0n || up - down === 1n).toBe(true);
        expect(toAssetsDown(down, side)).toBeLessThanOrEqual(assets);
        expect(toAssetsUp(up, side)).toBeGreaterThanOrEqual(assets);
      }),
    );
  });
});
