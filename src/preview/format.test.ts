import { expect, test } from "vitest";
import { formatAmount, formatPercentWad, formatUsdE8, formatWad } from "./format.ts";

test("default: dollars, factors, rates and amounts are truncated, never rounded up", () => {
  expect(formatUsdE8(123_456_789_999n)).toBe("1234.56");
  expect(formatUsdE8(-5_000_000n)).toBe("-0.05");
  expect(formatWad(1_799_999_999_999_999_999n, 4)).toBe("1.7999");
  expect(formatPercentWad(52_399_999_999_999_999n)).toBe("5.23 %");
  expect(formatAmount(1_234_567_890_123n, 6)).toBe("1,234,567.890123");
});

test("behavior: whole numbers carry no point, negatives keep their sign", () => {
  expect(formatAmount(-2_000_000n, 6)).toBe("-2");
  expect(formatWad(3n * 10n ** 18n, 0)).toBe("3");
  expect(formatAmount(1n, 18)).toBe("0");
});
