import { createRequire } from "node:module";
import { getAddress } from "viem";
import { NATIVE_ADDRESS, type Token, type TokenRegistry } from "../domain/token.ts";
import { buildRegistry } from "./buildRegistry.ts";
import { chainFor } from "./chains.ts";
import { CURATED_TOKENS, STABLE_SYMBOLS, TOKEN_ALIASES } from "./curatedTokens.ts";
import { UnsupportedChainError } from "./errors.ts";

type ListedToken = {
  readonly chainId: number;
  readonly address: string;
  readonly symbol: string;
  readonly name: string;
  readonly decimals: number;
};

/**
 * Tokens of a public chain: the curated ones first (they own their symbols), then `@uniswap/default-token-list`.
 * A listed token whose symbol is taken stays reachable by address. Stable = curated and pegged to the US dollar.
 * Errors: UnsupportedChainError for a chain without a curated list.
 */
export function tokenRegistry(chainId: number): TokenRegistry {
  const chain = chainFor(chainId);
  const curated = CURATED_TOKENS[chainId]?.map(
    ([symbol, name, address, decimals]): Token => ({
      chainId,
      address: getAddress(address),
      symbol,
      name,
      decimals,
      stable: STABLE_SYMBOLS.has(symbol),
    }),
  );
  const wrappedNative = curated?.[0];
  if (chain === undefined || curated === undefined || wrappedNative === undefined)
    throw new UnsupportedChainError(`Chain ${chainId} has no token list; use a listed chain.`);
  const { symbol, name, decimals } = chain.nativeCurrency;
  const native: Token = { chainId, address: NATIVE_ADDRESS, symbol, name, decimals, stable: false };
  return buildRegistry({
    native,
    wrappedNative,
    tokens: curated,
    aliases: TOKEN_ALIASES,
    listed: listed(chainId),
  });
}

/** The default list's tokens of one chain; never marked stable. */
function listed(chainId: number): readonly Token[] {
  const list = createRequire(import.meta.url)("@uniswap/default-token-list") as {
    readonly tokens: readonly ListedToken[];
  };
  return list.tokens
    .filter((token) => token.chainId === chainId && /^0x[0-9a-fA-F]{40}$/.test(token.address))
    .map(({ address, symbol, name, decimals }) => ({
      chainId,
      address: getAddress(address),
      symbol,
      name,
      decimals,
      stable: false,
    }));
}
