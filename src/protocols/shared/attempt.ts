import { BaseError, ContractFunctionRevertedError, ContractFunctionZeroDataError, ExecutionRevertedError } from "viem";

/**
 * Result of a read, or undefined when the contract itself refused (reverted, or has no such function).
 * Anything else, an unreachable node first of all, is thrown on: missing data must not look like an answer.
 */
export async function attempt<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof BaseError && error.walk(isRefusal) !== null) return undefined;
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof ContractFunctionRevertedError ||
    error instanceof ContractFunctionZeroDataError ||
    error instanceof ExecutionRevertedError
  );
}
