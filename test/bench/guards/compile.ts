import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Abi, Hex } from "viem";
import { StageError } from "./errors.ts";

export type Compiled = { readonly name: string; readonly abi: Abi; readonly bytecode: Hex };

type Emitted = {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly contracts?: Readonly<
    Record<string, Readonly<Record<string, { readonly abi: Abi; readonly evm: { readonly bytecode: Bytecode } }>>>
  >;
};
type Bytecode = {
  readonly object: string;
  readonly linkReferences?: Readonly<Record<string, Readonly<Record<string, readonly { readonly start: number }[]>>>>;
};

const require = createRequire(import.meta.url);
const wrapper = require("solc/wrapper.js") as (soljson: unknown) => { compile(input: string): string };
/** The package of this version holds another compiler; npm has the right one under another version. */
const FIXED: Readonly<Record<string, string>> = { "0.8.7": "0.8.7-fixed" };
const compilers = new Map<string, ReturnType<typeof wrapper>>();

/**
 * Every deployable contract of a source file, compiled with the named solc from npm (fetched once into `cache`), optimizer
 * on, 200 runs, EVM version paris from 0.8.20. Results are cached by the hash of version and source.
 *
 * @throws {StageError} when it does not compile
 */
export function compile(source: string, version: string, cache: string): readonly Compiled[] {
  const folder = join(cache, "artifacts");
  const path = join(folder, `${createHash("sha256").update(`2 ${version}\n${source}`).digest("hex")}.json`);
  if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8")) as readonly Compiled[];
  const compiled = run(source, version, cache);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, JSON.stringify(compiled));
  return compiled;
}

function run(source: string, version: string, cache: string): readonly Compiled[] {
  const input = {
    language: "Solidity",
    sources: { "token.sol": { content: source } },
    settings: {
      optimizer: { enabled: true, runs: 200 },
      ...(afterMerge(version) ? { evmVersion: "paris" } : {}),
      outputSelection: { "*": { "*": ["abi", "evm.bytecode"] } },
    },
  };
  const emitted = JSON.parse(compilerOf(version, cache).compile(JSON.stringify(input))) as Emitted;
  const wrong = (emitted.errors ?? []).filter(({ severity }) => severity === "error");
  if (wrong.length > 0) throw new StageError(`It does not compile: ${wrong[0]?.formattedMessage.slice(0, 200)}`);
  return Object.values(emitted.contracts ?? {}).flatMap((contracts) =>
    Object.entries(contracts).flatMap(([name, { abi, evm }]) =>
      evm.bytecode.object === "" ? [] : [{ name, abi, bytecode: `0x${evm.bytecode.object}` as Hex }],
    ),
  );
}

function afterMerge(version: string): boolean {
  const [, minor = 0, patch = 0] = version.split(/[.-]/).map(Number);
  return minor > 8 || (minor === 8 && patch >= 20);
}

function compilerOf(version: string, cache: string): ReturnType<typeof wrapper> {
  const known = compilers.get(version);
  if (known !== undefined) return known;
  const folder = join(cache, `solc-${version}`);
  const soljson = join(folder, "package", "soljson.js");
  if (!existsSync(soljson)) fetchPackage(`solc@${FIXED[version] ?? version}`, folder);
  // Each compiler hangs itself on the process's errors; the benchmark keeps its own handling.
  const before = process.listeners("uncaughtException");
  const compiler = wrapper(require(soljson));
  for (const one of process.listeners("uncaughtException"))
    if (!before.includes(one)) process.removeListener("uncaughtException", one);
  compilers.set(version, compiler);
  return compiler;
}

/** Downloads a package with the npm client and unpacks it; nothing of it is run by that. */
function fetchPackage(name: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  try {
    const packed = execFileSync("npm", ["pack", name, "--silent", "--pack-destination", folder], { encoding: "utf8" });
    execFileSync("tar", ["-xzf", join(folder, packed.trim().split("\n").at(-1) ?? ""), "-C", folder]);
  } catch (cause) {
    throw new StageError(`The compiler ${name} could not be fetched from npm; is there a network?`, { cause });
  }
}
