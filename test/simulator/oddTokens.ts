import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Abi, type Address, createWalletClient, encodeDeployData, type Hex, http } from "viem";
import type { TestChain } from "../setup/testChain.ts";

type Contract = { readonly abi: Abi; readonly evm: { readonly bytecode: { readonly object: string } } };
type Output = { readonly contracts: Record<string, Record<string, Contract>> };

/** Compiles the contracts of OddTokens.sol, meant to deceive. */
export function compileOdd(): Readonly<Record<"LyingToken" | "Thief", Contract>> {
  const solc = createRequire(import.meta.url)("solc") as { compile(input: string): string };
  const content = readFileSync(new URL("./OddTokens.sol", import.meta.url), "utf8");
  const settings = { outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } } };
  const input = { language: "Solidity", sources: { "Odd.sol": { content } }, settings };
  const { contracts } = JSON.parse(solc.compile(JSON.stringify(input))) as Output;
  const { LyingToken, Thief } = contracts["Odd.sol"] ?? {};
  if (!LyingToken || !Thief) throw new Error("OddTokens.sol does not compile");
  return { LyingToken, Thief };
}

/** Deploys one of them as the owner. */
export async function deploy(chain: TestChain, contract: Contract, args: readonly unknown[] = []): Promise<Address> {
  const wallet = createWalletClient({ chain: chain.client.chain, transport: http(chain.devnet.rpcUrl) });
  const bytecode: Hex = `0x${contract.evm.bytecode.object}`;
  const data = encodeDeployData({ abi: contract.abi, bytecode, args: [...args] });
  const hash = await wallet.sendTransaction({ account: chain.owner, data, gas: 3_000_000n });
  const { contractAddress } = await chain.client.waitForTransactionReceipt({ hash, pollingInterval: 20 });
  if (!contractAddress) throw new Error("not deployed");
  return contractAddress;
}
