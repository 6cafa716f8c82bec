import type { Token, TokenRegistry } from "../domain/token.ts";
import { isNative } from "../domain/token.ts";

/** True for entries of one of the tokens; lending holds the native coin in its wrapped form, so that counts as the coin. */
export function matchAsset(registry: TokenRegistry, tokens: readonly Token[]): (entry: { asset: string }) => boolean {
  const wanted = new Set(tokens.map((token) => token.address.toLowerCase()));
  if (tokens.some(isNative)) wanted.add(registry.wrappedNative.address.toLowerCase());
  return ({ asset }) => wanted.has(asset.toLowerCase());
}
