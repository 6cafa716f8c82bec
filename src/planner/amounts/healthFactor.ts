import { ceilDiv } from "../decimal.ts";

const WAD = 10n ** 18n;

/** One account's weights, in US dollars with 1e18 = $1: Σ collateral × liquidation threshold, and Σ debt. */
export type AccountHealth = { readonly weightedWad: bigint; readonly debtWad: bigint };

/**
 * Health factor is weighted collateral ÷ debt (Aave v3 `GenericLogic.calculateUserAccountData`, Morpho Blue `_isHealthy`
 * as a ratio). undefined = no debt.
 */
export function healthFactorWad({ weightedWad, debtWad }: AccountHealth): bigint | undefined {
  return debtWad === 0n ? undefined : (weightedWad * WAD) / debtWad;
}

/** Dollars of debt to repay until the target: D − A/H, rounded up; 0 when it is met. */
export function repayToTarget({ weightedWad, debtWad }: AccountHealth, targetWad: bigint): bigint {
  const bearable = (weightedWad * WAD) / targetWad;
  return debtWad > bearable ? debtWad - bearable : 0n;
}

/** Dollars of collateral to add until the target: (H·D − A) ÷ LT, rounded up; 0 when it is met. */
export function supplyToTarget(
  { weightedWad, debtWad }: AccountHealth,
  targetWad: bigint,
  thresholdBps: bigint,
): bigint {
  const wanted = ceilDiv(targetWad * debtWad, WAD);
  return wanted > weightedWad ? ceilDiv((wanted - weightedWad) * 10_000n, thresholdBps) : 0n;
}

/** Dollars that may still be borrowed down to the target: A/H − D, rounded down; 0 when it is passed. */
export function borrowToTarget({ weightedWad, debtWad }: AccountHealth, targetWad: bigint): bigint {
  const bearable = (weightedWad * WAD) / targetWad;
  return bearable > debtWad ? bearable - debtWad : 0n;
}

/** Dollars of collateral that may leave down to the target: (A − H·D) ÷ LT, rounded down; 0 when it is passed. */
export function withdrawToTarget(
  { weightedWad, debtWad }: AccountHealth,
  targetWad: bigint,
  thresholdBps: bigint,
): bigint {
  const needed = ceilDiv(targetWad * debtWad, WAD);
  return weightedWad > needed ? ((weightedWad - needed) * 10_000n) / thresholdBps : 0n;
}

/**
 * The target that is really aimed at: 0.02 % above the one said, because interest accrues between the plan's block and
 * the block that mines it (0.02 % is about 17 hours of interest at 10 % a year) and contracts round against the borrower.
 */
export function aimAbove(targetWad: bigint): bigint {
  return targetWad + targetWad / 5_000n;
}

/** Dollars (1e18 = $1) → base units at a price per whole token (1e18 = $1), rounded up or down. */
export function usdToUnits(usdWad: bigint, priceWad: bigint, decimals: number, rounding: "up" | "down"): bigint {
  const scaled = usdWad * 10n ** BigInt(decimals);
  return rounding === "up" ? ceilDiv(scaled, priceWad) : scaled / priceWad;
}

/** Base units → dollars (1e18 = $1), rounded down. */
export function unitsToUsd(amount: bigint, priceWad: bigint, decimals: number): bigint {
  return (amount * priceWad) / 10n ** BigInt(decimals);
}
