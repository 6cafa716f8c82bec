import { formatUnits } from "viem";
import type { Token } from "../../domain/token.ts";

/** Base units as a person reads them, unrounded: "1,234.5 USDC". */
export function formatAmount(amount: bigint, token: Pick<Token, "decimals" | "symbol">): string {
  const [whole = "0", fraction] = formatUnits(amount, token.decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${fraction === undefined ? grouped : `${grouped}.${fraction}`} ${token.symbol}`;
}

/** 1e18 = 1.0 as "1.234", rounded down to three digits. */
export function formatWad(wad: bigint): string {
  return formatUnits(wad / 10n ** 15n, 3);
}
