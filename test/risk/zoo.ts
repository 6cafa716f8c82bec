import {
  type Abi,
  type Address,
  createWalletClient,
  type Hex,
  http,
  parseAbi,
  parseEther,
  type TransactionReceipt,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { createClient } from "../../src/chain/createClient.ts";
import { createReader } from "../../src/chain/createReader.ts";
import { devnetAddresses, devnetTokens } from "../../src/chain/devnetAddresses.ts";
import type { Client, Reader } from "../../src/chain/reader.ts";
import { artifact, type ZooName } from "../../src/devnet/build/artifact.ts";
import { request } from "../../src/devnet/build/builder.ts";
import { type Devnet, startDevnet } from "../../src/devnet/index.ts";

/** A local chain on which tokens of the zoo are deployed and traded. */
export type Zoo = {
  /** Deploys a token with half its supply and 50 ETH in a Uniswap v2 pair. */
  trade(name: ZooName, args?: readonly unknown[]): Promise<Address>;
  deploy(name: ZooName, args?: readonly unknown[]): Promise<Address>;
  /** The deployer calls a function that is written as a signature. */
  call(to: Address, signature: string, args: readonly unknown[]): Promise<void>;
  reader(): Promise<Reader>;
  readonly deployer: Address;
  /** An account besides the deployer, as hidden admin or guardian. */
  readonly other: Address;
  stop(): Promise<void>;
};

const ROUTER = parseAbi([
  "function addLiquidityETH(address token, uint256 amount, uint256 leastToken, uint256 leastEth, address to, uint256 deadline) payable returns (uint256, uint256, uint256)",
]);
const FACTORY = parseAbi([
  "function createPair(address a, address b) returns (address)",
  "function getPair(address a, address b) view returns (address)",
]);
const TOKEN = parseAbi([
  "function approve(address spender, uint256 amount)",
  "function balanceOf(address account) view returns (uint256)",
  "function setPair(address pair)",
]);
const RICH: Hex = "0xd3c21bcecceda1000000";

/** Asks until it is there: waiting for the next block waits for ever where each transaction mines its own. */
async function receiptOf(client: Client, hash: Hex): Promise<TransactionReceipt> {
  for (;;) {
    const receipt = await client.getTransactionReceipt({ hash }).catch(() => undefined);
    if (receipt !== undefined) return receipt;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Starts the chain with a deployer who can afford every pair. */
export async function openZoo(): Promise<Zoo> {
  return await zooOn(await startDevnet());
}

/** The zoo on a chain that runs already; its first account is the deployer. */
export async function zooOn(devnet: Devnet): Promise<Zoo> {
  const [first, second] = devnet.accounts;
  if (first === undefined || second === undefined) throw new TypeError("the local chain has accounts");
  const client = createClient({ rpcUrl: devnet.rpcUrl, chainId: 31337 });
  const account = privateKeyToAccount(first.privateKey);
  const wallet = createWalletClient({ account, chain: client.chain, transport: http(devnet.rpcUrl) });
  await request(client, "anvil_setBalance", [account.address, RICH]);
  const [addresses, tokens] = [devnetAddresses(devnet.deployment), devnetTokens(devnet.deployment)];
  const site = addresses.uniswapV2;
  if (site === undefined) throw new TypeError("the local chain has Uniswap v2");
  const mined = async (hash: Hex) => {
    const receipt = await receiptOf(client, hash);
    if (receipt.status !== "success") throw new TypeError(`a transaction of the zoo reverted: ${hash}`);
    return receipt;
  };
  const send = async (address: Address, abi: Abi, functionName: string, args: readonly unknown[], value = 0n) =>
    await mined(await wallet.writeContract({ address, abi, functionName, args, value, gas: 6_000_000n }));
  const deploy: Zoo["deploy"] = async (name, args = []) => {
    const { abi, bytecode } = artifact(name);
    const { contractAddress } = await mined(
      await wallet.deployContract({ abi, bytecode, args: [...args], gas: 8_000_000n }),
    );
    if (contractAddress == null) throw new TypeError(`${name} was not deployed`);
    return contractAddress;
  };
  return {
    deploy,
    trade: async (name, args = []) => {
      const token = await deploy(name, args);
      await send(site.factory, FACTORY, "createPair", [token, addresses.wrappedNative]);
      const of = { abi: FACTORY, functionName: "getPair", args: [token, addresses.wrappedNative] } as const;
      const pair = await client.readContract({ address: site.factory, ...of });
      const held = await client.readContract({
        address: token,
        abi: TOKEN,
        functionName: "balanceOf",
        args: [account.address],
      });
      await send(token, TOKEN, "approve", [site.router, 2n ** 255n]);
      const never = 2n ** 40n;
      await send(
        site.router,
        ROUTER,
        "addLiquidityETH",
        [token, held / 2n, 0n, 0n, account.address, never],
        parseEther("50"),
      );
      const paired =
        name === "ZooProxy" || artifact(name).abi.some((item) => item.type === "function" && item.name === "setPair");
      if (paired) await send(token, TOKEN, "setPair", [pair]);
      return token;
    },
    call: async (to, signature, args) => {
      const abi = parseAbi([signature]) as Abi;
      await send(to, abi, /function (\w+)/.exec(signature)?.[1] ?? "", args);
    },
    reader: () => createReader(client, { addresses, tokens }),
    deployer: account.address,
    other: privateKeyToAccount(second.privateKey).address,
    stop: () => devnet.stop(),
  };
}
