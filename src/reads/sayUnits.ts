import type { Token } from "../domain/token.ts";
import { formatAmount } from "../preview/format.ts";

/** "1,000.5 USDC": six digits after the point, every digit where those would all be zero. */
export function sayUnits(amount: bigint, { decimals, symbol }: Pick<Token, "decimals" | "symbol">): string {
  const short = formatAmount(amount, decimals);
  return `${short === "0" && amount !== 0n ? formatAmount(amount, decimals, decimals) : short} ${symbol}`;
}
