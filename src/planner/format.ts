import { formatUnits } from "viem";
import type { Token } from "../domain/token.ts";

/** "1,234.5 USDC": every digit, thousands grouped; for labels and messages. */
export function formatAmount(amount: bigint, token: Token): string {
  return `${groupThousands(formatUnits(amount, token.decimals))} ${token.symbol}`;
}

/** "$1,234.56" from 1e8 = $1; sub-cent amounts keep their digits. */
export function formatUsd(usdE8: bigint): string {
  const sign = usdE8 < 0n ? "-" : "";
  const size = usdE8 < 0n ? -usdE8 : usdE8;
  if (size < 1_000_000n && size > 0n) return `${sign}$${formatUnits(size, 8)}`;
  const cents = size / 1_000_000n;
  return `${sign}$${groupThousands(`${cents / 100n}`)}.${(cents % 100n).toString().padStart(2, "0")}`;
}

/** "4.12 %" from 1e18 = 100 %. */
export function formatApy(apyWad: bigint): string {
  const sign = apyWad < 0n ? "-" : "";
  const basisPoints = (apyWad < 0n ? -apyWad : apyWad) / 10n ** 14n;
  return `${sign}${basisPoints / 100n}.${(basisPoints % 100n).toString().padStart(2, "0")} %`;
}

/** "1.8" from 1e18 = 1; six places at most. */
export function formatWad(wad: bigint): string {
  const text = formatUnits(wad, 18);
  const [whole = "0", fraction = ""] = text.split(".");
  const kept = fraction.slice(0, 6).replace(/0+$/, "");
  return kept === "" ? whole : `${whole}.${kept}`;
}

const NAMES: Readonly<Record<string, string>> = {
  "aave-v3": "Aave v3",
  spark: "Spark",
  morpho: "Morpho Blue",
  erc4626: "ERC-4626 vault",
  "uniswap-v3": "Uniswap v3",
  "uniswap-v2": "Uniswap v2",
};

/** What people call a protocol: "Aave v3" for "aave-v3". */
export function protocolName(id: string): string {
  return NAMES[id] ?? id;
}

function groupThousands(text: string): string {
  const [whole = "0", fraction] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
