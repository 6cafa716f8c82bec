import { type Address, createPublicClient, http, type PublicClient, parseAbi } from "viem";
import type { Devnet, DevnetDeployment } from "../../src/devnet/index.ts";

/** A client of the tests' own: nothing of Intendant's reading is used to judge Intendant. */
export type ChainClient = PublicClient;

/** Base units by place and asset, such as `wallet.USDC`, `aaveDebt.DAI`, `account5.ETH`, `allowance.USDC.aave`. */
export type Holdings = ReadonlyMap<string, bigint>;

const erc20 = parseAbi([
  "function balanceOf(address owner) view returns (uint256)",
  "function allowance(address owner, address spender) view returns (uint256)",
]);
const multicall = parseAbi(["function getEthBalance(address owner) view returns (uint256)"]);
const dataProvider = parseAbi([
  "struct TokenData { string symbol; address tokenAddress; }",
  "function getAllReservesTokens() view returns (TokenData[])",
  "function getUserReserveData(address asset, address user) view returns (uint256 aToken, uint256 stableDebt, uint256 variableDebt, uint256, uint256, uint256, uint256, uint40, bool)",
]);
const morphoAbi = parseAbi([
  "function position(bytes32 id, address user) view returns (uint256 supplyShares, uint128 borrowShares, uint128 collateral)",
  "function market(bytes32 id) view returns (uint128 supplyAssets, uint128 supplyShares, uint128 borrowAssets, uint128 borrowShares, uint128, uint128)",
]);
const vaultAbi = parseAbi(["function convertToAssets(uint256 shares) view returns (uint256)"]);

/** Morpho's virtual assets and shares (SharesMathLib). */
const VIRTUAL_ASSETS = 1n;
const VIRTUAL_SHARES = 1_000_000n;

export function connect({ rpcUrl }: Devnet): ChainClient {
  return createPublicClient({ transport: http(rpcUrl), cacheTime: 0 });
}

/** Everything the owner has, owes and allows, and what the other known accounts hold, straight from the contracts. */
export async function readHoldings(client: ChainClient, devnet: Devnet, owner: Address): Promise<Holdings> {
  const read: Read = { client, deployment: devnet.deployment, owner };
  const others = devnet.accounts.flatMap(({ address }, index) =>
    address === owner ? [] : [[`account${index}`, address] as const],
  );
  const parts = await Promise.all([
    readWallets(read, [["wallet", owner], ...others]),
    readAllowances(read),
    readAave(read, "aave", devnet.deployment.aaveV3.dataProvider),
    readAave(read, "spark", devnet.deployment.spark.dataProvider),
    readMorpho(read),
    readVaults(read),
  ]);
  return new Map(parts.flat());
}

type Read = { readonly client: ChainClient; readonly deployment: DevnetDeployment; readonly owner: Address };
type Entry = readonly [key: string, amount: bigint];

async function readWallets(
  { client, deployment }: Read,
  accounts: readonly (readonly [string, Address])[],
): Promise<readonly Entry[]> {
  const { multicall3: multicallAddress, tokens, zoo } = deployment;
  const all = [...Object.values(tokens), ...Object.entries(zoo).map(([name, token]) => ({ ...token, symbol: name }))];
  const pairs = accounts.flatMap(([place, account]) => all.map((token) => ({ place, account, token })));
  const [ether, balances] = await Promise.all([
    client.multicall({
      multicallAddress,
      allowFailure: false,
      contracts: accounts.map(
        ([, account]) =>
          ({ address: multicallAddress, abi: multicall, functionName: "getEthBalance", args: [account] }) as const,
      ),
    }),
    client.multicall({
      multicallAddress,
      allowFailure: false,
      contracts: pairs.map(
        ({ account, token }) =>
          ({ address: token.address, abi: erc20, functionName: "balanceOf", args: [account] }) as const,
      ),
    }),
  ]);
  return [
    ...accounts.map(([place], index): Entry => [`${place}.ETH`, ether[index] ?? 0n]),
    ...pairs.map(({ place, token }, index): Entry => [`${place}.${token.symbol}`, balances[index] ?? 0n]),
  ];
}

async function readAllowances({ client, deployment, owner }: Read): Promise<readonly Entry[]> {
  const spenders: readonly (readonly [string, Address])[] = [
    ["swapRouter02", deployment.uniswapV3.swapRouter02],
    ["routerV2", deployment.uniswapV2.router],
    ["permit2", deployment.permit2],
    ["aave", deployment.aaveV3.pool],
    ["spark", deployment.spark.pool],
    ["morpho", deployment.morpho.address],
    ["wstETH", deployment.tokens.wstETH?.address ?? deployment.permit2],
    ...deployment.erc4626.map(({ symbol, vault }) => [symbol, vault] as const),
  ];
  const pairs = Object.values(deployment.tokens).flatMap((token) =>
    spenders.map(([name, spender]) => ({ key: `allowance.${token.symbol}.${name}`, token: token.address, spender })),
  );
  const amounts = await client.multicall({
    multicallAddress: deployment.multicall3,
    allowFailure: false,
    contracts: pairs.map(
      ({ token, spender }) =>
        ({ address: token, abi: erc20, functionName: "allowance", args: [owner, spender] }) as const,
    ),
  });
  return pairs.map(({ key }, index): Entry => [key, amounts[index] ?? 0n]);
}

async function readAave({ client, deployment, owner }: Read, place: string, address: Address) {
  const listed = await client.readContract({ address, abi: dataProvider, functionName: "getAllReservesTokens" });
  const tokens = Object.values(deployment.tokens).filter((token) =>
    listed.some(({ tokenAddress }) => tokenAddress === token.address),
  );
  const rows = await client.multicall({
    multicallAddress: deployment.multicall3,
    allowFailure: false,
    contracts: tokens.map(
      (token) =>
        ({ address, abi: dataProvider, functionName: "getUserReserveData", args: [token.address, owner] }) as const,
    ),
  });
  return tokens.flatMap(({ symbol }, index): readonly Entry[] => {
    const [supplied = 0n, stable = 0n, variable = 0n] = rows[index] ?? [];
    return [
      [`${place}.${symbol}`, supplied],
      [`${place}Debt.${symbol}`, stable + variable],
    ];
  });
}

async function readMorpho({ client, deployment, owner }: Read): Promise<readonly Entry[]> {
  const { address, markets } = deployment.morpho;
  const symbolOf = (token: Address) =>
    Object.values(deployment.tokens).find((known) => known.address === token)?.symbol ?? token;
  const sums = new Map<string, bigint>();
  const add = (key: string, amount: bigint) => sums.set(key, (sums.get(key) ?? 0n) + amount);
  for (const { id, loanToken, collateralToken } of markets) {
    const [[supplyShares, borrowShares, collateral], [supplied, shares, borrowed, debtShares]] = await Promise.all([
      client.readContract({ address, abi: morphoAbi, functionName: "position", args: [id, owner] }),
      client.readContract({ address, abi: morphoAbi, functionName: "market", args: [id] }),
    ]);
    add(`morpho.${symbolOf(loanToken)}`, (supplyShares * (supplied + VIRTUAL_ASSETS)) / (shares + VIRTUAL_SHARES));
    add(
      `morphoDebt.${symbolOf(loanToken)}`,
      (borrowShares * (borrowed + VIRTUAL_ASSETS)) / (debtShares + VIRTUAL_SHARES),
    );
    add(`morphoCollateral.${symbolOf(collateralToken)}`, collateral);
  }
  return [...sums];
}

async function readVaults({ client, deployment, owner }: Read): Promise<readonly Entry[]> {
  const tokens = Object.values(deployment.tokens);
  return await Promise.all(
    deployment.erc4626.map(async ({ vault: address, asset }): Promise<Entry> => {
      const shares = await client.readContract({ address, abi: erc20, functionName: "balanceOf", args: [owner] });
      const worth = { address, abi: vaultAbi, functionName: "convertToAssets", args: [shares] } as const;
      return [`vault.${tokens.find((token) => token.address === asset)?.symbol}`, await client.readContract(worth)];
    }),
  );
}

/** Wei that the owner paid for gas in the blocks after `since`, from the receipts on the chain. */
export async function readSent(client: ChainClient, owner: Address, since: bigint) {
  const latest = await client.getBlockNumber();
  let gasWei = 0n;
  let transactions = 0;
  for (let number = since + 1n; number <= latest; number += 1n) {
    const block = await client.getBlock({ blockNumber: number, includeTransactions: true });
    for (const { hash } of block.transactions.filter(({ from }) => from.toLowerCase() === owner.toLowerCase())) {
      const { gasUsed, effectiveGasPrice } = await client.getTransactionReceipt({ hash });
      gasWei += gasUsed * effectiveGasPrice;
      transactions += 1;
    }
  }
  return { gasWei, transactions };
}
