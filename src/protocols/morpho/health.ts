import { WAD } from "../shared/rates.ts";
import type { MorphoPosition, MorphoState } from "./readState.ts";
import { toAssetsUp } from "./shares.ts";

const PRICE_SCALE = 10n ** 36n;

/** Most loan base units that `collateral` may secure: collateral × price × lltv, each step rounded down (Morpho._isHealthy). Undefined without a price. */
export function borrowLimit(collateral: bigint, { price, params }: MorphoState): bigint | undefined {
  if (price === undefined) return undefined;
  return (((collateral * price) / PRICE_SCALE) * params.lltv) / WAD;
}

/** Base units owed with today's interest, rounded up as the contract does. */
export function debtOf({ borrowShares }: MorphoPosition, { borrow }: MorphoState): bigint {
  return toAssetsUp(borrowShares, borrow);
}

/** Limit ÷ debt in wad; undefined without debt or price. */
export function healthFactorWad(collateral: bigint, debt: bigint, state: MorphoState): bigint | undefined {
  const limit = borrowLimit(collateral, state);
  return debt === 0n || limit === undefined ? undefined : (limit * WAD) / debt;
}
