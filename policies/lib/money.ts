import { formatUnits, parseUnits } from "viem";
import type { Evidence, Price } from "../../src/domain/evidence.ts";
import { assetKey, sameAddress } from "./assets.ts";

/** Decimals of US dollar amounts here: 1e8 = $1, as Chainlink and Aave count. */
export const USD_DECIMALS = 8;

/** Oracle price of an asset; the native coin and its wrapped form share one. Undefined when none is known or it is not positive. */
export function priceOf(evidence: Evidence, asset: string): Price | undefined {
  const exact = evidence.prices.find((price) => sameAddress(price.token.address, asset));
  const key = assetKey(evidence, asset);
  const found = exact ?? evidence.prices.find((price) => assetKey(evidence, price.token.address) === key);
  return found && found.usdE8 > 0n ? found : undefined;
}

/** US dollars (1e8 = $1, rounded down) of an amount in base units; undefined without a price. */
export function usdOf(evidence: Evidence, asset: string, amount: bigint): bigint | undefined {
  const price = priceOf(evidence, asset);
  return price && (amount * price.usdE8) / 10n ** BigInt(price.token.decimals);
}

/** Decimal text of dollars → 1e8 = $1. */
export function parseUsd(text: string): bigint {
  return parseUnits(text, USD_DECIMALS);
}

/** "$1,234.50" for people; cut, not rounded, to cents. */
export function showUsd(usdE8: bigint): string {
  const [whole = "0", cents = ""] = formatUnits(usdE8, USD_DECIMALS).split(".");
  return `$${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${cents.padEnd(2, "0").slice(0, 2)}`;
}

/** Basis points by which `got` falls short of `given`; negative when it is more. `given` must be positive. */
export function shortfallBps(given: bigint, got: bigint): bigint {
  // Rounded up, so that a shortfall a hair over the limit does not pass as equal to it.
  const lost = (given - got) * 10_000n;
  return lost > 0n ? (lost + given - 1n) / given : lost / given;
}
