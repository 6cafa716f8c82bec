import { readFileSync } from "node:fs";
import { keccak256 } from "viem";
import { expect, test } from "vitest";
import { compile } from "../../src/devnet/artifacts/compile.ts";
import { artifact, OWN_ARTIFACTS, ZOO_ARTIFACTS } from "../../src/devnet/build/artifact.ts";
import { DevnetBuildError } from "../../src/devnet/index.ts";

const committed = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../src/devnet/artifacts/${name}.json`, import.meta.url), "utf8"));

test("default: committed artifacts are what their sources compile to", { timeout: 300_000 }, () => {
  const rebuilt = compile();
  expect(rebuilt.map(({ contractName }) => contractName).sort()).toEqual([...OWN_ARTIFACTS, ...ZOO_ARTIFACTS].sort());
  for (const contract of rebuilt) expect(committed(contract.contractName), contract.contractName).toEqual(contract);
});

test("behavior: Multicall3's code is mainnet's", () => {
  const { deployedBytecode } = committed("multicall3") as { deployedBytecode: `0x${string}` };
  expect(keccak256(deployedBytecode)).toBe("0xd5c15df687b16f2ff992fc8d767b4216323184a2bbc6ee2f9c398c318e770891");
});

test("error: DevnetBuildError when a library is not given", () => {
  expect(() => artifact("Pool")).toThrow(DevnetBuildError);
});
