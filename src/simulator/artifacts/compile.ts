import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Abi, Hex } from "viem";
import { IntendantError } from "../../domain/error.ts";

/** The runner as committed beside this file: `bytecode` is the runtime code that a state override installs. */
export type RunnerArtifact = { readonly contractName: string; readonly abi: Abi; readonly bytecode: Hex };

type Output = {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly contracts?: Record<string, Record<string, { abi: Abi; evm: { deployedBytecode: { object: string } } }>>;
};

const FILE = "SequenceRunner.sol";
const NAME = "SequenceRunner";

/** Compiles the runner with the pinned solc. `paris`: no PUSH0, so that it runs on every chain. Throws RunnerCompileError. */
export function compileRunner(): RunnerArtifact {
  const solc = createRequire(import.meta.url)("solc") as { compile(input: string): string };
  const content = readFileSync(fileURLToPath(new URL(`../contracts/${FILE}`, import.meta.url)), "utf8");
  const input = {
    language: "Solidity",
    sources: { [FILE]: { content } },
    settings: {
      optimizer: { enabled: true, runs: 200 },
      evmVersion: "paris",
      metadata: { bytecodeHash: "none" },
      outputSelection: { "*": { "*": ["abi", "evm.deployedBytecode.object"] } },
    },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as Output;
  const problems = (output.errors ?? []).filter((error) => error.severity === "error");
  const built = output.contracts?.[FILE]?.[NAME];
  if (problems.length > 0 || !built)
    throw new RunnerCompileError(`Fix ${FILE}: the Solidity compiler refuses it.`, {
      facts: problems.map((problem) => problem.formattedMessage),
    });
  return { contractName: NAME, abi: built.abi, bytecode: `0x${built.evm.deployedBytecode.object}` };
}

/** The committed Solidity does not compile. */
export class RunnerCompileError extends IntendantError {
  readonly code = "runner_compile";
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const target = fileURLToPath(new URL(`./${NAME}.json`, import.meta.url));
  writeFileSync(target, `${JSON.stringify(compileRunner(), null, 2)}\n`);
}
