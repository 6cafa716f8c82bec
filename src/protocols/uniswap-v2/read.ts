import { type Address, zeroAddress } from "viem";
import { uniswapV2FactoryAbi, uniswapV2PairAbi } from "../../chain/abis/uniswapV2.ts";
import { corePairs } from "../../chain/coreTokens.ts";
import type { Reader } from "../../chain/reader.ts";
import type { SwapMarket } from "../../domain/market.ts";

/** Every v2 pair takes 0.3 %. */
export const V2_FEE_PIPS = 3000;

export type Reserves = { readonly reserve0: bigint; readonly reserve1: bigint };

/** Pairs with reserves among the reader's core tokens. Two node round trips. */
export async function readPairs(reader: Reader): Promise<readonly SwapMarket[]> {
  const factory = reader.addresses.uniswapV2?.factory;
  if (factory === undefined) return [];
  const asked = corePairs(reader);
  const pairs = await reader.client.multicall({
    contracts: asked.map(
      ([a, b]) =>
        ({
          address: factory,
          abi: uniswapV2FactoryAbi,
          functionName: "getPair",
          args: [a.address, b.address],
        }) as const,
    ),
    allowFailure: false,
    blockNumber: reader.block,
  });
  const existing = asked.flatMap((tokens, index): SwapMarket[] => {
    const id = pairs[index];
    if (id === undefined || id === zeroAddress) return [];
    return [{ kind: "swap", protocol: "uniswap-v2", id, tokens, feePips: V2_FEE_PIPS }];
  });
  const reserves = await readReserves(
    reader,
    existing.map(({ id }) => id as Address),
  );
  return existing.filter(({ id }) => (reserves.get(id.toLowerCase())?.reserve0 ?? 0n) > 0n);
}

/** Reserves of pairs at the reader's block, by lower-case address. */
export async function readReserves(reader: Reader, pairs: readonly Address[]): Promise<ReadonlyMap<string, Reserves>> {
  const unique = [...new Set(pairs.map((pair) => pair.toLowerCase() as Address))];
  if (unique.length === 0) return new Map();
  const reserves = await reader.client.multicall({
    contracts: unique.map((address) => ({ address, abi: uniswapV2PairAbi, functionName: "getReserves" }) as const),
    allowFailure: false,
    blockNumber: reader.block,
  });
  return new Map(
    unique.map((pair, index) => {
      const [reserve0 = 0n, reserve1 = 0n] = reserves[index] ?? [];
      return [pair, { reserve0, reserve1 }];
    }),
  );
}
