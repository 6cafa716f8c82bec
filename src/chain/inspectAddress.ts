import {
  type Address,
  decodeAbiParameters,
  encodeFunctionData,
  getAddress,
  type Hex,
  hexToString,
  keccak256,
  size,
  slice,
  stringToHex,
  toHex,
} from "viem";
import { erc20Abi } from "./abis/erc20.ts";
import { aggregate } from "./aggregate.ts";
import type { Reader } from "./reader.ts";

/** What stands at an address. Names are as the contract chose them: show them through `showText` only. */
export type Inspected = {
  readonly address: Address;
  /** Bytes of code; 0 = a plain account, or nothing at all. */
  readonly codeBytes: number;
  /** A plain account that runs this contract's code (EIP-7702). */
  readonly delegate?: Address;
  /** Where its code really stands: EIP-1967 slot, or a minimal proxy (EIP-1167). */
  readonly implementation?: Address;
  readonly beacon?: Address;
  /** Who may change the implementation (EIP-1967). */
  readonly admin?: Address;
  readonly name?: string;
  readonly symbol?: string;
  readonly decimals?: number;
  readonly totalSupply?: bigint;
};

/** EIP-1967: hash of the name, minus one. */
const slotOf = (name: string): Hex => toHex(BigInt(keccak256(stringToHex(`eip1967.proxy.${name}`))) - 1n, { size: 32 });
const SLOTS = { implementation: slotOf("implementation"), beacon: slotOf("beacon"), admin: slotOf("admin") } as const;
const DELEGATED = /^0xef0100([0-9a-f]{40})$/;
const MINIMAL_PROXY = /^0x363d3d373d3d3d363d73([0-9a-f]{40})5af43d82803e903d91602b57fd5bf3$/;
const METADATA = ["name", "symbol", "decimals", "totalSupply"] as const;

/** Code, proxy slots and token metadata of one address at the reader's block. */
export async function inspectAddress(reader: Reader, given: Address): Promise<Inspected> {
  const address = getAddress(given);
  const code = (await reader.client.getCode({ address, blockNumber: reader.block })) ?? "0x";
  if (size(code) === 0) return { address, codeBytes: 0 };
  const delegate = addressIn(DELEGATED.exec(code)?.[1]);
  const [proxy, metadata] = await Promise.all([readSlots(reader, address), readMetadata(reader, address)]);
  const minimal = addressIn(MINIMAL_PROXY.exec(code)?.[1]);
  return {
    address,
    codeBytes: size(code),
    ...(delegate === undefined ? {} : { delegate }),
    ...(minimal === undefined ? {} : { implementation: minimal }),
    ...proxy,
    ...metadata,
  };
}

async function readSlots(reader: Reader, address: Address): Promise<Partial<Record<keyof typeof SLOTS, Address>>> {
  const slots = Object.entries(SLOTS);
  const words = await Promise.all(
    slots.map(([, slot]) => reader.client.getStorageAt({ address, slot, blockNumber: reader.block })),
  );
  const found = slots.flatMap(([name], index) => {
    const word = words[index] ?? "0x";
    const held = /^0x0{24}([0-9a-f]{40})$/.exec(word)?.[1];
    return held === undefined || /^0+$/.test(held) ? [] : [[name, addressIn(held)] as const];
  });
  return Object.fromEntries(found);
}

async function readMetadata(
  reader: Reader,
  target: Address,
): Promise<Pick<Inspected, "name" | "symbol" | "decimals" | "totalSupply">> {
  const calls = METADATA.map((functionName) => ({
    target,
    callData: encodeFunctionData({ abi: erc20Abi, functionName }),
  }));
  // One request each: a contract that burns all gas, or answers more than a call may hold, keeps the others.
  const [name, symbol, decimals, supply] = await Promise.all(
    calls.map(async (call) => (await aggregate(reader, [call], { callsPerRequest: 1 }).catch(() => []))[0]),
  );
  const named = textIn(name);
  const called = textIn(symbol);
  const places = numberIn(decimals);
  const totalSupply = numberIn(supply);
  return {
    ...(named === undefined ? {} : { name: named }),
    ...(called === undefined ? {} : { symbol: called }),
    ...(places === undefined || places > 255n ? {} : { decimals: Number(places) }),
    ...(totalSupply === undefined ? {} : { totalSupply }),
  };
}

function numberIn(data: Hex | undefined): bigint | undefined {
  return data === undefined || size(data) < 32 ? undefined : BigInt(slice(data, 0, 32));
}

/** A string, or the 32 bytes that tokens older than the standard answer with. */
function textIn(data: Hex | undefined): string | undefined {
  if (data === undefined || size(data) < 32) return undefined;
  try {
    if (size(data) === 32) return hexToString(data, { size: 32 }).replace(/\0+$/, "");
    return decodeAbiParameters([{ type: "string" }], data)[0];
  } catch {
    return undefined; // no text
  }
}

function addressIn(hex: string | undefined): Address | undefined {
  return hex === undefined ? undefined : getAddress(`0x${hex}`);
}
