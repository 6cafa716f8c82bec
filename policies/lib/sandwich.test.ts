import fc from "fast-check";
import { expect, test } from "vitest";
import { amountOut } from "../../src/protocols/uniswap-v2/formula.ts";
import { poolOut, sandwichOf } from "./sandwich.ts";

const ETHER = 10n ** 18n;
const pool = { pool: "0x01", feePips: 3000, reserveIn: 1000n * ETHER, reserveOut: 3_000_000n * ETHER } as const;
const floorOf = (amountIn: bigint, slippageBps: bigint) =>
  (poolOut(amountIn, pool.reserveIn, pool.reserveOut, pool.feePips) * (10_000n - slippageBps)) / 10_000n;

test("default: the formula is Uniswap v2's, to the unit", () => {
  const amount = fc.bigInt({ min: 1_000n, max: 10n ** 27n });
  fc.assert(
    fc.property(amount, amount, amount, (paid, into, out) => {
      expect(poolOut(paid, into, out, 3000)).toBe(amountOut(paid, into, out) ?? 0n);
    }),
  );
});

test("default: one per cent of the pool at a floor of 5 % can be sandwiched; the attacker gets less than the trader loses", () => {
  const amountIn = 50n * ETHER;
  const { profit, frontRun } = sandwichOf({ pool, amountIn, floor: floorOf(amountIn, 500n) });
  expect(profit).toBeGreaterThan(0n);
  expect(frontRun).toBeGreaterThan(0n);
  // The floor caps the trader's loss at 5 % of the trade.
  expect(profit).toBeLessThan((amountIn * 6n) / 100n);
});

test("behavior: no slack, no profit; a small trade in a deep pool is not worth the pool's fee", () => {
  expect(sandwichOf({ pool, amountIn: 50n * ETHER, floor: floorOf(50n * ETHER, 0n) }).profit).toBe(0n);
  expect(sandwichOf({ pool, amountIn: ETHER / 10n, floor: floorOf(ETHER / 10n, 50n) }).profit).toBe(0n);
});

test("behavior: more slack never leaves less to take, and what is taken never breaks the floor", () => {
  const size = fc.bigInt({ min: ETHER / 100n, max: 500n * ETHER });
  const slack = fc.bigInt({ min: 0n, max: 5_000n });
  fc.assert(
    fc.property(size, slack, slack, (amountIn, a, b) => {
      const [less, more] = a < b ? [a, b] : [b, a];
      const tight = sandwichOf({ pool, amountIn, floor: floorOf(amountIn, less) });
      const loose = sandwichOf({ pool, amountIn, floor: floorOf(amountIn, more) });
      // The sizes tried are a grid, so "never less" holds up to its step.
      expect(loose.profit * 100n).toBeGreaterThanOrEqual(tight.profit * 99n);
      const bought = poolOut(tight.frontRun, pool.reserveIn, pool.reserveOut, pool.feePips);
      const victim = poolOut(amountIn, pool.reserveIn + tight.frontRun, pool.reserveOut - bought, pool.feePips);
      expect(victim).toBeGreaterThanOrEqual(floorOf(amountIn, less));
    }),
    { numRuns: 40 },
  );
});

test("behavior: without a floor nearly the whole trade is taken", () => {
  const { profit } = sandwichOf({ pool, amountIn: 50n * ETHER, floor: 0n });
  expect(profit).toBeGreaterThan(25n * ETHER);
});
