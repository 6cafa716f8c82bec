import { formatAmount } from "../../preview/format.ts";
import type { Portfolio } from "../../reads/readPortfolio.ts";
import type { Yields } from "../../reads/readYields.ts";
import { printable } from "./printable.ts";
import { createTable } from "./table.ts";

/** Balances and positions at one block. */
export function renderPortfolio(portfolio: Portfolio): string {
  const table = createTable({ head: ["where", "asset", "amount", "US dollars", "APY"], right: [2, 3, 4] });
  for (const entry of rows(portfolio))
    table.push([
      entry.where,
      printable(entry.symbol),
      formatAmount(entry.amount, entry.decimals),
      entry.usd,
      entry.apy,
    ]);
  return `${table.toString()}\ntotal $${portfolio.totalUsd} at block ${portfolio.block}`;
}

/** Before → after, only what changed. */
export function renderDifference(before: Portfolio, after: Portfolio): string {
  const table = createTable({ head: ["where", "asset", "before", "after", "change"], right: [2, 3, 4] });
  const was = new Map(rows(before).map((row) => [row.key, row]));
  const is = new Map(rows(after).map((row) => [row.key, row]));
  for (const key of new Set([...was.keys(), ...is.keys()])) {
    const row = is.get(key) ?? was.get(key);
    const from = was.get(key)?.amount ?? 0n;
    const to = is.get(key)?.amount ?? 0n;
    if (row === undefined || from === to) continue;
    const show = (amount: bigint) => formatAmount(amount, row.decimals);
    table.push([row.where, printable(row.symbol), show(from), show(to), `${to > from ? "+" : ""}${show(to - from)}`]);
  }
  return table.toString();
}

type Row = { key: string; where: string; symbol: string; amount: bigint; decimals: number; usd: string; apy: string };

function rows(portfolio: Portfolio): readonly Row[] {
  const wallet = portfolio.balances.map((entry) => toRow("wallet", entry, ""));
  const placed = portfolio.positions.flatMap((position) => [
    ...position.supplied.map((entry) => toRow(`${position.protocol} supplied`, entry, entry.apy)),
    ...position.borrowed.map((entry) => toRow(`${position.protocol} debt`, entry, entry.apy)),
  ]);
  return [...wallet, ...placed];
}

function toRow(where: string, entry: Portfolio["balances"][number], apy: string): Row {
  const { symbol, asset, decimals, amount, usd } = entry;
  return { key: `${where}:${asset}`, where, symbol, amount: BigInt(amount), decimals, usd: usd ?? "?", apy };
}

/** Markets, best first. */
export function renderYields(yields: Yields): string {
  const table = createTable({
    head: ["market", "asset", "supply APY", "borrow APY", "liquidity", "notes"],
    right: [2, 3, 4],
  });
  for (const market of yields.markets) {
    const liquidity = formatAmount(BigInt(market.liquidity), market.decimals, 0);
    table.push([
      printable(market.label),
      market.symbol,
      market.supplyApy,
      market.borrowApy ?? "",
      liquidity,
      printable(market.notes.join("; ")),
    ]);
  }
  return `${table.toString()}\nat block ${yields.block}`;
}
