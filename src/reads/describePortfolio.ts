import type { Address } from "viem";
import type { Question } from "../domain/intent.ts";
import type { IntentRecord } from "../domain/record.ts";
import { formatAmount } from "../preview/format.ts";
import { type Portfolio, readPortfolio } from "./readPortfolio.ts";
import type { ReadDeps } from "./types.ts";

export type Answer = NonNullable<IntentRecord["answer"]>;

type Wish = Pick<Question, "asset" | "protocol"> & {
  readonly owner: Address;
  readonly about: "balance" | "portfolio" | "position" | "health-factor";
};

type Holding = Portfolio["balances"][number];

/** Balances, positions and health factors of one account as facts, at one block. */
export async function describePortfolio(deps: ReadDeps, wish: Wish): Promise<Answer> {
  const portfolio = await readPortfolio(deps, wish.owner);
  const facts = factsFor(portfolio, wish);
  const text = facts.length === 0 ? "Nothing found for that on this account." : facts.join("\n");
  const head = wish.about === "portfolio" ? `Worth $${portfolio.totalUsd}.\n` : "";
  return { text: `${head}${text}`, facts: [...facts], block: portfolio.block };
}

function factsFor(portfolio: Portfolio, wish: Wish): readonly string[] {
  const wanted = (entry: Holding) => wish.asset === undefined || sameAsset(entry, wish.asset);
  const balances = portfolio.balances.filter(wanted).map((entry) => `wallet: ${amountOf(entry)}`);
  const open = portfolio.positions.filter((entry) => wish.protocol === undefined || entry.protocol === wish.protocol);
  const held = open.flatMap(({ protocol, supplied, borrowed }) => [
    ...supplied.filter(wanted).map((entry) => `${protocol}: supplied ${amountOf(entry)} at ${entry.apy}`),
    ...borrowed.filter(wanted).map((entry) => `${protocol}: borrowed ${amountOf(entry)} at ${entry.apy}`),
  ]);
  const factors = open.flatMap(({ protocol, healthFactor }) =>
    healthFactor === null ? [] : [`${protocol}: health factor ${healthFactor}`],
  );
  if (wish.about === "balance") return balances;
  if (wish.about === "health-factor")
    return factors.length === 0 ? ["No debt, so there is no health factor."] : factors;
  return wish.about === "position" ? [...held, ...factors] : [...balances, ...held, ...factors];
}

function amountOf({ amount, decimals, symbol, usd }: Holding): string {
  return `${formatAmount(BigInt(amount), decimals)} ${symbol}${usd === null ? "" : ` ($${usd})`}`;
}

/** The lending form of the native coin counts as the coin. */
function sameAsset(entry: Holding, asset: string): boolean {
  const wanted = asset.toLowerCase();
  return (
    entry.symbol.toLowerCase() === wanted ||
    entry.asset.toLowerCase() === wanted ||
    (wanted === "eth" && entry.symbol === "WETH")
  );
}
