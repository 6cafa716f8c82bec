import { type Address, maxUint256, zeroAddress } from "viem";
import { LIQUIDITY_PROVIDER, TREASURY } from "../accounts.ts";
import type { DevnetAave } from "../types.ts";
import type { ReserveParams } from "./aaveParams.ts";
import { token, units } from "./amounts.ts";
import { type Artifact, type ArtifactName, abiOf, artifact } from "./artifact.ts";
import type { Builder } from "./builder.ts";
import type { TokenStep } from "./buildTokens.ts";

/** Aave's logic libraries, shared by every market as on mainnet. */
export type AaveLibraries = Readonly<Record<string, Address>>;

export type AaveMarketParams = {
  /** PoolAddressesProvider's market id, and the word in aToken names. */
  readonly marketId: string;
  /** Prefix of token symbols: `a` → aUSDC, `sp` → spUSDC. */
  readonly prefix: string;
  readonly reserves: readonly ReserveParams[];
};

type Market = AaveMarketParams & {
  readonly tokens: TokenStep["tokens"];
  readonly provider: Address;
  readonly oracle: Address;
  readonly dataProvider: Address;
  readonly pool: Address;
  readonly configurator: Address;
};

const VARIABLE_RATE = 2n;
const E_MODE_ETH = 1;
const RAY_PER_BPS = 10n ** 23n;

/** Deploys the libraries that Pool and PoolConfigurator link. */
export function deployAaveLibraries(builder: Builder): AaveLibraries {
  const plain = [
    "BorrowLogic",
    "BridgeLogic",
    "ConfiguratorLogic",
    "EModeLogic",
    "LiquidationLogic",
    "PoolLogic",
    "SupplyLogic",
  ];
  const libraries: Record<string, Address> = {};
  for (const name of plain) libraries[name] = builder.deploy(artifact(name as ArtifactName));
  libraries.FlashLoanLogic = builder.deploy(artifact("FlashLoanLogic", libraries));
  return libraries;
}

/** Step 3: one whole Aave v3 market, as Aave's deploy scripts order it, with liquidity and debt. */
export async function buildAave(
  builder: Builder,
  step: TokenStep,
  libraries: AaveLibraries,
  params: AaveMarketParams,
): Promise<DevnetAave> {
  const market = await deployMarket(builder, step, libraries, params);
  listReserves(builder, market);
  await builder.flush();
  configureReserves(builder, market);
  await builder.flush();
  seed(builder, market);
  await builder.flush();
  return {
    pool: market.pool,
    addressesProvider: market.provider,
    poolConfigurator: market.configurator,
    dataProvider: market.dataProvider,
    oracle: market.oracle,
    weth: token(step.tokens, "WETH").address,
  };
}

async function deployMarket(
  builder: Builder,
  { tokens, priceFeeds }: TokenStep,
  libraries: AaveLibraries,
  params: AaveMarketParams,
): Promise<Market> {
  const { deployer } = builder;
  const providerAbi = abiOf("PoolAddressesProvider");
  const provider = builder.deploy(artifact("PoolAddressesProvider"), [params.marketId, deployer]);
  const set = (fn: string, ...args: unknown[]) => builder.send({ to: provider, abi: providerAbi, fn, args });
  set("setACLAdmin", deployer);
  const acl = builder.deploy(artifact("ACLManager"), [provider]);
  set("setACLManager", acl);
  for (const fn of ["addPoolAdmin", "addEmergencyAdmin", "addRiskAdmin"]) {
    builder.send({ to: acl, abi: abiOf("ACLManager"), fn, args: [deployer] });
  }
  const listed = params.reserves.map(({ symbol }) => token(tokens, symbol));
  const sources = listed.map(({ symbol }) => priceFeeds[symbol]);
  const assets = listed.map(({ address }) => address);
  const oracleArgs = [provider, assets, sources, zeroAddress, zeroAddress, 10n ** 8n];
  const oracle = builder.deploy(artifact("AaveOracle"), oracleArgs);
  set("setPriceOracle", oracle);
  const dataProvider = builder.deploy(artifact("AaveProtocolDataProvider"), [provider]);
  set("setPoolDataProvider", dataProvider);
  set("setPoolImpl", builder.deploy(artifact("Pool", libraries), [provider]));
  set("setPoolConfiguratorImpl", builder.deploy(artifact("PoolConfigurator", libraries)));
  await builder.flush();
  const get = (fn: string) => builder.read<Address>({ to: provider, abi: providerAbi, fn });
  const [pool, configurator] = await Promise.all([get("getPool"), get("getPoolConfigurator")]);
  return { ...params, tokens, provider, oracle, dataProvider, pool, configurator };
}

function configure(builder: Builder, market: Market, fn: string, ...args: unknown[]): void {
  builder.send({ to: market.configurator, abi: abiOf("PoolConfigurator"), fn, args });
}

function listReserves(builder: Builder, market: Market): void {
  const implementation = (contract: Artifact) => builder.deploy(contract, [market.pool]);
  const aTokenImpl = implementation(artifact("AToken"));
  const stableDebtTokenImpl = implementation(artifact("StableDebtToken"));
  const variableDebtTokenImpl = implementation(artifact("VariableDebtToken"));
  for (const reserve of market.reserves) {
    const asset = token(market.tokens, reserve.symbol);
    const { marketId, prefix } = market;
    const input = {
      aTokenImpl,
      stableDebtTokenImpl,
      variableDebtTokenImpl,
      underlyingAssetDecimals: asset.decimals,
      interestRateStrategyAddress: deployStrategy(builder, market, reserve),
      underlyingAsset: asset.address,
      treasury: TREASURY,
      incentivesController: zeroAddress,
      aTokenName: `${marketId} ${asset.symbol}`,
      aTokenSymbol: `${prefix}${asset.symbol}`,
      variableDebtTokenName: `${marketId} Variable Debt ${asset.symbol}`,
      variableDebtTokenSymbol: `variableDebt${prefix}${asset.symbol}`,
      stableDebtTokenName: `${marketId} Stable Debt ${asset.symbol}`,
      stableDebtTokenSymbol: `stableDebt${prefix}${asset.symbol}`,
      params: "0x10",
    };
    configure(builder, market, "initReserves", [input]);
  }
}

function deployStrategy(builder: Builder, market: Market, reserve: ReserveParams): Address {
  const ray = (bps: bigint) => bps * RAY_PER_BPS;
  return builder.deploy(artifact("DefaultReserveInterestRateStrategy"), [
    market.provider,
    ray(reserve.optimalUsageBps),
    ray(reserve.baseRateBps),
    ray(reserve.slope1Bps),
    ray(reserve.slope2Bps),
    // stable borrowing is off everywhere; these values are Aave's usual ones
    ray(reserve.slope1Bps),
    ray(reserve.slope2Bps),
    ray(100n),
    ray(800n),
    ray(2_000n),
  ]);
}

function configureReserves(builder: Builder, market: Market): void {
  configure(builder, market, "setEModeCategory", E_MODE_ETH, 9300, 9500, 10100, zeroAddress, "ETH correlated");
  for (const reserve of market.reserves) {
    const asset = token(market.tokens, reserve.symbol).address;
    const { ltvBps, liquidationThresholdBps, liquidationBonusBps } = reserve;
    configure(
      builder,
      market,
      "configureReserveAsCollateral",
      asset,
      ltvBps,
      liquidationThresholdBps,
      liquidationBonusBps,
    );
    if (reserve.borrowCap > 0n) configure(builder, market, "setReserveBorrowing", asset, true);
    configure(builder, market, "setReserveFactor", asset, reserve.reserveFactorBps);
    configure(builder, market, "setSupplyCap", asset, reserve.supplyCap);
    configure(builder, market, "setBorrowCap", asset, reserve.borrowCap);
    configure(builder, market, "setReserveFlashLoaning", asset, true);
    if (ltvBps > 0n) configure(builder, market, "setLiquidationProtocolFee", asset, 1_000n);
    if (reserve.ethCorrelated && ltvBps > 0n) configure(builder, market, "setAssetEModeCategory", asset, E_MODE_ETH);
  }
}

function seed(builder: Builder, market: Market): void {
  const from = LIQUIDITY_PROVIDER;
  const { pool } = market;
  const abi = abiOf("Pool");
  const supplies = market.reserves.map((reserve) => ({ reserve, asset: token(market.tokens, reserve.symbol) }));
  for (const { reserve, asset } of supplies) {
    const erc20 = abiOf("DevToken");
    builder.send({ from, to: asset.address, abi: erc20, fn: "approve", args: [pool, maxUint256] });
    const args = [asset.address, units(asset, reserve.supplied), from, 0];
    builder.send({ from, to: pool, abi, fn: "supply", args });
  }
  for (const { reserve, asset } of supplies) {
    if (reserve.borrowed === 0n) continue;
    const args = [asset.address, units(asset, reserve.borrowed), VARIABLE_RATE, 0, from];
    builder.send({ from, to: pool, abi, fn: "borrow", args });
  }
}
