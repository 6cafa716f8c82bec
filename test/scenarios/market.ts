import {
  type Abi,
  type Address,
  createWalletClient,
  encodeFunctionData,
  erc20Abi,
  type Hex,
  http,
  parseAbi,
  parseEther,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { buildRegistry } from "../../src/chain/buildRegistry.ts";
import { createReader } from "../../src/chain/createReader.ts";
import { type ArtifactName, artifact, type ZooName } from "../../src/devnet/build/artifact.ts";
import { actAs } from "../../src/devnet/index.ts";
import type { Token } from "../../src/domain/token.ts";
import type { TestChain } from "../setup/testChain.ts";

/** What the feed says of a token of the zoo, 1e8 = $1: what its pool of 50 ETH at $3,000 and half a million tokens says. */
const PRICE_E8 = 30_000_000n;
const POOL_ETH = parseEther("50");
const NEVER = 2n ** 40n;

const factoryAbi = parseAbi([
  "function createPair(address a, address b) returns (address)",
  "function getPair(address a, address b) view returns (address)",
]);
const routerAbi = parseAbi([
  "function addLiquidityETH(address token, uint256 amount, uint256 leastToken, uint256 leastEth, address to, uint256 deadline) payable returns (uint256, uint256, uint256)",
  "function removeLiquidityETH(address token, uint256 liquidity, uint256 leastToken, uint256 leastEth, address to, uint256 deadline) returns (uint256, uint256)",
]);
const oracleAbi = parseAbi(["function setAssetSources(address[] assets, address[] sources)"]);

/** A token of the zoo with everything that a careless owner could want: traded, priced by the oracle, and on the list. */
export type Market = {
  /** The chain with the token in its registry under its own symbol. */
  readonly chain: TestChain;
  readonly token: Token;
  /** Whose token it is. */
  readonly maker: Address;
  /** The maker acts on the token. */
  act(functionName: string, args: readonly unknown[]): Promise<void>;
  /** The maker takes all liquidity out. */
  pullLiquidity(): Promise<void>;
  /** Base units that the owner holds. */
  held(): Promise<bigint>;
  deploy(name: ArtifactName, args?: readonly unknown[]): Promise<Address>;
};

/** Opens such a market on a running chain. The token's address may be on the list; its code is still its maker's. */
export async function openMarket(
  chain: TestChain,
  name: ZooName,
  argsOf: (deploy: Market["deploy"]) => Promise<readonly unknown[]> | readonly unknown[] = () => [],
): Promise<Market> {
  const { client, devnet, addresses } = chain;
  const site = addresses.uniswapV2;
  const key = devnet.accounts[5]?.privateKey as Hex;
  if (site === undefined) throw new TypeError("the local chain has Uniswap v2");
  const account = privateKeyToAccount(key);
  const maker = account.address;
  const wallet = createWalletClient({ account, chain: client.chain, transport: http(devnet.rpcUrl) });
  const deploy: Market["deploy"] = async (contract, args = []) => {
    const { abi, bytecode } = artifact(contract);
    const hash = await wallet.deployContract({ abi, bytecode, args: [...args], gas: 8_000_000n });
    const { contractAddress } = await client.waitForTransactionReceipt({ hash, pollingInterval: 10 });
    if (!contractAddress) throw new TypeError(`${contract} was not deployed`);
    return contractAddress;
  };
  const does = (to: Address, abi: Abi, fn: string, args: readonly unknown[], value = 0n) =>
    actAs(client, maker, { to, abi, fn, args, value });
  const address = await deploy(name, await argsOf(deploy));
  const balanceOf = (of: Address, at: Address = address) =>
    client.readContract({ address: at, abi: erc20Abi, functionName: "balanceOf", args: [of] });
  await does(site.factory, factoryAbi, "createPair", [address, addresses.wrappedNative]);
  const pair = await client.readContract({
    address: site.factory,
    abi: factoryAbi,
    functionName: "getPair",
    args: [address, addresses.wrappedNative],
  });
  await does(address, erc20Abi, "approve", [site.router, 2n ** 255n]);
  await does(
    site.router,
    routerAbi,
    "addLiquidityETH",
    [address, (await balanceOf(maker)) / 2n, 0n, 0n, maker, NEVER],
    POOL_ETH,
  );
  const abi = name === "ZooProxy" ? proxied() : artifact(name).abi;
  if (abi.some((item) => item.type === "function" && item.name === "setPair"))
    await does(address, abi, "setPair", [pair]);
  const feed = await deploy("DevFeed", [name, PRICE_E8]);
  const { oracle } = devnet.deployment.aaveV3;
  await actAs(client, devnet.deployment.deployer, {
    to: oracle,
    abi: oracleAbi,
    fn: "setAssetSources",
    args: [[address], [feed]],
  });
  const token: Token = { chainId: 31_337, address, symbol: "ZOO", name, decimals: 18, stable: false };
  return {
    chain: withToken(chain, token),
    token,
    maker,
    act: async (fn, args) => void (await does(address, abi, fn, args)),
    pullLiquidity: async () => {
      const shares = await balanceOf(maker, pair);
      await does(pair, erc20Abi, "approve", [site.router, shares]);
      await does(site.router, routerAbi, "removeLiquidityETH", [address, shares, 0n, 0n, maker, NEVER]);
    },
    held: () => balanceOf(chain.owner.address),
    deploy,
  };
}

/** The proxy's own functions and those of the code behind it. */
function proxied(): Abi {
  return [...artifact("ZooProxy").abi, ...artifact("PlainLogic").abi];
}

function withToken(chain: TestChain, token: Token): TestChain {
  const { native, wrappedNative, all } = chain.tokens;
  const tokens = buildRegistry({ native, wrappedNative, tokens: [...all, token] });
  return {
    ...chain,
    tokens,
    reader: () => createReader(chain.client, { addresses: chain.addresses, tokens }),
    token: (symbol) => tokens.bySymbol(symbol) ?? chain.token(symbol),
  };
}

/** Wei that the owner holds. */
export function etherOf(chain: TestChain): Promise<bigint> {
  return chain.client.getBalance({ address: chain.owner.address });
}

/** Ether that a sale of tokens through the pair would give now, by the router's own quote; 0 where it gives none. */
export async function saleWorth({ chain, token }: Market, amount: bigint): Promise<bigint> {
  const router = chain.addresses.uniswapV2?.router;
  const path = [token.address, chain.addresses.wrappedNative];
  const abi = parseAbi([
    "function swapExactTokensForETHSupportingFeeOnTransferTokens(uint256 amountIn, uint256 least, address[] path, address to, uint256 deadline)",
  ]);
  const { owner } = chain;
  const before = await etherOf(chain);
  const approve = encodeFunctionData({ abi: erc20Abi, functionName: "approve", args: [router ?? "0x", amount] });
  const args = [amount, 0n, path, owner.address, NEVER] as const;
  const functionName = "swapExactTokensForETHSupportingFeeOnTransferTokens";
  // A careless owner's own sale: any price. What it costs in gas is given back to the count.
  const receipts = [
    await chain.send({ to: token.address, data: approve, value: 0n }),
    await chain.send({ to: router ?? "0x", data: encodeFunctionData({ abi, functionName, args }), value: 0n }),
  ];
  const gas = receipts.reduce((sum, { gasUsed, effectiveGasPrice }) => sum + gasUsed * effectiveGasPrice, 0n);
  return (await etherOf(chain)) - before + gas;
}
