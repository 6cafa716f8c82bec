import type { Token, TokenRegistry } from "../domain/token.ts";

/**
 * Freezes a list of tokens into a registry. Order is authority: where two tokens share a symbol (case does not matter),
 * the first keeps it and the other is found by address only. Native and wrapped coin come before all.
 */
export function buildRegistry(input: {
  readonly native: Token;
  readonly wrappedNative: Token;
  readonly tokens: readonly Token[];
  /** Other spellings → registered symbol ("MATIC" → "POL"); never overrides a symbol of `tokens`. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Tokens of a public list: known by address, and by symbol where neither a token nor an alias has it. */
  readonly listed?: readonly Token[];
}): TokenRegistry {
  const byAddress = new Map<string, Token>();
  const bySymbol = new Map<string, Token>();
  const add = (token: Token): void => {
    if (byAddress.has(token.address.toLowerCase())) return;
    byAddress.set(token.address.toLowerCase(), token);
    if (!bySymbol.has(token.symbol.toLowerCase())) bySymbol.set(token.symbol.toLowerCase(), token);
  };
  [input.native, input.wrappedNative, ...input.tokens].forEach(add);
  for (const [alias, symbol] of Object.entries(input.aliases ?? {})) {
    const token = bySymbol.get(symbol.toLowerCase());
    if (token !== undefined && !bySymbol.has(alias.toLowerCase())) bySymbol.set(alias.toLowerCase(), token);
  }
  (input.listed ?? []).forEach(add);
  return {
    chainId: input.native.chainId,
    native: input.native,
    wrappedNative: input.wrappedNative,
    all: Object.freeze([...byAddress.values()]),
    bySymbol: (symbol) => bySymbol.get(symbol.trim().toLowerCase()),
    byAddress: (address) => byAddress.get(address.toLowerCase()),
  };
}
