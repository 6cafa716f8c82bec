import type { Portfolio } from "./readPortfolio.ts";
import { sayUnits } from "./sayUnits.ts";

export type Holding = Portfolio["balances"][number];
type Open = Portfolio["positions"][number];

/** "1,000 USDC ($1000.00)". */
export function sayHolding({ amount, decimals, symbol, usd }: Holding): string {
  return `${sayUnits(BigInt(amount), { decimals, symbol })}${usd === null ? "" : ` ($${usd})`}`;
}

/** One line per asset supplied and owed in one position; `wanted` narrows. */
export function positionFacts(
  { protocol, supplied, borrowed }: Open,
  wanted: (entry: Holding) => boolean = () => true,
): readonly string[] {
  return [
    ...supplied.filter(wanted).map((entry) => `${protocol}: supplied ${sayHolding(entry)} at ${entry.apy}`),
    ...borrowed.filter(wanted).map((entry) => `${protocol}: borrowed ${sayHolding(entry)} at ${entry.apy}`),
  ];
}

/** One line per position that has a debt. */
export function healthFacts(open: readonly Open[]): readonly string[] {
  return open.flatMap(({ protocol, healthFactor }) =>
    healthFactor === null ? [] : [`${protocol}: health factor ${healthFactor}`],
  );
}

/** Sum of dollar values in cents, shown as dollars; what has no price is left out. */
export function sumUsd(entries: readonly Holding[]): string {
  const cents = entries.reduce((sum, { usd }) => sum + (usd === null ? 0n : BigInt(usd.replace(".", ""))), 0n);
  const digits = cents.toString().padStart(3, "0");
  return `$${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
