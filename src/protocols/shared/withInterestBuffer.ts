/**
 * Most that repaying a whole debt may take when it is mined: debt now + 0.01 % + 1 base unit.
 *
 * Covers the interest of about 53 minutes at 100 % a year, or 9 hours at 10 %; the rest of the approval is never
 * pulled and the planner resets it.
 */
export function withInterestBuffer(debt: bigint): bigint {
  return debt + debt / 10_000n + 1n;
}
