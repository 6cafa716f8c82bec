import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type AccountHealth,
  aimAbove,
  borrowToTarget,
  healthFactorWad,
  repayToTarget,
  supplyToTarget,
  unitsToUsd,
  usdToUnits,
  withdrawToTarget,
} from "./healthFactor.ts";

const WAD = 10n ** 18n;
const dollars = fc.bigInt({ min: WAD, max: 10n ** 9n * WAD });
const account = fc.record({ weightedWad: dollars, debtWad: dollars });
const targets = fc.bigInt({ min: (WAD * 101n) / 100n, max: 10n * WAD });
const thresholds = fc.bigInt({ min: 1_000n, max: 9_500n });

/** Half a billionth of the health factor: what rounding to whole wei of a dollar can move it. */
const EPSILON = WAD / 10n ** 9n;

function near(health: AccountHealth, target: bigint): void {
  const reached = healthFactorWad(health) ?? target;
  expect(reached).toBeGreaterThanOrEqual(target);
  expect(reached - target).toBeLessThan(EPSILON);
}

describe("repayToTarget", () => {
  test("default", () => {
    // 12,000 of debt on 16,000 weighted is 1.333; at 1.6 only 10,000 may be owed
    expect(repayToTarget({ weightedWad: 16_000n * WAD, debtWad: 12_000n * WAD }, (16n * WAD) / 10n)).toBe(2_000n * WAD);
  });

  test("behavior: lands on the target from above, or asks for nothing when it is met", () => {
    fc.assert(
      fc.property(account, targets, (health, target) => {
        const amount = repayToTarget(health, target);
        const after = { ...health, debtWad: health.debtWad - amount };
        if (amount === 0n) expect(healthFactorWad(health)).toBeGreaterThanOrEqual(target - 1n);
        else if (after.debtWad > 0n) near(after, target);
      }),
    );
  });
});

describe("supplyToTarget", () => {
  test("behavior: lands on the target from above", () => {
    fc.assert(
      fc.property(account, targets, thresholds, (health, target, threshold) => {
        const amount = supplyToTarget(health, target, threshold);
        if (amount > 0n) near({ ...health, weightedWad: health.weightedWad + (amount * threshold) / 10_000n }, target);
      }),
    );
  });
});

describe("borrowToTarget", () => {
  test("behavior: lands on the target from above", () => {
    fc.assert(
      fc.property(account, targets, (health, target) => {
        const amount = borrowToTarget(health, target);
        if (amount > 0n) near({ ...health, debtWad: health.debtWad + amount }, target);
      }),
    );
  });
});

describe("withdrawToTarget", () => {
  test("behavior: lands on the target from above", () => {
    fc.assert(
      fc.property(account, targets, thresholds, (health, target, threshold) => {
        const amount = withdrawToTarget(health, target, threshold);
        if (amount > 0n) near({ ...health, weightedWad: health.weightedWad - (amount * threshold) / 10_000n }, target);
      }),
    );
  });
});

test("behavior: no debt has no health factor", () => {
  expect(healthFactorWad({ weightedWad: WAD, debtWad: 0n })).toBeUndefined();
});

test("behavior: the aim is 0.02 % above", () => {
  expect(aimAbove(18n * 10n ** 17n)).toBe(1_800_360_000_000_000_000n);
});

test("behavior: dollars to units and back loses at most one unit, to the side asked for", () => {
  const prices = fc.bigInt({ min: WAD / 1000n, max: 100_000n * WAD });
  fc.assert(
    fc.property(dollars, prices, fc.constantFrom(6, 8, 18), (usdWad, priceWad, decimals) => {
      const down = usdToUnits(usdWad, priceWad, decimals, "down");
      const up = usdToUnits(usdWad, priceWad, decimals, "up");
      expect(up - down).toBeLessThanOrEqual(1n);
      expect(unitsToUsd(down, priceWad, decimals)).toBeLessThanOrEqual(usdWad);
      expect(up * priceWad).toBeGreaterThanOrEqual(usdWad * 10n ** BigInt(decimals));
    }),
  );
});
