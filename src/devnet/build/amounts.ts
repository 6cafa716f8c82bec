import type { DevnetToken } from "../types.ts";
import { DevnetBuildError } from "./builder.ts";
import { TOKENS } from "./params.ts";

/** A token of the deployment by symbol; throws DevnetBuildError when params name one that is not deployed. */
export function token(tokens: Readonly<Record<string, DevnetToken>>, symbol: string): DevnetToken {
  const found = tokens[symbol];
  if (found === undefined) throw new DevnetBuildError("parameters", `no token ${symbol}`);
  return found;
}

/** Whole tokens → base units. */
export function units(of: { readonly decimals: number }, whole: bigint): bigint {
  return whole * 10n ** BigInt(of.decimals);
}

/** Opening price in USD, 8 decimals. */
export function price8(symbol: string): bigint {
  const found = TOKENS.find((params) => params.symbol === symbol);
  if (found === undefined) throw new DevnetBuildError("parameters", `no price for ${symbol}`);
  return found.price8;
}

/** Whole US dollars → base units at the opening price, rounded down. */
export function unitsForUsd(of: DevnetToken, usd: bigint): bigint {
  return (usd * 10n ** 8n * 10n ** BigInt(of.decimals)) / price8(of.symbol);
}

/** Integer square root, rounded down (Newton). */
export function sqrt(value: bigint): bigint {
  if (value < 2n) return value;
  let x = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (x + value / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}

/** The two tokens in the order Uniswap keeps them: by address. */
export function sorted(a: DevnetToken, b: DevnetToken): readonly [DevnetToken, DevnetToken] {
  return a.address.toLowerCase() < b.address.toLowerCase() ? [a, b] : [b, a];
}
