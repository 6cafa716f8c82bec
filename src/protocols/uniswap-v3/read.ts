import { zeroAddress } from "viem";
import { uniswapV3FactoryAbi } from "../../chain/abis/uniswapV3Factory.ts";
import { uniswapV3PoolAbi } from "../../chain/abis/uniswapV3Pool.ts";
import { corePairs } from "../../chain/coreTokens.ts";
import type { Reader } from "../../chain/reader.ts";
import type { SwapMarket } from "../../domain/market.ts";

/** Fee tiers of the canonical deployments, in hundredths of a basis point. Source: UniswapV3Factory.feeAmountTickSpacing. */
export const FEE_TIERS = [100, 500, 3000, 10000] as const;

/** Pools with liquidity in range among the reader's core tokens. Two node round trips. */
export async function readPools(reader: Reader): Promise<readonly SwapMarket[]> {
  const factory = reader.addresses.uniswapV3?.factory;
  if (factory === undefined) return [];
  const asked = corePairs(reader).flatMap((tokens) => FEE_TIERS.map((feePips) => ({ tokens, feePips })));
  const pools = await reader.client.multicall({
    contracts: asked.map(
      ({ tokens: [a, b], feePips }) =>
        ({
          address: factory,
          abi: uniswapV3FactoryAbi,
          functionName: "getPool",
          args: [a.address, b.address, feePips],
        }) as const,
    ),
    allowFailure: false,
    blockNumber: reader.block,
  });
  const existing = asked.flatMap(({ tokens, feePips }, index): SwapMarket[] => {
    const id = pools[index];
    if (id === undefined || id === zeroAddress) return [];
    return [{ kind: "swap", protocol: "uniswap-v3", id, tokens, feePips }];
  });
  const liquidity = await reader.client.multicall({
    contracts: existing.map(
      ({ id }) => ({ address: id as `0x${string}`, abi: uniswapV3PoolAbi, functionName: "liquidity" }) as const,
    ),
    allowFailure: false,
    blockNumber: reader.block,
  });
  return existing.filter((_, index) => (liquidity[index] ?? 0n) > 0n);
}
