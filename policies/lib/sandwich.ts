import type { PoolDepth } from "../../src/domain/evidence.ts";

const PIPS = 1_000_000n;
/** Sizes of the front-run that are tried, evenly spaced up to the largest that the floor allows. */
const STEPS = 64n;

/** What a sandwich of one trade yields, in base units of what the trade pays with. */
export type Sandwich = { readonly profit: bigint; readonly frontRun: bigint };

/** A trade in one pool: what it pays, and the least of what it gets that its floor accepts. */
export type Trade = { readonly pool: PoolDepth; readonly amountIn: bigint; readonly floor: bigint };

/**
 * Output of a constant-product pool. Source: Uniswap v2 whitepaper, section 3.1, and `UniswapV2Library.getAmountOut`;
 * the fee in millionths, as Uniswap v3 counts it.
 */
export function poolOut(amountIn: bigint, reserveIn: bigint, reserveOut: bigint, feePips: number): bigint {
  const paid = amountIn * (PIPS - BigInt(feePips));
  return (paid * reserveOut) / (reserveIn * PIPS + paid);
}

/**
 * The most that somebody who buys before a trade and sells after it can take, gas aside. The front-run may push the price
 * until the trade gets its floor and no further, or the trade reverts (L. Heimbach, R. Wattenhofer, "Eliminating Sandwich
 * Attacks with the Help of Game Theory", 2022, section 4: the attacker's profit is bounded by the victim's slippage
 * tolerance, and the pool's fee makes small trades in deep pools not worth it). The three trades follow `poolOut`.
 */
export function sandwichOf(trade: Trade): Sandwich {
  const largest = largestFrontRun(trade);
  let best: Sandwich = { profit: 0n, frontRun: 0n };
  for (let step = 1n; step <= STEPS; step += 1n) {
    const frontRun = (largest * step) / STEPS;
    const profit = profitOf(trade, frontRun);
    if (profit > best.profit) best = { profit, frontRun };
  }
  return best;
}

/** Largest front-run after which the trade still gets its floor; found by halving, as the output only falls. */
function largestFrontRun({ pool, amountIn, floor }: Trade): bigint {
  const holds = (frontRun: bigint) => run({ pool, amountIn }, frontRun).victim >= floor;
  if (!holds(0n)) return 0n;
  let low = 0n;
  // Beyond ten times the pool nothing is left to get but dust; a floor of nothing would allow any size.
  let high = pool.reserveIn * 10n;
  if (holds(high)) return high;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

function profitOf({ pool, amountIn }: Trade, frontRun: bigint): bigint {
  const { bought, victim, into, out } = run({ pool, amountIn }, frontRun);
  return poolOut(bought, out - victim, into + amountIn, pool.feePips) - frontRun;
}

/** Front-run, then the trade: what each gets, and the pool between the two. */
function run({ pool, amountIn }: Omit<Trade, "floor">, frontRun: bigint) {
  const { reserveIn, reserveOut, feePips } = pool;
  const bought = poolOut(frontRun, reserveIn, reserveOut, feePips);
  const [into, out] = [reserveIn + frontRun, reserveOut - bought];
  return { bought, victim: poolOut(amountIn, into, out, feePips), into, out };
}
