/** Output of one pair for an exact input, rounded down as the pair does. Source: UniswapV2Library.getAmountOut (0.3 % fee). */
export function amountOut(amountIn: bigint, reserveIn: bigint, reserveOut: bigint): bigint | undefined {
  if (amountIn <= 0n || reserveIn <= 0n || reserveOut <= 0n) return undefined;
  const withFee = amountIn * 997n;
  const out = (withFee * reserveOut) / (reserveIn * 1000n + withFee);
  return out > 0n ? out : undefined;
}

/** Input of one pair for an exact output, rounded up. Source: UniswapV2Library.getAmountIn. undefined: more than the pair holds. */
export function amountIn(out: bigint, reserveIn: bigint, reserveOut: bigint): bigint | undefined {
  if (out <= 0n || reserveIn <= 0n || out >= reserveOut) return undefined;
  return (reserveIn * out * 1000n) / ((reserveOut - out) * 997n) + 1n;
}
