import {
  type Abi,
  type AbiFunction,
  type DecodeFunctionDataReturnType,
  decodeAbiParameters,
  encodeAbiParameters,
  type Hex,
  toFunctionSelector,
} from "viem";

/** Functions by selector, made once per ABI: hashing every name for every call is most of the work otherwise. */
const TABLES = new WeakMap<Abi, ReadonlyMap<string, AbiFunction>>();

/** The call by an ABI's own names; undefined for an unknown selector and for arguments that do not decode. */
export function decode<const A extends Abi>(abi: A, data: Hex): DecodeFunctionDataReturnType<A> | undefined {
  const item = tableOf(abi).get(data.slice(0, 10).toLowerCase());
  if (item === undefined) return undefined;
  try {
    const args = item.inputs.length === 0 ? undefined : decodeAbiParameters(item.inputs, `0x${data.slice(10)}`);
    return { functionName: item.name, args } as DecodeFunctionDataReturnType<A>;
  } catch {
    return undefined;
  }
}

/** True when the data is a call of one of these functions to the last byte: nothing odd inside, nothing behind it. */
export function isExactly(abi: Abi, data: Hex): boolean {
  const item = tableOf(abi).get(data.slice(0, 10).toLowerCase());
  const decoded = decode(abi, data);
  if (item === undefined || decoded === undefined) return false;
  try {
    const encoded = encodeAbiParameters(item.inputs, (decoded.args ?? []) as readonly unknown[]);
    return encoded.slice(2) === data.slice(10).toLowerCase();
  } catch {
    return false; // decoding lets numbers through that are too large for their type
  }
}

/** Selectors of an ABI's functions, lower case. */
export function selectorsOf(abi: Abi): ReadonlySet<string> {
  return new Set(tableOf(abi).keys());
}

function tableOf(abi: Abi): ReadonlyMap<string, AbiFunction> {
  const known = TABLES.get(abi);
  if (known !== undefined) return known;
  const functions = abi.filter((item) => item.type === "function");
  const table = new Map(functions.map((item) => [toFunctionSelector(item), item] as const));
  TABLES.set(abi, table);
  return table;
}
