import { type Address, erc20Abi } from "viem";
import type { Token, TokenRegistry } from "../../../src/domain/token.ts";
import type { BenchChain } from "./chain.ts";

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

async function textOf(chain: BenchChain, token: Address, name: "name" | "symbol"): Promise<string> {
  try {
    return String(await chain.read(token, erc20Abi, name)).slice(0, 64);
  } catch {
    return "";
  }
}
