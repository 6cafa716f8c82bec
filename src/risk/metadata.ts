import { type Address, decodeAbiParameters, type Hex, hexToString, parseAbi, toFunctionSelector } from "viem";
import type { Reader } from "../chain/reader.ts";

/** What a token says of itself; chosen by whoever made it, so it is data and never an instruction. */
export type Metadata = { readonly name?: string; readonly symbol?: string; readonly decimals?: number };

const ABI = parseAbi([
  "function name() view returns (string)",
  "function symbol() view returns (string)",
  "function decimals() view returns (uint8)",
]);
const [NAME, SYMBOL, DECIMALS] = ABI.map((item) => toFunctionSelector(item)) as [Hex, Hex, Hex];
/** Most bytes of an answer that are decoded; a name of 100 kB is cut and then called odd. */
const MOST_BYTES = 4_096;

/** Name, symbol and decimals at the reader's block, as strings or as the old bytes32; what does not answer is absent. */
export async function readMetadata({ client, block }: Reader, token: Address): Promise<Metadata> {
  const [name, symbol, decimals] = await Promise.all(
    [NAME, SYMBOL, DECIMALS].map(async (data) => {
      try {
        return (await client.call({ to: token, data, blockNumber: block })).data;
      } catch {
        return undefined;
      }
    }),
  );
  const size = decimals?.length === 66 ? Number(BigInt(decimals)) : undefined;
  return { ...text("name", name), ...text("symbol", symbol), ...(size === undefined ? {} : { decimals: size }) };
}

function text<K extends "name" | "symbol">(key: K, data: Hex | undefined): { readonly [P in K]?: string } {
  const found = data === undefined ? undefined : decoded(data);
  return (found === undefined ? {} : { [key]: found }) as { readonly [P in K]?: string };
}

function decoded(data: Hex): string | undefined {
  if (data.length === 66) return hexToString(data).replace(/\0+$/, "");
  if (data.length > 2 + MOST_BYTES * 2) return hexToString(`0x${data.slice(130, 130 + MOST_BYTES)}`);
  try {
    return decodeAbiParameters([{ type: "string" }], data)[0];
  } catch {
    return undefined;
  }
}
