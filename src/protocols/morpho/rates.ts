import type { ApyWad } from "../../domain/market.ts";
import { SECONDS_PER_YEAR, taylorCompoundedWad, WAD } from "../shared/rates.ts";
import type { MorphoState } from "./readState.ts";

/**
 * Yearly cost of a loan: the per-second rate compounded over a year as Morpho compounds it.
 * Source: morpho-org/morpho-blue-snippets MorphoBlueSnippets.borrowAPY (`borrowRate.wTaylorCompounded(365 days)`).
 */
export function borrowApyWad(ratePerSecondWad: bigint): ApyWad {
  return taylorCompoundedWad(ratePerSecondWad, SECONDS_PER_YEAR);
}

/** Yearly yield of a supply: borrow APY × utilisation × (1 − fee). Source: MorphoBlueSnippets.supplyAPY. */
export function supplyApyWad(borrowApy: ApyWad, { supply, borrow, fee }: MorphoState): ApyWad {
  if (borrow.assets === 0n || supply.assets === 0n) return 0n;
  const utilisation = (borrow.assets * WAD + supply.assets - 1n) / supply.assets;
  return (((borrowApy * (WAD - fee)) / WAD) * utilisation) / WAD;
}
