import type { TokenRegistry } from "../domain/token.ts";
import type { ChainAddresses } from "./addresses.ts";
import type { Client, Reader } from "./reader.ts";

export type ReaderOptions = {
  readonly addresses: ChainAddresses;
  readonly tokens: TokenRegistry;
  /** Block to pin; default the latest. */
  readonly block?: bigint;
};

/** Pins a client to one block: the latest, or the one asked for. Rejects with RpcUnavailableError when the node is silent. */
export async function createReader(client: Client, options: ReaderOptions): Promise<Reader> {
  const block = await client.getBlock(options.block === undefined ? {} : { blockNumber: options.block });
  return {
    client,
    chainId: options.addresses.chainId,
    block: block.number,
    timestamp: block.timestamp,
    blockHash: block.hash,
    gasPriceWei: (block.baseFeePerGas ?? 0n) + (await usualTipWei(client, block.number)),
    tokens: options.tokens,
    addresses: options.addresses,
  };
}

/** Median priority fee of the last blocks up to the pinned one; nodes without eth_feeHistory: their own suggestion. */
async function usualTipWei(client: Client, block: bigint): Promise<bigint> {
  try {
    const history = await client.getFeeHistory({ blockCount: 5, blockNumber: block, rewardPercentiles: [50] });
    const tips = (history.reward ?? []).map((row) => row[0] ?? 0n).sort((a, b) => (a < b ? -1 : 1));
    return tips[Math.floor(tips.length / 2)] ?? 0n;
  } catch {
    return client.estimateMaxPriorityFeePerGas();
  }
}
