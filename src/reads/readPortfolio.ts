import type { Address } from "viem";
import { z } from "zod";
import { readBalances } from "../chain/balances.ts";
import type { Reader } from "../chain/reader.ts";
import type { Position } from "../domain/market.ts";
import type { Token } from "../domain/token.ts";
import { formatPercentWad, formatUsdE8, formatWad } from "../preview/format.ts";
import type { ReadDeps } from "./types.ts";

const holding = z.object({
  symbol: z.string(),
  asset: z.string(),
  decimals: z.number(),
  amount: z.string(),
  usd: z.string().nullable(),
});

const side = holding.extend({ apy: z.string(), collateral: z.boolean().optional() });

export const portfolioSchema = z.object({
  account: z.string(),
  chainId: z.number(),
  block: z.string(),
  totalUsd: z.string(),
  balances: z.array(holding),
  positions: z.array(
    z.object({
      protocol: z.string(),
      market: z.string().nullable(),
      supplied: z.array(side),
      borrowed: z.array(side),
      healthFactor: z.string().nullable(),
    }),
  ),
});

export type Portfolio = z.infer<typeof portfolioSchema>;
type PriceMap = ReadonlyMap<string, bigint>;

/**
 * Balances of every listed token and positions in every protocol at one block, in base units, with oracle prices.
 * What no oracle prices counts as `null`, never as zero, and is left out of the total.
 */
export async function readPortfolio(deps: ReadDeps, owner: Address): Promise<Portfolio> {
  const reader = await deps.reader();
  const [balances, positions] = await Promise.all([
    readBalances(reader, owner, reader.tokens.all),
    Promise.all(deps.protocols.map((protocol) => protocol.positions(reader, owner))),
  ]);
  const held = balances.filter((entry) => entry.amount > 0n);
  const open = positions.flat();
  const prices = await priceMap(deps, reader, [...held.map((entry) => entry.token), ...open.flatMap(positionTokens)]);
  return {
    account: owner,
    chainId: reader.chainId,
    block: reader.block.toString(),
    totalUsd: formatUsdE8(total(held, open, prices)),
    balances: held.map(({ token, amount }) => toHolding(token, amount, prices)),
    positions: open.map((position) => toPosition(position, prices)),
  };
}

/** Oracle prices by lower-case address, 1e8 = $1. */
export async function priceMap(deps: ReadDeps, reader: Reader, tokens: readonly Token[]): Promise<PriceMap> {
  const addresses = [...new Set(tokens.map((token) => token.address))];
  const found = await deps.prices(reader, addresses);
  return new Map([...found].map(([address, price]) => [address.toLowerCase(), price.usdE8]));
}

function toHolding(token: Token, amount: bigint, prices: PriceMap): z.infer<typeof holding> {
  const usd = usdOf(token, amount, prices);
  return {
    symbol: token.symbol,
    asset: token.address,
    decimals: token.decimals,
    amount: amount.toString(),
    usd: usd === undefined ? null : formatUsdE8(usd),
  };
}

function toPosition(position: Position, prices: PriceMap): Portfolio["positions"][number] {
  return {
    protocol: position.protocol,
    market: position.marketId ?? null,
    supplied: position.supplied.map((entry) => ({
      ...toHolding(entry.asset, entry.amount, prices),
      apy: formatPercentWad(entry.apyWad),
      collateral: entry.collateral,
    })),
    borrowed: position.borrowed.map((entry) => ({
      ...toHolding(entry.asset, entry.amount, prices),
      apy: formatPercentWad(entry.apyWad),
    })),
    healthFactor: position.healthFactorWad === undefined ? null : formatWad(position.healthFactorWad, 4),
  };
}

function positionTokens(position: Position): readonly Token[] {
  return [...position.supplied, ...position.borrowed].map((entry) => entry.asset);
}

function usdOf(token: Token, amount: bigint, prices: PriceMap): bigint | undefined {
  const price = prices.get(token.address.toLowerCase());
  return price === undefined ? undefined : (amount * price) / 10n ** BigInt(token.decimals);
}

function total(held: readonly { token: Token; amount: bigint }[], open: readonly Position[], prices: PriceMap): bigint {
  const sum = (entries: readonly { token: Token; amount: bigint }[]) =>
    entries.reduce((all, entry) => all + (usdOf(entry.token, entry.amount, prices) ?? 0n), 0n);
  const supplied = open.flatMap((position) =>
    position.supplied.map((entry) => ({ token: entry.asset, amount: entry.amount })),
  );
  const borrowed = open.flatMap((position) =>
    position.borrowed.map((entry) => ({ token: entry.asset, amount: entry.amount })),
  );
  return sum(held) + sum(supplied) - sum(borrowed);
}
