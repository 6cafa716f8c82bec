import { readFileSync } from "node:fs";
import type { ChainAddresses } from "../chain/addresses.ts";
import { addressesFor } from "../chain/addressesFor.ts";
import { createClient } from "../chain/createClient.ts";
import { createReader } from "../chain/createReader.ts";
import { devnetAddresses, devnetTokens } from "../chain/devnetAddresses.ts";
import { WrongChainError } from "../chain/errors.ts";
import { oraclePrices } from "../chain/prices.ts";
import type { Client, PriceSource, Reader } from "../chain/reader.ts";
import { tokenRegistry } from "../chain/tokenRegistry.ts";
import type { Config } from "../config.ts";
import { type Devnet, type DevnetDeployment, startDevnet } from "../devnet/index.ts";
import { IntendantError } from "../domain/error.ts";
import type { TokenRegistry } from "../domain/token.ts";
import { createProtocols } from "../protocols/index.ts";
import type { Protocol } from "../protocols/protocol.ts";

export type ChainParts = {
  readonly client: Client;
  readonly chainId: number;
  readonly addresses: ChainAddresses;
  readonly tokens: TokenRegistry;
  readonly protocols: readonly Protocol[];
  readonly prices: PriceSource;
  /** Present when the local chain was started here. */
  readonly devnet?: Devnet;
  /** Pinned to the latest block, or to the block asked for. */
  reader(block?: bigint): Promise<Reader>;
  close(): Promise<void>;
};

/** The chain of the settings: a public one by RPC URL, or the local one, started here when no URL is given. */
export async function composeChain(config: Config, onProgress: (line: string) => void): Promise<ChainParts> {
  if (config.RPC_URL !== undefined) return await attach(config, config.RPC_URL);
  const devnet = await startDevnet({ onProgress });
  const parts = assemble(devnet.rpcUrl, devnetAddresses(devnet.deployment), devnetTokens(devnet.deployment));
  return { ...parts, devnet, close: () => devnet.stop() };
}

/**
 * A chain that runs elsewhere: a public one, or a local one started by `intendant devnet up`.
 *
 * @throws {RpcUnavailableError} when nothing answers there, {WrongChainError} when another chain does.
 */
async function attach(config: Config, rpcUrl: string): Promise<ChainParts> {
  const parts = assembleFor(config, rpcUrl);
  const found = await parts.client.getChainId();
  if (found === parts.chainId) return parts;
  throw new WrongChainError(
    `The RPC endpoint serves chain ${found} and the settings say ${parts.chainId}: change CHAIN_ID or RPC_URL.`,
  );
}

function assembleFor(config: Config, rpcUrl: string): ChainParts {
  if (config.CHAIN_ID !== 31_337)
    return assemble(rpcUrl, addressesFor(config.CHAIN_ID), tokenRegistry(config.CHAIN_ID));
  const deployment = readDeployment(config.INTENDANT_DEPLOYMENT);
  return assemble(rpcUrl, devnetAddresses(deployment), devnetTokens(deployment));
}

function readDeployment(path: string): DevnetDeployment {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as DevnetDeployment;
  } catch (cause) {
    throw new DeploymentMissingError(path, cause);
  }
}

function assemble(rpcUrl: string, addresses: ChainAddresses, tokens: TokenRegistry): ChainParts {
  const client = createClient({ rpcUrl, chainId: addresses.chainId, multicall3: addresses.multicall3 });
  return {
    client,
    chainId: addresses.chainId,
    addresses,
    tokens,
    protocols: createProtocols(addresses),
    prices: oraclePrices,
    reader: (block) => createReader(client, { addresses, tokens, ...(block === undefined ? {} : { block }) }),
    close: async () => undefined,
  };
}

/** The local chain runs elsewhere, and the file that says where its contracts stand is not there. */
export class DeploymentMissingError extends IntendantError {
  readonly code = "deployment_missing";
  constructor(path: string, cause: unknown) {
    super(
      `The local chain's addresses are not at ${path}: start it with "intendant devnet up", or set INTENDANT_DEPLOYMENT.`,
      { cause },
    );
  }
}
