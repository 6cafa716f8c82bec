const WAD = 10n ** 18n;

/**
 * Yield a year after one-off costs: gross − (cost ÷ committed) · (365 ÷ horizon days). 1e18 = 100 %; may be negative.
 * Costs and committed value in the same unit; a negative cost (better than the oracle) adds.
 */
export function netApyWad(terms: {
  readonly grossApyWad: bigint;
  readonly cost: bigint;
  readonly committed: bigint;
  readonly horizonDays: number;
}): bigint {
  const { grossApyWad, cost, committed, horizonDays } = terms;
  return grossApyWad - (cost * WAD * 365n) / (committed * BigInt(horizonDays));
}
