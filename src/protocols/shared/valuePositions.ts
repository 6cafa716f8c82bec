import { oraclePrices } from "../../chain/prices.ts";
import type { Reader } from "../../chain/reader.ts";
import type { Position } from "../../domain/market.ts";
import type { Token } from "../../domain/token.ts";

/** A position, with what may still be borrowed in base units of `asset` where the protocol has such a notion. */
export type Unvalued = {
  readonly position: Position;
  readonly capacity?: { readonly asset: Token; readonly amount: bigint };
};

/**
 * Adds US dollars (1e18 = $1, rounded down) from the chain's oracles to positions of protocols that count in tokens
 * only. A token without a price keeps no dollar value: unknown is not zero.
 */
export async function valuePositions(reader: Reader, found: readonly Unvalued[]): Promise<readonly Position[]> {
  if (found.length === 0) return [];
  const assets = found.flatMap(({ position: { supplied, borrowed }, capacity }) =>
    [...supplied, ...borrowed, ...(capacity ? [capacity] : [])].map(({ asset }) => asset.address),
  );
  const prices = await oraclePrices(reader, [...new Set(assets)]);
  const usdWad = ({ asset, amount }: { readonly asset: Token; readonly amount: bigint }): bigint | undefined => {
    const price = prices.get(asset.address);
    return price && usdWadOf(amount, asset, price.usdE8);
  };
  const valued = <T extends { readonly asset: Token; readonly amount: bigint }>(held: T) => {
    const value = usdWad(held);
    return value === undefined ? held : { ...held, usdWad: value };
  };
  return found.map(({ position, capacity }) => {
    const left = capacity && usdWad(capacity);
    return {
      ...position,
      supplied: position.supplied.map(valued),
      borrowed: position.borrowed.map(valued),
      ...(left === undefined ? undefined : { borrowCapacityUsdWad: left }),
    };
  });
}

/** Base units in US dollars, 1e18 = $1, rounded down; `usdE8` is the price of one whole token, 1e8 = $1. */
export function usdWadOf(amount: bigint, { decimals }: Pick<Token, "decimals">, usdE8: bigint): bigint {
  return (amount * usdE8 * 10n ** 10n) / 10n ** BigInt(decimals);
}
