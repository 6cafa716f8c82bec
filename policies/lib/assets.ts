import type { Address } from "viem";
import type { Effect } from "../../src/domain/effect.ts";
import type { Evidence } from "../../src/domain/evidence.ts";
import { NATIVE_ADDRESS, type Token } from "../../src/domain/token.ts";

/** True when both texts name one address; checksums do not matter. */
export function sameAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** One key per asset in lower case; the native coin and its wrapped form are the same asset. */
export function assetKey(evidence: Evidence, asset: string): string {
  return (sameAddress(asset, evidence.wrappedNative) ? NATIVE_ADDRESS : asset).toLowerCase();
}

/** The registry's token at this address; undefined when it lists none. */
export function listedToken(evidence: Evidence, address: string): Token | undefined {
  return evidence.tokens.find((token) => sameAddress(token.address, address));
}

/**
 * The token that an intent names: the registry's by symbol (case does not matter, the list's first owns it) or by address,
 * and one on no list by its address alone.
 */
export function namedToken(evidence: Evidence, name: string): Token | undefined {
  const unlisted = (evidence.unlisted ?? []).find((token) => sameAddress(token.address, name));
  return evidence.tokens.find((token) => sameAddress(token.symbol, name)) ?? listedToken(evidence, name) ?? unlisted;
}

/** Symbol for people, else the address. */
export function assetName(evidence: Evidence, address: string): string {
  return listedToken(evidence, address)?.symbol ?? address;
}

/** What an effect takes out of the wallet; MAX_UINT256 stays as it is. Wraps and approvals take nothing. */
export function outflowOf(effect: Effect): { readonly asset: Address; readonly amount: bigint } | undefined {
  if (effect.type === "transfer") return { asset: effect.asset, amount: effect.amount };
  if (effect.type === "swap") return { asset: effect.sell, amount: effect.sellAmount };
  if (effect.type === "supply" || effect.type === "repay") return { asset: effect.asset, amount: effect.amount };
  return undefined;
}

/** Protocol that an effect belongs to; undefined for plain token calls. */
export function protocolOf(effect: Effect): string | undefined {
  return "protocol" in effect ? effect.protocol : undefined;
}
