import {
  type Address,
  getAddress,
  type Hex,
  keccak256,
  numberToHex,
  parseAbiItem,
  toBytes,
  toFunctionSelector,
} from "viem";
import type { Reader } from "../chain/reader.ts";
import { type Bytecode, readBytecode } from "./bytecode.ts";
import { runProbe } from "./probe.ts";

/** Storage slots of a proxy's implementation and admin: the hash of the name less one (EIP-1967). */
const slotOf = (name: string): Hex =>
  numberToHex(BigInt(keccak256(toBytes(`eip1967.proxy.${name}`))) - 1n, { size: 32 });
export const IMPLEMENTATION_SLOT = slotOf("implementation");
export const ADMIN_SLOT = slotOf("admin");
/** Minimal proxy (EIP-1167): the implementation stands in the code. */
export const MINIMAL_PROXY = /^0x363d3d373d3d3d363d73([0-9a-f]{40})5af43d82803e903d91602b57fd5bf3/;
/** Slots in which compilers lay out the first state variables. */
const SCANNED_SLOTS = 24;
/** Asks questions; no contract knows it. */
const NOBODY: Address = "0x51c0ffee51c0ffee51c0ffee51c0ffee51c0ffee";
const MOST_CALLERS = 16;
const MOST_SELECTORS = 96;

/** What a token's code and storage tell without running it. */
export type CodeFacts = {
  readonly code: Hex;
  readonly implementation?: Address;
  /** Selectors of its dispatcher, the ERC-20 ones left out. */
  readonly selectors: readonly Hex[];
  /** Words in its code that may name roles. */
  readonly hashes: readonly Hex[];
  /** Addresses that may have power: owners it names, addresses in its first slots and in its code, a proxy's admin. */
  readonly callers: readonly Address[];
  /** Those that the token names itself: its getters, its roles, its proxy's admin. */
  readonly declared: readonly Address[];
  /** What could not be read of it, or was more than is tried: then nothing may be called harmless. */
  readonly unread: readonly string[];
  /** Who may exchange a proxy's code (EIP-1967). */
  readonly admin?: Address;
};

const GRANT_ROLE = toFunctionSelector("grantRole(bytes32,address)");
const ROLE_GRANTED = parseAbiItem(
  "event RoleGranted(bytes32 indexed role, address indexed account, address indexed sender)",
);
const HARMLESS: ReadonlySet<string> = new Set(
  [
    "transfer(address,uint256)",
    "transferFrom(address,address,uint256)",
    "approve(address,uint256)",
    "increaseAllowance(address,uint256)",
    "decreaseAllowance(address,uint256)",
    "permit(address,address,uint256,uint256,uint8,bytes32,bytes32)",
    // Giving the power away would hide what the others do.
    "renounceOwnership()",
    "transferOwnership(address)",
  ].map((name) => toFunctionSelector(name)),
);

/** Reads code, the usual getters and the first storage slots at the reader's block. @throws {ProbeUnavailableError} */
export async function readCodeFacts(reader: Reader, token: Address): Promise<CodeFacts> {
  const [own, implementationWord, adminWord] = await Promise.all([
    codeAt(reader, token),
    slotAt(reader, token, IMPLEMENTATION_SLOT),
    slotAt(reader, token, ADMIN_SLOT),
  ]);
  const minimal = MINIMAL_PROXY.exec(own)?.[1];
  const implementation = minimal === undefined ? addressIn(implementationWord) : getAddress(`0x${minimal}`);
  const code = implementation === undefined ? own : await codeAt(reader, implementation);
  const [bytecode, outer] = [readBytecode(code), readBytecode(own)];
  const dispatched = [...new Set([...bytecode.selectors, ...outer.selectors])];
  const acting = dispatched.filter((one) => !HARMLESS.has(one));
  const selectors = acting.slice(0, MOST_SELECTORS);
  const [named, stored, granted] = await Promise.all([
    namedOwners(reader, token, selectors),
    storedAddresses(reader, token, bytecode),
    grantedRoles(reader, token),
  ]);
  const admin = addressIn(adminWord);
  const declared = [admin, ...named, ...(granted ?? [])].filter((one) => one !== undefined);
  const found = [...declared, ...[...stored, ...bytecode.constants].filter((one) => one !== undefined)];
  const self = token.toLowerCase();
  const callers = [...new Set(found)].filter((one) => one.toLowerCase() !== self && BigInt(one) > 0xffffn);
  return {
    code,
    ...(implementation === undefined ? {} : { implementation }),
    selectors,
    hashes: bytecode.hashes,
    callers: callers.slice(0, MOST_CALLERS),
    declared,
    unread: [
      ...(granted === undefined && dispatched.includes(GRANT_ROLE)
        ? ["the node does not tell who was given a role"]
        : []),
      ...(acting.length > MOST_SELECTORS ? [`only ${MOST_SELECTORS} of ${acting.length} functions were tried`] : []),
      ...(callers.length > MOST_CALLERS ? [`only ${MOST_CALLERS} of ${callers.length} accounts were tried`] : []),
    ],
    ...(admin === undefined ? {} : { admin }),
  };
}

export async function codeAt({ client, block }: Reader, address: Address): Promise<Hex> {
  return (await client.getCode({ address, blockNumber: block })) ?? "0x";
}

export async function slotAt({ client, block }: Reader, address: Address, slot: Hex): Promise<Hex | undefined> {
  return await client.getStorageAt({ address, slot, blockNumber: block });
}

/**
 * Addresses that the token names in answer to a question without arguments, whatever the question is called. Each call has
 * gas of its own: asked through one contract together, a function that burns all gas would silence those after it.
 */
async function namedOwners(
  reader: Reader,
  token: Address,
  selectors: readonly Hex[],
): Promise<readonly (Address | undefined)[]> {
  if (selectors.length === 0) return [];
  const calls = selectors.map((data) => ({ from: NOBODY, to: token, data }));
  const [answers = []] = await runProbe({ reader, blocks: [{ calls }], funded: new Map(), surroundings: "bare" });
  return answers.map(({ ok, data }) => (ok && data.length === 66 ? addressIn(data) : undefined));
}

/** Accounts that AccessControl gave a role (OpenZeppelin), from its events; nodes that answer no such range tell nothing. */
async function grantedRoles({ client, block }: Reader, token: Address): Promise<readonly Address[] | undefined> {
  try {
    const logs = await client.getLogs({ address: token, event: ROLE_GRANTED, fromBlock: 0n, toBlock: block });
    return logs.flatMap(({ args }) => (args.account === undefined ? [] : [args.account]));
  } catch {
    return undefined;
  }
}

/** Addresses in the first slots, in those that the code reads by number, and in those that it names by a hash. */
async function storedAddresses(
  reader: Reader,
  token: Address,
  bytecode: Bytecode,
): Promise<readonly (Address | undefined)[]> {
  const words = await Promise.all(slotsToRead(bytecode).map((slot) => slotAt(reader, token, slot)));
  // An address may share its slot with flags on either side of it.
  return words.flatMap((word) => (word === undefined ? [] : [addressIn(word), packedIn(word)]));
}

/** The first slots, those that the code reads by number, and those that it names by a hash. */
export function slotsToRead({ slots, hashes }: Bytecode): readonly Hex[] {
  const first = Array.from({ length: SCANNED_SLOTS }, (_, at) => numberToHex(at, { size: 32 }));
  return [...new Set([...first, ...slots, ...hashes])];
}

/** The address a word holds: twelve zero bytes before twenty that are not all few. */
export function addressIn(word: Hex | undefined): Address | undefined {
  const match = /^0x0{24}([0-9a-fA-F]{40})$/.exec(word ?? "");
  return match?.[1] === undefined || /^0{8}/.test(match[1]) ? undefined : getAddress(`0x${match[1]}`);
}

function packedIn(word: Hex): Address | undefined {
  const body = word.slice(2).padStart(64, "0");
  const flags = /^0{22}(0[01])([0-9a-fA-F]{40})$/.exec(body) ?? /^0{20}(0[01]0[01])([0-9a-fA-F]{40})$/.exec(body);
  const shifted = /^0{22}([0-9a-fA-F]{40})0[01]$/.exec(body);
  const found = flags?.[2] ?? shifted?.[1];
  return found === undefined || /^0{8}/.test(found) ? undefined : getAddress(`0x${found}`);
}
