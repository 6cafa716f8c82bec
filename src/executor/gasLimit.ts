import { type Hex, size } from "viem";

/**
 * Gas units that a contract call may need on top of its estimate: a node estimates in a block where the plan's earlier
 * calls may have accrued the market's interest already, the call is mined in a later one where it accrues again. Dearest
 * seen on the local chain: 31,784 (ERC-4626 withdrawal), 28,561 (Morpho), 10,790 (Aave v3).
 */
const ACCRUAL_GAS = 50_000n;

/**
 * Gas limit for an estimate, in gas units: a quarter more, since ticks and balances move between estimate and block, and
 * room for one accrual. What is not used is not paid. A plain transfer of the native coin runs no code.
 */
export function gasLimit(estimate: bigint, data: Hex): bigint {
  return (estimate * 125n) / 100n + (size(data) === 0 ? 0n : ACCRUAL_GAS);
}
