import fc from "fast-check";
import { expect, test } from "vitest";
import { ceilDiv, exactUnits, floorUnits, parseDecimal } from "./decimal.ts";

test("default", () => {
  expect(parseDecimal("1.50")).toEqual({ digits: 15n, scale: 1 });
  expect(exactUnits(parseDecimal("1,000.5".replace(",", "")), 6)).toBe(1000_500000n);
});

test("behavior: trailing zeros are no extra places", () => {
  expect(exactUnits(parseDecimal("2.500000000"), 1)).toBe(25n);
  expect(exactUnits(parseDecimal("100"), 0)).toBe(100n);
});

test("behavior: more places than the token has are refused, or cut when asked", () => {
  expect(exactUnits(parseDecimal("0.1234567"), 6)).toBeUndefined();
  expect(floorUnits(parseDecimal("0.1234567"), 6)).toBe(123456n);
});

test("behavior: whole and fraction come back to the unit", () => {
  const places = fc.integer({ min: 1, max: 18 });
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), places, (units, decimals) => {
      const unit = 10n ** BigInt(decimals);
      const text = `${units / unit}.${(units % unit).toString().padStart(decimals, "0")}`;
      expect(exactUnits(parseDecimal(text), decimals)).toBe(units);
    }),
  );
});

test("behavior: division rounds up only when something is left", () => {
  expect(ceilDiv(6n, 3n)).toBe(2n);
  expect(ceilDiv(7n, 3n)).toBe(3n);
  expect(ceilDiv(0n, 3n)).toBe(0n);
});
