/** A decimal number as said: digits × 10^-scale, without trailing zeros. */
export type Decimal = { readonly digits: bigint; readonly scale: number };

/** Parses a decimal string of the intent ("1.50" → 15 × 10^-1). The schema has already refused anything else. */
export function parseDecimal(text: string): Decimal {
  const [whole = "0", fraction = ""] = text.split(".");
  const trimmed = fraction.replace(/0+$/, "");
  return { digits: BigInt(whole + trimmed), scale: trimmed.length };
}

/** decimal × 10^decimals rounded down; undefined when the decimal carries more places than that. */
export function exactUnits(value: Decimal, decimals: number): bigint | undefined {
  if (value.scale > decimals) return undefined;
  return value.digits * 10n ** BigInt(decimals - value.scale);
}

/** decimal × 10^decimals, rounded down when it has more places. */
export function floorUnits(value: Decimal, decimals: number): bigint {
  return (value.digits * 10n ** BigInt(decimals)) / 10n ** BigInt(value.scale);
}

/** a ÷ b rounded up, for non-negative a and positive b. */
export function ceilDiv(a: bigint, b: bigint): bigint {
  return (a + b - 1n) / b;
}

/** The greater of two. */
export function maxOf(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

/** The smaller of two. */
export function minOf(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
