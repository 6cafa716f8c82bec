import { formatUnits } from "viem";

/** US dollars with cents from 1e8 = $1, truncated towards zero: "-1234.50". */
export function formatUsdE8(usdE8: bigint): string {
  const cents = usdE8 / 1_000_000n;
  const sign = cents < 0n ? "-" : "";
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, "0");
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** A 1e18 fixed-point number with so many decimals, truncated: "1.8000". */
export function formatWad(wad: bigint, decimals: number): string {
  const [whole = "0", fraction = ""] = formatUnits(wad, 18).split(".");
  return decimals === 0 ? whole : `${whole}.${fraction.padEnd(decimals, "0").slice(0, decimals)}`;
}

/** A yearly rate, 1e18 = 100 %, as percent with two decimals: "5.23 %". */
export function formatPercentWad(wad: bigint): string {
  return `${formatWad(wad * 100n, 2)} %`;
}

/** Base units as a decimal with grouped thousands and at most `decimals` digits after the point, truncated. */
export function formatAmount(amount: bigint, tokenDecimals: number, decimals = 6): string {
  const negative = amount < 0n;
  const [whole = "0", fraction = ""] = formatUnits(negative ? -amount : amount, tokenDecimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  const kept = fraction.slice(0, decimals).replace(/0+$/, "");
  return `${negative ? "-" : ""}${grouped}${kept === "" ? "" : `.${kept}`}`;
}
