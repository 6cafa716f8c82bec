import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aprRayToApyWad, factorToApyWad, RAY, rayDiv, rayMul, rayPow, taylorCompoundedWad, WAD } from "./rates.ts";

const close = (actual: bigint, expected: number, relative = 1e-9) =>
  expect(Math.abs(Number(actual) / 1e18 - expected)).toBeLessThan(Math.abs(expected) * relative + 1e-12);

describe("rates", () => {
  test("default: 5 % a year compounded each second is e^0.05 - 1 to nine digits", () => {
    close(aprRayToApyWad(RAY / 20n), Math.expm1(0.05), 1e-8);
  });

  test("default: Sky's factor for 5 % gives 5 %", () => {
    close(factorToApyWad(1000000001547125957863212448n), 0.05, 1e-12);
  });

  test("behavior: no rate is no yield", () => {
    expect(aprRayToApyWad(0n)).toBe(0n);
    expect(factorToApyWad(RAY)).toBe(0n);
    expect(taylorCompoundedWad(0n, 31_536_000n)).toBe(0n);
  });

  test("behavior: three Taylor terms stand below the exponential by less than the fourth", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000_000_000 }), (rate) => {
        const x = (rate * 31_536_000) / 1e18;
        const value = Number(taylorCompoundedWad(BigInt(rate), 31_536_000n)) / 1e18;
        expect(value).toBeLessThanOrEqual(Math.expm1(x) + 1e-15);
        expect(Math.expm1(x) - value).toBeLessThan((x ** 4 / 24) * 1.05 + 1e-15);
      }),
    );
  });

  test("behavior: yields grow with the rate", () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n * RAY), fc.bigInt(RAY / 10n ** 9n, RAY), (apr, more) => {
        expect(aprRayToApyWad(apr + more)).toBeGreaterThan(aprRayToApyWad(apr));
      }),
    );
  });

  test("behavior: ray arithmetic rounds half up and inverts within a unit", () => {
    expect(rayMul(1n, RAY / 2n)).toBe(1n);
    expect(rayMul(1n, RAY / 2n - 1n)).toBe(0n);
    expect(rayPow(2n * RAY, 10n)).toBe(1024n * RAY);
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 30n), fc.bigInt(RAY, 3n * RAY), (amount, index) => {
        const back = rayMul(rayDiv(amount, index), index);
        expect(back - amount <= 2n && amount - back <= 2n).toBe(true);
      }),
    );
    expect(WAD * 10n ** 9n).toBe(RAY);
  });
});
