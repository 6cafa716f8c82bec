import {
  type Abi,
  type Address,
  BaseError,
  type Client,
  decodeFunctionResult,
  encodeDeployData,
  encodeFunctionData,
  getContractAddress,
  type Hex,
  numberToHex,
} from "viem";
import { IntendantError } from "../../domain/error.ts";
import type { Artifact } from "./artifact.ts";

/** One contract call of the build. */
export type BuildCall = {
  readonly from?: Address;
  readonly to: Address;
  readonly abi: Abi;
  readonly fn: string;
  readonly args?: readonly unknown[];
  readonly value?: bigint;
};

/** Queues transactions and mines them together; addresses of new contracts are known at once. */
export type Builder = {
  readonly client: Client;
  readonly deployer: Address;
  /** Queues a deployment by the deployer and returns the address it will have. */
  deploy(artifact: Artifact, args?: readonly unknown[]): Address;
  /** Queues a call; `from` defaults to the deployer. */
  send(call: BuildCall): void;
  /** Mines what is queued in one block; throws DevnetBuildError naming the first call that failed. */
  flush(): Promise<void>;
  /** Reads the state as of the last flush. */
  read<T>(call: Omit<BuildCall, "value">): Promise<T>;
};

type Queued = { readonly label: string; readonly request: Record<string, Hex> };

/** Below the block gas limit of 300M; the largest deployment (Aave's Pool) takes about 5M. */
const GAS_PER_TRANSACTION = 30_000_000n;

/** Builder over a node that mines on demand and has `deployer` and every other sender impersonated. */
export function createBuilder(client: Client, deployer: Address): Builder {
  const nonces = new Map<Address, number>();
  let queue: Queued[] = [];

  const enqueue = (label: string, from: Address, fields: Record<string, Hex>): number => {
    const nonce = nonces.get(from) ?? 0;
    nonces.set(from, nonce + 1);
    const request = { ...fields, from, nonce: numberToHex(nonce), gas: numberToHex(GAS_PER_TRANSACTION) };
    queue.push({ label, request });
    return nonce;
  };

  return {
    client,
    deployer,
    deploy(artifact, args = []) {
      const data = encodeDeployData({ abi: artifact.abi, bytecode: artifact.bytecode, args: [...args] });
      const nonce = enqueue(`deploy ${artifact.contractName}`, deployer, { data });
      return getContractAddress({ from: deployer, nonce: BigInt(nonce) });
    },
    send({ from = deployer, to, abi, fn, args = [], value = 0n }) {
      const data = encodeFunctionData({ abi, functionName: fn, args: [...args] });
      enqueue(`${fn} on ${to}`, from, { to, data, value: numberToHex(value) });
    },
    async flush() {
      const batch = queue;
      queue = [];
      await mine(client, batch);
    },
    async read<T>({ from = deployer, to, abi, fn, args = [] }: Omit<BuildCall, "value">) {
      const data = encodeFunctionData({ abi, functionName: fn, args: [...args] });
      const result = await request<Hex>(client, "eth_call", [{ from, to, data }, "latest"]);
      return decodeFunctionResult({ abi, functionName: fn, data: result, args: [...args] }) as T;
    },
  };
}

/**
 * A JSON-RPC request that viem's types do not list.
 *
 * @throws DevnetRpcError with the node's own words; viem's message would repeat the whole request, a built state too.
 */
export async function request<T>(client: Client, method: string, params: readonly unknown[]): Promise<T> {
  try {
    return (await client.request({ method, params } as never)) as T;
  } catch (error) {
    throw new DevnetRpcError(method, error);
  }
}

async function mine(client: Client, batch: readonly Queued[]): Promise<void> {
  const hashes = await Promise.all(batch.map((tx) => request<Hex>(client, "eth_sendTransaction", [tx.request])));
  await request(client, "evm_mine", []);
  type Receipt = { readonly status: Hex } | null;
  const receipts = await Promise.all(
    hashes.map((hash) => request<Receipt>(client, "eth_getTransactionReceipt", [hash])),
  );
  const failed = receipts.findIndex((receipt) => receipt?.status !== "0x1");
  const tx = batch[failed];
  if (tx === undefined) return;
  throw new DevnetBuildError(tx.label, receipts[failed] === null ? "not mined" : await reasonOf(client, tx));
}

/** Runs a failed transaction again as a call, for its revert reason. */
async function reasonOf(client: Client, tx: Queued): Promise<string> {
  const { nonce: _nonce, ...call } = tx.request;
  try {
    await request(client, "eth_call", [call, "latest"]);
    return "reverted in its block, passes after it";
  } catch (error) {
    return error instanceof DevnetRpcError ? error.reason : "reverted";
  }
}

/** A transaction of the local chain's build failed: a fault in src/devnet, or a changed contract package. */
export class DevnetBuildError extends IntendantError {
  readonly code = "devnet_build_failed";
  constructor(step: string, reason: string) {
    super("The local chain could not be built; run `npm ci` to restore the contract packages.", {
      facts: [`step: ${step}`, `reason: ${reason}`],
    });
  }
}

/** The local chain's node refused a request. */
export class DevnetRpcError extends IntendantError {
  readonly code = "devnet_rpc_failed";
  /** What the node said, at most 300 characters. */
  readonly reason: string;
  constructor(method: string, error: unknown) {
    const said = error instanceof BaseError ? error.details || error.shortMessage : String(error);
    super(`The local chain's node refused ${method}; see what it said.`, { facts: [said.slice(0, 300)] });
    this.reason = said.slice(0, 300);
  }
}
