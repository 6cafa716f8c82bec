import { expect, test } from "vitest";
import { netApyWad } from "./netApy.ts";

const WAD = 10n ** 18n;

test("default", () => {
  // 5 % less a cost of 0.1 % that 30 days must earn back: 0.001 × 365 / 30 = 1.2167 %
  const net = netApyWad({ grossApyWad: WAD / 20n, cost: 1n, committed: 1000n, horizonDays: 30 });
  expect(net).toBe(WAD / 20n - ((WAD / 1000n) * 365n) / 30n);
});

test("behavior: a longer horizon weighs the cost less", () => {
  const terms = { grossApyWad: WAD / 20n, cost: 5n, committed: 1000n };
  expect(netApyWad({ ...terms, horizonDays: 365 })).toBeGreaterThan(netApyWad({ ...terms, horizonDays: 30 }));
  expect(netApyWad({ ...terms, horizonDays: 365 })).toBe(WAD / 20n - (WAD * 5n) / 1000n);
});

test("behavior: a price better than the oracle's adds", () => {
  expect(netApyWad({ grossApyWad: 0n, cost: -1n, committed: 1000n, horizonDays: 365 })).toBe(WAD / 1000n);
});
