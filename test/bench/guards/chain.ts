import { type Abi, type Address, encodeFunctionData, erc20Abi, type Hex, numberToHex, parseAbi } from "viem";
import { createClient } from "../../../src/chain/createClient.ts";
import { devnetAddresses, devnetTokens } from "../../../src/chain/devnetAddresses.ts";
import type { Client } from "../../../src/chain/reader.ts";
import { request } from "../../../src/devnet/build/builder.ts";
import { startDevnet } from "../../../src/devnet/index.ts";
import { BenchError, StageError } from "./errors.ts";

export type Receipt = {
  readonly ok: boolean;
  readonly contractAddress: Address | null;
  readonly logs: readonly { readonly address: Address; readonly topics: readonly Hex[]; readonly data: Hex }[];
};

/** The local chain, on which anybody can be impersonated. */
export type BenchChain = {
  readonly client: Client;
  readonly addresses: ReturnType<typeof devnetAddresses>;
  readonly tokens: ReturnType<typeof devnetTokens>;
  readonly router: Address;
  readonly factory: Address;
  readonly deployer: Address;
  /** Sends from any account; the account gets ether first. Never throws for a revert. */
  send(tx: {
    readonly from: Address;
    readonly to?: Address;
    readonly data: Hex;
    readonly value?: bigint;
  }): Promise<Receipt>;
  call(from: Address, to: Address, abi: Abi, functionName: string, args?: readonly unknown[]): Promise<Receipt>;
  read(to: Address, abi: Abi, functionName: string, args?: readonly unknown[]): Promise<unknown>;
  balanceOf(token: Address, of: Address): Promise<bigint>;
  rpc<T>(method: string, params: readonly unknown[]): Promise<T>;
  stop(): Promise<void>;
};

const RICH: Hex = numberToHex(10n ** 24n);
const GAS: Hex = numberToHex(30_000_000n);

/** Starts it with an impersonated deployer who is not one of the chain's own accounts. */
export async function openChain(): Promise<BenchChain> {
  const devnet = await startDevnet();
  const client = createClient({ rpcUrl: devnet.rpcUrl, chainId: 31337 });
  const [addresses, tokens] = [devnetAddresses(devnet.deployment), devnetTokens(devnet.deployment)];
  const site = addresses.uniswapV2;
  if (site === undefined) throw new BenchError("The local chain has no Uniswap v2.");
  const rpc: BenchChain["rpc"] = (method, params) => request(client, method, [...params]);
  await rpc("anvil_autoImpersonateAccount", [true]);
  const send: BenchChain["send"] = async ({ from, to, data, value = 0n }) => {
    await rpc("anvil_setBalance", [from, RICH]);
    const tx = { from, data, gas: GAS, value: numberToHex(value), ...(to === undefined ? {} : { to }) };
    const hash = await rpc<Hex>("eth_sendTransaction", [tx]);
    const mined = await receiptOf(rpc, hash);
    return { ok: mined.status === "0x1", contractAddress: mined.contractAddress, logs: mined.logs };
  };
  const read: BenchChain["read"] = (address, abi, functionName, args = []) =>
    client.readContract({ address, abi, functionName, args: [...args] });
  return {
    client,
    addresses,
    tokens,
    ...site,
    deployer: "0x5e11e5000000000000000000000000000000d00d",
    send,
    call: (from, to, abi, functionName, args = []) =>
      send({ from, to, data: encodeFunctionData({ abi, functionName, args: [...args] }) }),
    read,
    balanceOf: async (token, of) => {
      try {
        return (await read(token, erc20Abi, "balanceOf", [of])) as bigint;
      } catch {
        return 0n;
      }
    },
    rpc,
    stop: () => devnet.stop(),
  };
}

type Mined = Omit<Receipt, "ok"> & { readonly status: Hex };

/** The node mines at once, but answers before it has: asks until the receipt is there. */
async function receiptOf(rpc: BenchChain["rpc"], hash: Hex): Promise<Mined> {
  for (let asked = 0; asked < 2_000; asked++) {
    const mined = await rpc<Mined | null>("eth_getTransactionReceipt", [hash]);
    if (mined !== null) return mined;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new StageError(`The local chain did not mine ${hash}.`);
}

export const ROUTER = parseAbi([
  "function addLiquidityETH(address token, uint256 amount, uint256 leastToken, uint256 leastEth, address to, uint256 deadline) payable returns (uint256, uint256, uint256)",
]);
export const FACTORY = parseAbi([
  "function createPair(address a, address b) returns (address)",
  "function getPair(address a, address b) view returns (address)",
]);
