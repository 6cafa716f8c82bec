import { type Abi, type DecodeFunctionDataReturnType, decodeFunctionData, type Hex, toFunctionSelector } from "viem";

/** The call by an ABI's own names; undefined for an unknown selector and for arguments that do not decode. */
export function decode<const A extends Abi>(abi: A, data: Hex): DecodeFunctionDataReturnType<A> | undefined {
  try {
    return decodeFunctionData({ abi, data });
  } catch {
    return undefined;
  }
}

/** Selectors of an ABI's functions, lower case. */
export function selectorsOf(abi: Abi): ReadonlySet<string> {
  return new Set(abi.flatMap((item) => (item.type === "function" ? [toFunctionSelector(item)] : [])));
}
