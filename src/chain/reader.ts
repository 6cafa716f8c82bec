import type { Address, Chain, PublicClient, Transport } from "viem";
import type { TokenRegistry } from "../domain/token.ts";
import type { ChainAddresses } from "./addresses.ts";

/** viem public client with Multicall3 batching on. */
export type Client = PublicClient<Transport, Chain>;

/**
 * A client pinned to one block: everything read through it sees one state.
 * Every protocol read passes `blockNumber: reader.block` (viem batches reads of one block into one Multicall3 call).
 */
export type Reader = {
  readonly client: Client;
  readonly chainId: number;
  readonly block: bigint;
  /** Unix seconds of that block. */
  readonly timestamp: bigint;
  readonly blockHash: `0x${string}`;
  /** Base fee plus a usual tip, wei per gas, at that block. */
  readonly gasPriceWei: bigint;
  readonly tokens: TokenRegistry;
  readonly addresses: ChainAddresses;
};

/** Prices in US dollars, 1e8 = $1, from on-chain oracles at the reader's block. */
export type PriceSource = (
  reader: Reader,
  tokens: readonly Address[],
) => Promise<ReadonlyMap<Address, { readonly usdE8: bigint; readonly source: string }>>;
