import type { Token } from "../domain/token.ts";
import { CURATED_TOKENS } from "./curatedTokens.ts";
import type { Reader } from "./reader.ts";

/** A registry up to this size is searched whole. */
const SMALL_REGISTRY = 24;

/** Symbols that most pools are quoted in: the middles of two-hop paths. */
const HUB_SYMBOLS = ["USDC", "USDT", "DAI", "WBTC"];

/** ERC-20s among which pools are looked for: the whole of a small registry, else the curated list of the chain. */
export function coreTokens(reader: Reader): readonly Token[] {
  const erc20s = reader.tokens.all.filter((token) => token.address !== reader.tokens.native.address);
  if (erc20s.length <= SMALL_REGISTRY) return erc20s;
  const curated = new Set((CURATED_TOKENS[reader.chainId] ?? []).map(([, , address]) => address.toLowerCase()));
  return erc20s.filter((token) => curated.has(token.address.toLowerCase()));
}

/** Wrapped coin, USDC, USDT, DAI and WBTC, as far as the chain has them. */
export function hubTokens(reader: Reader): readonly Token[] {
  const { tokens } = reader;
  const others = HUB_SYMBOLS.flatMap((symbol) => tokens.bySymbol(symbol) ?? []);
  return [tokens.wrappedNative, ...others.filter((token) => token.address !== tokens.wrappedNative.address)];
}

/** Unordered pairs of core tokens, at least one of them a hub; a small registry gives all pairs. */
export function corePairs(reader: Reader): readonly (readonly [Token, Token])[] {
  const tokens = coreTokens(reader);
  const hubs = new Set(hubTokens(reader).map((token) => token.address));
  const all = tokens.length <= SMALL_REGISTRY;
  return tokens.flatMap((a, index) =>
    tokens
      .slice(index + 1)
      .flatMap((b) => (all || hubs.has(a.address) || hubs.has(b.address) ? [[a, b] as const] : [])),
  );
}
