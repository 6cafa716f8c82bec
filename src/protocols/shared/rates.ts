import type { ApyWad } from "../../domain/market.ts";

/** 1e18, the unit of yields here and of Morpho's rates. */
export const WAD = 10n ** 18n;
/** 1e27, the unit of Aave's rates and indexes. */
export const RAY = 10n ** 27n;
/** 365 days, the year that Aave (MathUtils.SECONDS_PER_YEAR), Spark and Morpho count with. */
export const SECONDS_PER_YEAR = 31_536_000n;

/** a·b in ray, rounded half up (aave-v3-core WadRayMath.rayMul). */
export function rayMul(a: bigint, b: bigint): bigint {
  return (a * b + RAY / 2n) / RAY;
}

/** a/b in ray, rounded half up (aave-v3-core WadRayMath.rayDiv). */
export function rayDiv(a: bigint, b: bigint): bigint {
  return (a * RAY + b / 2n) / b;
}

/** base^exponent in ray by squaring, each step rounded half up; relative error below exponent·1e-27. */
export function rayPow(base: bigint, exponent: bigint): bigint {
  let result = RAY;
  let square = base;
  for (let rest = exponent; rest > 0n; rest /= 2n) {
    if (rest % 2n === 1n) result = rayMul(result, square);
    square = rayMul(square, square);
  }
  return result;
}

/**
 * Effective yearly yield of a growth factor that is applied every second (1e27 = no growth): factor^31536000 − 1.
 * The form of Maker's dsr, Sky's ssr and the local chain's savings vaults.
 */
export function factorToApyWad(factorPerSecondRay: bigint): ApyWad {
  return (rayPow(factorPerSecondRay, SECONDS_PER_YEAR) - RAY) / 10n ** 9n;
}

/**
 * Effective yearly yield of a simple yearly rate in ray that compounds every second: (1 + rate/31536000)^31536000 − 1.
 * Aave's own display formula (docs "Supply and borrow APY", aave-utilities `calculateCompoundedRate`).
 */
export function aprRayToApyWad(aprRay: bigint): ApyWad {
  return factorToApyWad(RAY + aprRay / SECONDS_PER_YEAR);
}

/**
 * e^(rate·seconds) − 1 in wad by the first three Taylor terms, rounded down, exactly as Morpho Blue compounds
 * (morpho-blue MathLib.wTaylorCompounded). `ratePerSecondWad` is 1e18 = 100 % per second.
 */
export function taylorCompoundedWad(ratePerSecondWad: bigint, seconds: bigint): bigint {
  const first = ratePerSecondWad * seconds;
  const second = (first * first) / (2n * WAD);
  const third = (second * first) / (3n * WAD);
  return first + second + third;
}
