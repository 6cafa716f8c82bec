import { trimDecimal } from "./parseDecimal.ts";

/** An exact fraction of integers; amounts in words are computed in it, never in floats. */
export type Rational = { readonly over: bigint; readonly under: bigint };

/** Fraction of two integers. */
export function rational(over: bigint | number, under: bigint | number = 1): Rational {
  return { over: BigInt(over), under: BigInt(under) };
}

/** Exact value of a decimal string. */
export function fromDecimal(text: string): Rational {
  const [whole = "0", fraction = ""] = text.split(".");
  return { over: BigInt((whole || "0") + fraction), under: 10n ** BigInt(fraction.length) };
}

/** Exact value of a share as spans spell it: "1/3". */
export function fromShare(text: string): Rational {
  const [over = "0", under = "1"] = text.split("/");
  return rational(BigInt(over), BigInt(under));
}

/** Sum. */
export function plus(a: Rational, b: Rational): Rational {
  return { over: a.over * b.under + b.over * a.under, under: a.under * b.under };
}

/** Product. */
export function times(a: Rational, b: Rational): Rational {
  return { over: a.over * b.over, under: a.under * b.under };
}

/** Decimal string cut after `digits` places (no rounding up: an amount is never made larger). */
export function toDecimal(value: Rational, digits = 18): string {
  const scaled = (value.over * 10n ** BigInt(digits)) / value.under;
  const text = scaled.toString().padStart(digits + 1, "0");
  return digits === 0 ? text : trimDecimal(`${text.slice(0, -digits)}.${text.slice(-digits)}`);
}

/** Percent of a share with six digits, half rounded up ("two thirds" is 66.666667, Reading 17). */
export function toPercent(share: Rational): string {
  const scaled = (share.over * 100n * 2_000_000n + share.under) / (share.under * 2n);
  return toDecimal({ over: scaled, under: 1_000_000n }, 6);
}
