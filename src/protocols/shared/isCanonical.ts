import { type Abi, encodeFunctionData, type Hex } from "viem";

/**
 * True when `data` is byte for byte what encoding the decoded call gives: no trailing bytes, no dirty words, no odd
 * offsets. A decoder that skips this can be shown one meaning while the contract sees more.
 */
export function isCanonical(
  abi: Abi,
  data: Hex,
  decoded: { readonly functionName: string; readonly args: readonly unknown[] },
): boolean {
  const again = encodeFunctionData({ abi, functionName: decoded.functionName, args: [...decoded.args] });
  return again.toLowerCase() === data.toLowerCase();
}
