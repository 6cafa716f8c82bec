import { type Address, type Hex, numberToHex } from "viem";
import type { Reader } from "../chain/reader.ts";
import { ProbeUnavailableError } from "./errors.ts";
import type { ProbeBlock, ProbeCall, ProbeLog, ProbeResult, Surroundings } from "./types.ts";

/** Enough for any sale; a token that needs more cannot be sold at a sensible price. */
const GAS = 5_000_000n;
const SLOT_SECONDS = 12n;
/** A proposer that exists on no chain as a contract; any non-zero one will do. */
const PROPOSER = "0x95222290DD7278Aa3Ddd389Cc1E1d165CC4BAfe5";

export type Probe = {
  readonly reader: Reader;
  readonly blocks: readonly ProbeBlock[];
  /** Native balances given to fresh accounts, wei. */
  readonly funded: ReadonlyMap<Address, bigint>;
  readonly surroundings?: Surroundings;
  /** Contracts that run other code than their own. */
  readonly replaced?: ReadonlyMap<Address, Hex>;
};

type RpcBlock = { readonly calls: readonly RpcResult[] };
type RpcResult = {
  readonly status: Hex;
  readonly returnData?: Hex;
  readonly gasUsed: Hex;
  readonly logs?: readonly ProbeLog[];
  readonly error?: { readonly data?: Hex };
};

/**
 * Runs blocks of calls on top of the reader's block with `eth_simulateV1` (ethereum/execution-apis); later calls see what
 * earlier ones wrote, and nothing is sent. In real surroundings the calls pay a gas price under a base fee, as a
 * transaction would, so that code which behaves for simulations only shows itself.
 *
 * @returns results in the order of the calls, one list per block
 * @throws {ProbeUnavailableError} when the node cannot run it
 */
export async function runProbe({
  reader,
  blocks,
  funded,
  surroundings = "real",
  replaced = new Map(),
}: Probe): Promise<readonly (readonly ProbeResult[])[]> {
  let [number, time] = [reader.block, reader.timestamp];
  const blockStateCalls = blocks.map(({ calls, blocksLater = 1n, secondsLater = SLOT_SECONDS }, index) => {
    [number, time] = [number + blocksLater, time + secondsLater];
    return {
      blockOverrides: { number: numberToHex(number), time: numberToHex(time), ...header(reader, number, surroundings) },
      ...(index === 0 ? { stateOverrides: overrides(funded, replaced) } : {}),
      calls: calls.map((call) => toRpc(call, reader, surroundings)),
    };
  });
  // Validated calls pay what a transaction pays and may do what it may; an impersonated contract may not (EIP-3607).
  const validation = surroundings === "real";
  const answered = await ask(reader, [{ validation, blockStateCalls }, numberToHex(reader.block)]);
  // A node fills the gap between two numbers with empty blocks; those that were asked for hold calls.
  const filled = answered.filter(({ calls }) => calls.length > 0);
  const asked = blocks.filter(({ calls }) => calls.length > 0);
  if (filled.length !== asked.length || filled.some(({ calls }, at) => calls.length !== asked[at]?.calls.length))
    throw new ProbeUnavailableError("The node answered eth_simulateV1 with another number of calls; use another RPC.");
  return filled.map(({ calls }) => calls.map(toResult));
}

function header({ gasPriceWei }: Reader, number: bigint, surroundings: Surroundings) {
  if (surroundings === "bare")
    return { baseFeePerGas: "0x0", feeRecipient: `0x${"0".repeat(40)}`, prevRandao: `0x${"0".repeat(64)}` };
  return {
    baseFeePerGas: numberToHex(gasPriceWei),
    feeRecipient: PROPOSER,
    prevRandao: numberToHex((number * 0x9e3779b97f4a7c15f39cc0605cedc834n) % (1n << 256n), { size: 32 }),
  };
}

function toRpc({ from, to, data, value = 0n }: ProbeCall, { gasPriceWei }: Reader, surroundings: Surroundings) {
  const price =
    surroundings === "bare" ? {} : { maxFeePerGas: numberToHex(2n * gasPriceWei), maxPriorityFeePerGas: "0x1" };
  return { from, to, input: data, value: numberToHex(value), gas: numberToHex(GAS), ...price };
}

function overrides(
  funded: ReadonlyMap<Address, bigint>,
  replaced: ReadonlyMap<Address, Hex>,
): Readonly<Record<Address, { readonly balance?: Hex; readonly code?: Hex }>> {
  return Object.fromEntries([
    ...[...funded].map(([account, balance]) => [account, { balance: numberToHex(balance) }] as const),
    ...[...replaced].map(([account, code]) => [account, { code }] as const),
  ]);
}

async function ask({ client }: Reader, params: unknown): Promise<readonly RpcBlock[]> {
  const request = client.request as (args: { method: string; params: unknown }) => Promise<unknown>;
  try {
    const blocks = await request({ method: "eth_simulateV1", params });
    if (Array.isArray(blocks) && blocks.every((one) => Array.isArray(one?.calls))) return blocks as readonly RpcBlock[];
  } catch (cause) {
    throw new ProbeUnavailableError("The node could not run a probe; use an RPC with eth_simulateV1.", { cause });
  }
  throw new ProbeUnavailableError("The node answered eth_simulateV1 with another shape; use another RPC.");
}

function toResult({ status, returnData = "0x", gasUsed, logs = [], error }: RpcResult): ProbeResult {
  const ok = status === "0x1";
  return { ok, data: ok ? returnData : (error?.data ?? returnData), gasUsed: BigInt(gasUsed), logs: ok ? logs : [] };
}
