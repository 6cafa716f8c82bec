import { createRequire } from "node:module";
import { type Address, erc20Abi } from "viem";
import type { Token, TokenRegistry } from "../../../src/domain/token.ts";
import type { BenchChain } from "./chain.ts";
import type { Row } from "./corpus.ts";

/**
 * The chain's registry with this deployment in it. A known project stands at its canonical address in reality and is then
 * on the list that a user's registry is made of; on the local chain it stands elsewhere, so the list must be told. Scans of
 * known projects are shown with this list and without it.
 */
export async function withCanonical(chain: BenchChain, token: Address): Promise<TokenRegistry> {
  const [name, symbol, decimals] = await Promise.all([
    textOf(chain, token, "name"),
    textOf(chain, token, "symbol"),
    chain.read(token, erc20Abi, "decimals").catch(() => 18),
  ]);
  const entry: Token = { chainId: 31337, address: token, symbol, name, decimals: Number(decimals), stable: false };
  const own = (one: Token) => one.address.toLowerCase() === token.toLowerCase();
  return {
    ...chain.tokens,
    all: [...chain.tokens.all, entry],
    byAddress: (address) => (own({ ...entry, address }) ? entry : chain.tokens.byAddress(address)),
  };
}

/** Whether the address in the row's source path, on its own chain, is on the token list that ships with the project. */
export function isShipped({ file, sourcePath }: Row): boolean {
  const chainId = CHAINS[/\/([a-z]+)_/.exec(file)?.[1] ?? ""];
  const address = /(?:0x)?([0-9a-fA-F]{40})/.exec(sourcePath)?.[1]?.toLowerCase();
  const { tokens } = createRequire(import.meta.url)("@uniswap/default-token-list") as {
    readonly tokens: readonly { readonly chainId: number; readonly address: string }[];
  };
  return tokens.some((one) => one.chainId === chainId && one.address.toLowerCase() === `0x${address}`);
}

const CHAINS: Readonly<Record<string, number>> = { eth: 1, real: 1, op: 10, avax: 43_114, ftm: 250 };

async function textOf(chain: BenchChain, token: Address, name: "name" | "symbol"): Promise<string> {
  try {
    return String(await chain.read(token, erc20Abi, name)).slice(0, 64);
  } catch {
    return "";
  }
}
