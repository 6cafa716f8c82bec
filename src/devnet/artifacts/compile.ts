import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Abi, Hex } from "viem";
import { IntendantError } from "../../domain/error.ts";
import { ZOO_SOURCES } from "../build/artifact.ts";

/** One compiled contract, as committed in this folder. */
export type CompiledContract = { readonly contractName: string; readonly abi: Abi; readonly bytecode: Hex };

type SolcOutput = {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly contracts?: Record<string, Record<string, { abi: Abi; evm: { bytecode: { object: string } } }>>;
};
type Solc = { compile(input: string, callbacks: { import(path: string): { contents: string } | { error: string } }): string };
type Unit = {
  readonly solc: string;
  readonly settings: object;
  /** Source path as solc sees it → contracts to keep. */
  readonly keep: Readonly<Record<string, readonly string[]>>;
};

const here = dirname(fileURLToPath(import.meta.url));
const contracts = join(here, "..", "contracts");
const modules = resolve(here, "../../../node_modules");
const require = createRequire(import.meta.url);

const metadata = { bytecodeHash: "none" };
/** Ours, and mainnet's settings for Morpho Blue and its rate model (their foundry.toml). */
const units: readonly Unit[] = [
  {
    solc: "solc",
    settings: { optimizer: { enabled: true, runs: 200 }, evmVersion: "prague", metadata },
    keep: {
      "DevToken.sol": ["DevToken"],
      "TetherToken.sol": ["TetherToken"],
      "LiquidStaking.sol": ["StETH", "WstETH"],
      "PriceFeeds.sol": ["DevFeed", "StakedEthFeed", "FeedPairOracle"],
      "SavingsVault.sol": ["SavingsVault"],
      "Zoo.sol": ["FeeOnTransferToken"],
      ...ZOO_SOURCES,
    },
  },
  {
    solc: "solc-0.8.19",
    settings: { viaIR: true, optimizer: { enabled: true, runs: 999999 }, evmVersion: "paris", metadata },
    keep: {
      "@morpho-org/morpho-blue/src/Morpho.sol": ["Morpho"],
      "vendor/adaptive-curve-irm/AdaptiveCurveIrm.sol": ["AdaptiveCurveIrm"],
    },
  },
];

/** The rate model's sources import Morpho Blue from a git submodule; the npm package holds the same files. */
function locate(path: string): string {
  const morpho = path.replace(/^(vendor\/)?lib\/morpho-blue\//, "@morpho-org/morpho-blue/");
  const own = join(contracts, morpho);
  return existsSync(own) ? own : join(modules, morpho);
}

/** The Solidity compiler rejects our sources. */
export class CompileError extends IntendantError {
  readonly code = "devnet_compile_failed";
}

function compileUnit(unit: Unit): CompiledContract[] {
  const solc = require(unit.solc) as Solc;
  const sources = Object.fromEntries(
    Object.keys(unit.keep).map((path) => [path, { content: readFileSync(locate(path), "utf8") }]),
  );
  const settings = { ...unit.settings, outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } } };
  const input = JSON.stringify({ language: "Solidity", sources, settings });
  const find = (path: string) =>
    existsSync(locate(path)) ? { contents: readFileSync(locate(path), "utf8") } : { error: `not found: ${path}` };
  const output = JSON.parse(solc.compile(input, { import: find })) as SolcOutput;
  const failures = (output.errors ?? []).filter((error) => error.severity === "error");
  if (failures.length > 0) throw new CompileError(failures.map((error) => error.formattedMessage).join("\n"));
  return Object.entries(unit.keep).flatMap(([path, names]) =>
    names.map((contractName) => {
      const found = output.contracts?.[path]?.[contractName];
      if (found === undefined) throw new CompileError(`${path} has no contract ${contractName}`);
      return { contractName, abi: found.abi, bytecode: `0x${found.evm.bytecode.object}` as const };
    }),
  );
}

/** Compiles every contract of this folder from source; about 40 s on one core, most of it Morpho's IR. */
export function compile(): CompiledContract[] {
  return units.flatMap(compileUnit);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const artifact of compile()) {
    writeFileSync(join(here, `${artifact.contractName}.json`), `${JSON.stringify(artifact)}\n`);
    console.log(`${artifact.contractName}: ${(artifact.bytecode.length - 2) / 2} bytes`);
  }
}
