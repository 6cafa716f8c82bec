import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Client, createClient, type Hex, http } from "viem";
import { DEVNET_ACCOUNTS } from "./accounts.ts";
import { DevnetRpcError, request } from "./build/builder.ts";
import { buildState } from "./build/buildState.ts";
import { inputsHash } from "./inputsHash.ts";
import { readSavedState, type SavedState, writeSavedState } from "./savedState.ts";
import { DevnetStartError, startAnvil } from "./startAnvil.ts";
import type { Devnet, DevnetOptions } from "./types.ts";

const DEFAULT_CACHE_DIR = resolve(fileURLToPath(import.meta.url), "../../../.cache/devnet");
const CHAIN = ["--chain-id", "31337", "--hardfork", "prague", "--gas-limit", "300000000", "--no-request-size-limit"];
/** Build: our own blocks, first come first served, gas for nothing. */
const BUILD = ["--no-mining", "--order", "fifo", "--block-base-fee-per-gas", "0", "--gas-price", "0"];
/** The chain opens at 1 gwei; EIP-1559 moves it from there. */
const OPENING_BASE_FEE: Hex = "0x3b9aca00";
/** The build's blocks lie just before the present, so that the loaded chain goes on from now. */
const BUILD_LEAD_SECONDS = 60;

/**
 * Starts the local chain: real protocol contracts, liquidity, feeds and funded accounts on chain 31337.
 * The state is built when none is saved (about a second) and loaded afterwards; blocks are mined per transaction.
 *
 * @throws AnvilMissingError, DevnetPortInUseError, DevnetStartError, DevnetBuildError
 */
export async function startDevnet(options: DevnetOptions = {}): Promise<Devnet> {
  const { port = 0, cacheDir = DEFAULT_CACHE_DIR, fresh = false, host = "127.0.0.1" } = options;
  const onProgress = options.onProgress ?? (() => {});
  const anvil = await startAnvil({ port, host, args: CHAIN });
  try {
    const client = connect(anvil.rpcUrl);
    const saved = fresh ? undefined : readSavedState(cacheDir, inputsHash(), Date.now());
    if (saved !== undefined) onProgress("loading state");
    const loaded = saved !== undefined && (await load(client, saved));
    const state = loaded ? saved : await build({ cacheDir, host, onProgress });
    if (!loaded && !(await load(client, state))) throw new DevnetStartError("the built state does not load", "");
    return { ...anvil, chainId: 31337, deployment: state.deployment, accounts: DEVNET_ACCOUNTS };
  } catch (error) {
    await anvil.stop();
    throw error;
  }
}

/** False when the node does not take the state, as with a damaged file. */
async function load(client: Client, { state }: SavedState): Promise<boolean> {
  try {
    await request(client, "anvil_loadState", [state]);
  } catch (error) {
    if (error instanceof DevnetRpcError) return false;
    throw error;
  }
  await request(client, "anvil_setNextBlockBaseFeePerGas", [OPENING_BASE_FEE]);
  // one block, so that "latest" carries the present time and the opening base fee
  await request(client, "evm_mine", []);
  return true;
}

type BuildOptions = Required<Pick<DevnetOptions, "cacheDir" | "host" | "onProgress">>;

async function build({ cacheDir, host, onProgress }: BuildOptions): Promise<SavedState> {
  const builtAtMs = Date.now();
  const timestamp = String(Math.floor(builtAtMs / 1000) - BUILD_LEAD_SECONDS);
  const anvil = await startAnvil({ port: 0, host, args: [...CHAIN, ...BUILD, "--timestamp", timestamp] });
  try {
    const client = connect(anvil.rpcUrl);
    const deployment = await buildState(client, (step) => onProgress(`building: ${step}`));
    const state = await request<Hex>(client, "anvil_dumpState", []);
    const built = { builtAtMs, deployment, state };
    try {
      writeSavedState(cacheDir, inputsHash(), built);
    } catch {
      // a folder that cannot be written costs the next start a second, nothing else
      onProgress(`state not saved: ${cacheDir} cannot be written`);
    }
    return built;
  } finally {
    await anvil.stop();
  }
}

/** The build sends hundreds of small requests at once. */
function connect(rpcUrl: string): Client {
  const batch = { wait: 0, batchSize: 500 };
  return createClient({ transport: http(rpcUrl, { batch, timeout: 60_000, retryCount: 0 }) });
}
