import { type Address, getAddress, type Hex, keccak256 } from "viem";
import type { Reader } from "../chain/reader.ts";
import { readBytecode } from "./bytecode.ts";
import { ADMIN_SLOT, addressIn, codeAt, IMPLEMENTATION_SLOT, MINIMAL_PROXY, slotAt, slotsToRead } from "./codeFacts.ts";

/** What has to stay as it was for a scan to hold: the code that runs, and the accounts that stand in the token's storage. */
export type Fingerprint = {
  readonly block: bigint;
  /** Hash of the token's own code, and of the code it runs as a proxy. */
  readonly codeHash: Hex;
  readonly logicHash: Hex;
  /** Words of the slots in which an account stood, and of a proxy's two (EIP-1967). */
  readonly words: readonly (readonly [slot: Hex, word: Hex])[];
};

/** Taken at the reader's block, beside a scan of the same block. */
export async function readFingerprint(reader: Reader, token: Address): Promise<Fingerprint> {
  const own = await codeAt(reader, token);
  const code = await logicOf(reader, token, own);
  const slots = slotsToRead(readBytecode(code));
  const words = await wordsAt(reader, token, [...slots, IMPLEMENTATION_SLOT, ADMIN_SLOT]);
  const kept = words.filter(([slot, word]) => ALWAYS.has(slot) || holdsAccount(word));
  return { block: reader.block, codeHash: keccak256(own), logicHash: keccak256(code), words: kept };
}

/** What is no longer as it was, in words for a person; empty when a scan still holds. */
export async function changesSince(reader: Reader, token: Address, before: Fingerprint): Promise<readonly string[]> {
  const own = await codeAt(reader, token);
  const [code, words] = await Promise.all([
    logicOf(reader, token, own),
    wordsAt(
      reader,
      token,
      before.words.map(([slot]) => slot),
    ),
  ]);
  const moved = words.flatMap(([slot, word], at) => (word === before.words[at]?.[1] ? [] : [slot]));
  return [
    ...(keccak256(own) === before.codeHash ? [] : ["its code is another one"]),
    ...(keccak256(code) === before.logicHash ? [] : ["the code that it runs as a proxy is another one"]),
    ...moved.map((slot) => `the account in its storage slot ${slot} is another one`),
  ];
}

const ALWAYS: ReadonlySet<Hex> = new Set([IMPLEMENTATION_SLOT, ADMIN_SLOT]);

/** Twenty bytes that are not all few, wherever they stand in the word. */
function holdsAccount(word: Hex): boolean {
  return /[1-9a-f][0-9a-f]{30,39}/.test(word.slice(2)) && !/^0x[1-9a-f]/.test(word);
}

async function logicOf(reader: Reader, token: Address, own: Hex): Promise<Hex> {
  const minimal = MINIMAL_PROXY.exec(own)?.[1];
  const at =
    minimal === undefined ? addressIn(await slotAt(reader, token, IMPLEMENTATION_SLOT)) : getAddress(`0x${minimal}`);
  return at === undefined ? own : await codeAt(reader, at);
}

async function wordsAt(reader: Reader, token: Address, slots: readonly Hex[]) {
  return await Promise.all(slots.map(async (slot) => [slot, (await slotAt(reader, token, slot)) ?? "0x"] as const));
}
