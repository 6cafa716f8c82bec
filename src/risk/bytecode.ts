import { type Address, getAddress, type Hex } from "viem";

/** What a contract's code says without being run. Walks opcodes, so that data of pushes is not taken for code. */
export type Bytecode = {
  /** `PUSH4 selector EQ`, as the compilers' dispatchers compare. */
  readonly selectors: readonly Hex[];
  /** Addresses that stand in it as constants or immutables. */
  readonly constants: readonly Address[];
  /** Whole words that look like hashes: names of roles, and of storage slots (ERC-7201, EIP-1967). */
  readonly hashes: readonly Hex[];
  /** Storage slots that are read by a constant number. */
  readonly slots: readonly Hex[];
  /** Whether it runs other code as its own. */
  readonly delegates: boolean;
};

const [EQ, SLOAD, PUSH4, PUSH20, PUSH32, DELEGATECALL] = [0x14, 0x54, 0x63, 0x73, 0x7f, 0xf4];
const MOST_HASHES = 12;
const MOST_SLOTS = 48;

export function readBytecode(code: Hex): Bytecode {
  const [selectors, slots, hashes] = [new Set<Hex>(), new Set<Hex>(), new Set<Hex>()];
  const constants = new Set<Address>();
  let delegates = false;
  walk(code, (op, pushed, next) => {
    if (op === DELEGATECALL) delegates = true;
    const [compares, duplicated] = [next === EQ, next >= 0x80 && next <= 0x9f];
    if (op === PUSH4 && (compares || duplicated) && pushed !== "ffffffff") selectors.add(`0x${pushed}`);
    if (next === SLOAD && pushed !== "") slots.add(`0x${pushed.padStart(64, "0")}`);
    if (op === PUSH32 && looksHashed(pushed)) hashes.add(`0x${pushed}`);
    // Immutables are written into the code as whole words.
    const word = op === PUSH32 && pushed.startsWith("0".repeat(24)) ? pushed.slice(24) : op === PUSH20 ? pushed : "";
    if (word.length === 40 && !/^(?:f{40}|0{8}.*)$/.test(word)) constants.add(getAddress(`0x${word}`));
  });
  return {
    selectors: [...selectors],
    constants: [...constants],
    hashes: [...hashes].slice(0, MOST_HASHES),
    slots: [...slots].slice(0, MOST_SLOTS),
    delegates,
  };
}

/** No run of zeros or of fs, as numbers, masks, selectors and texts have. */
function looksHashed(word: string): boolean {
  return !/0{10}|f{10}/.test(word);
}

/** `pushed` is empty for an opcode that pushes nothing; `next` is the opcode after it. */
function walk(code: Hex, visit: (op: number, pushed: string, next: number) => void): void {
  for (let at = 2; at < code.length; ) {
    const op = Number.parseInt(code.slice(at, at + 2), 16);
    const size = op >= 0x60 && op <= 0x7f ? op - 0x5f : 0;
    const pushed = code.slice(at + 2, at + 2 + size * 2);
    at += 2 + size * 2;
    if (pushed.length === size * 2) visit(op, pushed, Number.parseInt(code.slice(at, at + 2), 16));
  }
}
