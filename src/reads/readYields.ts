import { z } from "zod";
import type { LendMarket, Market } from "../domain/market.ts";
import { formatPercentWad } from "../preview/format.ts";
import type { ReadDeps } from "./types.ts";

export const yieldsSchema = z.object({
  chainId: z.number(),
  block: z.string(),
  markets: z.array(
    z.object({
      protocol: z.string(),
      market: z.string(),
      label: z.string(),
      symbol: z.string(),
      asset: z.string(),
      decimals: z.number(),
      supplyApy: z.string(),
      borrowApy: z.string().nullable(),
      totalSupplied: z.string(),
      totalBorrowed: z.string(),
      liquidity: z.string(),
      supplyRoom: z.string().nullable(),
      canSupply: z.boolean(),
      canBorrow: z.boolean(),
      notes: z.array(z.string()),
    }),
  ),
});

export type Yields = z.infer<typeof yieldsSchema>;

/** Every market that pays, best first, at one block; `asset` narrows by symbol, address or "any:stablecoin". */
export async function readYields(deps: ReadDeps, asset?: string): Promise<Yields> {
  const reader = await deps.reader();
  const lists = await Promise.all(deps.protocols.map((protocol) => protocol.markets(reader)));
  const markets = lists
    .flat()
    .filter(isLend)
    .filter((market) => asset === undefined || matches(market, asset));
  const best = [...markets].sort((a, b) => (a.supplyApyWad < b.supplyApyWad ? 1 : -1));
  return { chainId: reader.chainId, block: reader.block.toString(), markets: best.map(toYield) };
}

function isLend(market: Market): market is LendMarket {
  return market.kind === "lend";
}

function matches(market: LendMarket, asset: string): boolean {
  if (asset === "any:stablecoin") return market.asset.stable;
  const wanted = asset.toLowerCase() === "eth" ? "weth" : asset.toLowerCase();
  return market.asset.symbol.toLowerCase() === wanted || market.asset.address.toLowerCase() === wanted;
}

function toYield(market: LendMarket): Yields["markets"][number] {
  return {
    protocol: market.protocol,
    market: market.id,
    label: market.label,
    symbol: market.asset.symbol,
    asset: market.asset.address,
    decimals: market.asset.decimals,
    supplyApy: formatPercentWad(market.supplyApyWad),
    borrowApy: market.borrowApyWad === undefined ? null : formatPercentWad(market.borrowApyWad),
    totalSupplied: market.totalSupplied.toString(),
    totalBorrowed: market.totalBorrowed.toString(),
    liquidity: market.liquidity.toString(),
    supplyRoom: market.supplyRoom?.toString() ?? null,
    canSupply: market.canSupply,
    canBorrow: market.canBorrow,
    notes: [...market.notes],
  };
}
