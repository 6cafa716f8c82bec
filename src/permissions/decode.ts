import {
  type Abi,
  type DecodeFunctionDataReturnType,
  decodeFunctionData,
  encodeAbiParameters,
  type Hex,
  toFunctionSelector,
} from "viem";

/** The call by an ABI's own names; undefined for an unknown selector and for arguments that do not decode. */
export function decode<const A extends Abi>(abi: A, data: Hex): DecodeFunctionDataReturnType<A> | undefined {
  try {
    return decodeFunctionData({ abi, data });
  } catch {
    return undefined;
  }
}

/** True when the data is a call of one of these functions to the last byte: nothing odd inside, nothing behind it. */
export function isExactly(abi: Abi, data: Hex): boolean {
  const item = abi.find(
    (one) => one.type === "function" && toFunctionSelector(one) === data.slice(0, 10).toLowerCase(),
  );
  const decoded = decode(abi, data);
  if (item?.type !== "function" || decoded === undefined) return false;
  const encoded = encodeAbiParameters(item.inputs, (decoded.args ?? []) as readonly unknown[]);
  return encoded.slice(2) === data.slice(10).toLowerCase();
}

/** Selectors of an ABI's functions, lower case. */
export function selectorsOf(abi: Abi): ReadonlySet<string> {
  return new Set(abi.flatMap((item) => (item.type === "function" ? [toFunctionSelector(item)] : [])));
}
