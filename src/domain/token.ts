import type { Address } from "viem";

/** Address that stands for the chain's native coin wherever an asset address is asked for (ERC-7528). */
export const NATIVE_ADDRESS = "0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE" as const;

export type Token = {
  readonly chainId: number;
  /** ERC-20 contract, or NATIVE_ADDRESS for the native coin. */
  readonly address: Address;
  readonly symbol: string;
  readonly name: string;
  readonly decimals: number;
  /** In the registry's list of stablecoins pegged to the US dollar ("any:stablecoin"). */
  readonly stable: boolean;
};

/** True for the chain's native coin. */
export function isNative(token: { readonly address: Address }): boolean {
  return token.address.toLowerCase() === NATIVE_ADDRESS.toLowerCase();
}

/** True when both name the same asset on the same chain; checksums do not matter. */
export function sameToken(a: Token, b: Token): boolean {
  return a.chainId === b.chainId && a.address.toLowerCase() === b.address.toLowerCase();
}

/** The tokens of one chain, as every room asks for them. Lookups never guess: an unknown symbol is undefined. */
export type TokenRegistry = {
  readonly chainId: number;
  readonly native: Token;
  readonly wrappedNative: Token;
  readonly all: readonly Token[];
  bySymbol(symbol: string): Token | undefined;
  byAddress(address: Address): Token | undefined;
};
