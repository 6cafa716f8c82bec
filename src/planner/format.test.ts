import { expect, test } from "vitest";
import { formatAmount, formatApy, formatUsd, formatWad, protocolName } from "./format.ts";

const usdc = {
  chainId: 1,
  address: "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48",
  symbol: "USDC",
  name: "",
  decimals: 6,
  stable: true,
} as const;

test("default", () => {
  expect(formatAmount(1_234_567_500000n, usdc)).toBe("1,234,567.5 USDC");
  expect(formatUsd(3_000_00000000n)).toBe("$3,000.00");
  expect(formatApy(412n * 10n ** 14n)).toBe("4.12 %");
  expect(formatWad(18n * 10n ** 17n)).toBe("1.8");
});

test("behavior: amounts below one and below zero keep their sign and digits", () => {
  expect(formatAmount(1n, usdc)).toBe("0.000001 USDC");
  expect(formatUsd(-1_50000000n)).toBe("-$1.50");
  expect(formatUsd(1234n)).toBe("$0.00001234");
  expect(formatApy(-50n * 10n ** 14n)).toBe("-0.50 %");
});

test("behavior: a protocol without a name of its own keeps its id", () => {
  expect(protocolName("aave-v3")).toBe("Aave v3");
  expect(protocolName("elsewhere")).toBe("elsewhere");
});
