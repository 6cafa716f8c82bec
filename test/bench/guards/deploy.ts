import { type Abi, type AbiParameter, type Address, encodeDeployData, type Hex, keccak256, toBytes } from "viem";
import type { BenchChain } from "./chain.ts";
import type { Compiled } from "./compile.ts";
import type { Row } from "./corpus.ts";
import { StageError } from "./errors.ts";
import { AGREEABLE, type Guess, guessValue, VARIANTS } from "./values.ts";

export type Deployed = {
  readonly token: Address;
  readonly abi: Abi;
  /** Everybody who got tokens at birth. */
  readonly holders: readonly Address[];
};

const TRANSFER = keccak256(toBytes("Transfer(address,address,uint256)"));
const ADDRESS_OF_ROUTER = /router\w*\s*(?:\(|=)\s*(?:\w+\()?\s*(0x[0-9a-fA-F]{40})/gi;

/** Deploys the row's contract: libraries linked, routers at the addresses that its code names, guessed values. */
export async function deploy(chain: BenchChain, row: Row, compiled: readonly Compiled[]): Promise<Deployed> {
  const main = compiled.find(({ name }) => name === row.contract);
  if (main === undefined) throw new StageError(`There is no contract ${row.contract} with code in the file.`);
  await placeRouters(chain, row);
  await chain.rpc("anvil_setCode", [AGREEABLE, answering("zero")]);
  const logic = isProxy(main) ? await deployLogic(chain, compiled, main) : undefined;
  const { timestamp } = await chain.client.getBlock();
  for (let variant = 0; variant < VARIANTS; variant++) {
    const guess = guesses(chain, { logic, variant, now: timestamp, symbol: symbolOf(row) });
    const receipt = await create(chain, main, compiled, guess);
    if (receipt?.ok === true && receipt.contractAddress !== null)
      return {
        token: receipt.contractAddress,
        abi: await abiOf(main, compiled, logic),
        holders: holdersIn(receipt.logs),
      };
  }
  throw new StageError("Its constructor reverts with every guessed value.");
}

/** It does not transfer itself, and answers what it does not know. */
function isProxy({ abi }: Compiled): boolean {
  const transfers = abi.some((item) => item.type === "function" && item.name === "transfer");
  return !transfers && abi.some(({ type }) => type === "fallback");
}

async function abiOf(main: Compiled, compiled: readonly Compiled[], logic: Address | undefined): Promise<Abi> {
  const behind = logic === undefined ? undefined : logicOf(compiled, main);
  return behind === undefined ? main.abi : [...main.abi, ...behind.abi];
}

export function guesses(chain: BenchChain, rest: Pick<Guess, "logic" | "variant" | "now" | "symbol">): Guess {
  const { deployer, router, factory, addresses } = chain;
  return { deployer, router, factory, coin: addresses.wrappedNative, ...rest };
}

/** The symbol in the file's name (`benign/eth_BNT_1f573d6f.sol`), else one that means nothing. */
export function symbolOf({ file, expected }: Row): string {
  return expected === "allow" ? (file.split("_")[1] ?? "QZX") : "QZX";
}

/** Puts the local router's code at every address that the source calls a router. */
async function placeRouters(chain: BenchChain, { source, hardcodedRouter }: Row): Promise<void> {
  const named = [...source.matchAll(ADDRESS_OF_ROUTER)].map(([, address]) => address as Address);
  if (named.length === 0 && !hardcodedRouter) return;
  const code = await chain.client.getCode({ address: chain.router });
  for (const address of new Set(named)) await chain.rpc("anvil_setCode", [address, code ?? "0x"]);
}

async function deployLogic(
  chain: BenchChain,
  compiled: readonly Compiled[],
  main: Compiled,
): Promise<Address | undefined> {
  const logic = logicOf(compiled, main);
  if (logic === undefined) return undefined;
  const { timestamp } = await chain.client.getBlock();
  const receipt = await create(
    chain,
    logic,
    compiled,
    guesses(chain, { variant: 0, now: timestamp, symbol: "QZX", logic: undefined }),
  );
  return receipt?.ok === true ? (receipt.contractAddress ?? undefined) : undefined;
}

/** The token behind a proxy: another contract of the file that transfers. */
function logicOf(compiled: readonly Compiled[], main: Compiled): Compiled | undefined {
  const transfers = ({ abi }: Compiled) => abi.some((item) => item.type === "function" && item.name === "transferFrom");
  return compiled
    .filter((one) => one !== main && transfers(one))
    .sort((a, b) => b.bytecode.length - a.bytecode.length)[0];
}

async function create(chain: BenchChain, contract: Compiled, compiled: readonly Compiled[], guess: Guess) {
  const inputs: readonly AbiParameter[] = contract.abi.find((item) => item.type === "constructor")?.inputs ?? [];
  const bytecode = await link(chain, contract.bytecode, compiled);
  try {
    const first = inputs.findIndex(({ type }) => type === "address");
    const args = inputs.map((input, at) =>
      at === first ? (guess.logic ?? guessValue(input, guess)) : guessValue(input, guess),
    );
    const data = encodeDeployData({ abi: contract.abi, bytecode, args });
    return await chain.send({ from: chain.deployer, data });
  } catch {
    return undefined;
  }
}

/** Deploys the libraries whose placeholders stand in the code (both compilers' forms) and writes their addresses in. */
async function link(chain: BenchChain, bytecode: Hex, compiled: readonly Compiled[]): Promise<Hex> {
  const placeholder = /__\$?([0-9A-Za-z.:_$]{1,38}?)_*\$?__/;
  let linked: string = bytecode;
  for (let found = /__.{38}/.exec(linked); found !== null; found = /__.{38}/.exec(linked)) {
    const [mark] = found;
    const library = compiled.find(
      ({ name }) =>
        mark.includes(`:${name}_`.slice(0, 26)) ||
        mark.includes(keccak256(toBytes(`token.sol:${name}`)).slice(2, 36)) ||
        placeholder.exec(mark)?.[1]?.endsWith(`:${name}`) === true,
    );
    const made = library === undefined ? undefined : await chain.send({ from: chain.deployer, data: library.bytecode });
    if (made?.contractAddress == null) throw new StageError(`A library is missing: ${mark}.`);
    linked = linked.replaceAll(mark, made.contractAddress.slice(2).toLowerCase());
  }
  return linked as Hex;
}

/** What a stand-in contract answers every call with: a number, its own address, or the call's first or second argument. */
export const ANSWERS = ["zero", "one", "itself", "first argument", "second argument"] as const;
export type Answer = (typeof ANSWERS)[number];

const PUSHES: Readonly<Record<Answer, string>> = {
  zero: "6000",
  one: "6001",
  itself: "30",
  "first argument": "600435",
  "second argument": "602435",
};

/** Code of a contract that answers every call with three words of one value. */
export function answering(answer: Answer): Hex {
  const store = (at: string) => `${PUSHES[answer]}60${at}52`;
  // It reads a slot before, as a helper does whose answers can be changed.
  return `0x60005450${store("00")}${store("20")}${store("40")}60606000f3`;
}

function holdersIn(logs: readonly { readonly topics: readonly Hex[] }[]): readonly Address[] {
  return logs
    .filter(({ topics }) => topics[0] === TRANSFER && topics[2] !== undefined)
    .map(({ topics }) => `0x${topics[2]?.slice(26)}` as Address);
}
