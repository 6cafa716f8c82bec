import type { Token, TokenRegistry } from "../../domain/token.ts";
import { isNative, sameToken } from "../../domain/token.ts";

/** The ERC-20 that stands for a token inside pools and reserves: the wrapped coin for the native one. */
export function asErc20(tokens: TokenRegistry, token: Token): Token {
  return isNative(token) ? tokens.wrappedNative : token;
}

/** True when both are the same asset, the native coin and its wrapped form counted as one. */
export function sameAsset(tokens: TokenRegistry, a: Token, b: Token): boolean {
  return sameToken(asErc20(tokens, a), asErc20(tokens, b));
}
