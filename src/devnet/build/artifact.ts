import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Abi, Address, Hex } from "viem";
import { DevnetBuildError } from "./builder.ts";

/** What is needed to deploy a contract. Libraries are linked by {@link link}. */
export type Artifact = {
  readonly contractName: string;
  readonly abi: Abi;
  readonly bytecode: Hex;
};

type LinkReferences = Record<string, Record<string, readonly { readonly start: number; readonly length: number }[]>>;
type RawArtifact = {
  readonly contractName?: string;
  readonly abi: Abi;
  readonly bytecode: string;
  readonly linkReferences?: LinkReferences;
};

const require = createRequire(import.meta.url);

/** Contracts that npm packages ship compiled, by the name used here. Part of the inputs hash. */
export const PACKAGE_ARTIFACTS = {
  WETH9: "@uniswap/v2-periphery/build/WETH9.json",
  UniswapV2Factory: "@uniswap/v2-core/build/UniswapV2Factory.json",
  UniswapV2Pair: "@uniswap/v2-core/build/UniswapV2Pair.json",
  UniswapV2Router02: "@uniswap/v2-periphery/build/UniswapV2Router02.json",
  UniswapV3Factory: "@uniswap/v3-core/artifacts/contracts/UniswapV3Factory.sol/UniswapV3Factory.json",
  UniswapV3Pool: "@uniswap/v3-core/artifacts/contracts/UniswapV3Pool.sol/UniswapV3Pool.json",
  NFTDescriptor: "@uniswap/v3-periphery/artifacts/contracts/libraries/NFTDescriptor.sol/NFTDescriptor.json",
  NonfungibleTokenPositionDescriptor:
    "@uniswap/v3-periphery/artifacts/contracts/NonfungibleTokenPositionDescriptor.sol/NonfungibleTokenPositionDescriptor.json",
  NonfungiblePositionManager:
    "@uniswap/v3-periphery/artifacts/contracts/NonfungiblePositionManager.sol/NonfungiblePositionManager.json",
  TickLens: "@uniswap/v3-periphery/artifacts/contracts/lens/TickLens.sol/TickLens.json",
  QuoterV2: "@uniswap/swap-router-contracts/artifacts/contracts/lens/QuoterV2.sol/QuoterV2.json",
  SwapRouter02: "@uniswap/swap-router-contracts/artifacts/contracts/SwapRouter02.sol/SwapRouter02.json",
  PoolAddressesProvider: aave("protocol/configuration/PoolAddressesProvider"),
  ACLManager: aave("protocol/configuration/ACLManager"),
  Pool: aave("protocol/pool/Pool"),
  PoolConfigurator: aave("protocol/pool/PoolConfigurator"),
  DefaultReserveInterestRateStrategy: aave("protocol/pool/DefaultReserveInterestRateStrategy"),
  AToken: aave("protocol/tokenization/AToken"),
  StableDebtToken: aave("protocol/tokenization/StableDebtToken"),
  VariableDebtToken: aave("protocol/tokenization/VariableDebtToken"),
  AaveOracle: aave("misc/AaveOracle"),
  AaveProtocolDataProvider: aave("misc/AaveProtocolDataProvider"),
  BorrowLogic: aave("protocol/libraries/logic/BorrowLogic"),
  BridgeLogic: aave("protocol/libraries/logic/BridgeLogic"),
  ConfiguratorLogic: aave("protocol/libraries/logic/ConfiguratorLogic"),
  EModeLogic: aave("protocol/libraries/logic/EModeLogic"),
  FlashLoanLogic: aave("protocol/libraries/logic/FlashLoanLogic"),
  LiquidationLogic: aave("protocol/libraries/logic/LiquidationLogic"),
  PoolLogic: aave("protocol/libraries/logic/PoolLogic"),
  SupplyLogic: aave("protocol/libraries/logic/SupplyLogic"),
} as const;

/** Contracts compiled from Solidity and committed in src/devnet/artifacts. Part of the inputs hash. */
export const OWN_ARTIFACTS = [
  "DevToken",
  "TetherToken",
  "StETH",
  "WstETH",
  "DevFeed",
  "StakedEthFeed",
  "FeedPairOracle",
  "SavingsVault",
  "FeeOnTransferToken",
  "Morpho",
  "AdaptiveCurveIrm",
] as const;

/** Traps of every family, and honest twins beside them, by source; no chain starts with them, tests and benchmarks deploy them. */
export const ZOO_SOURCES = {
  "ScamZoo.sol": [
    "PairSellBlock",
    "HighSellTax",
    "CannotSellAll",
    "SellCooldown",
    "SizeTrap",
    "KillBlocks",
    "FakeEvents",
    "OwnerBlacklist",
    "OwnerPause",
    "OwnerTax",
    "OwnerMaxSell",
    "HiddenAdminAllowlist",
    "HardcodedAdmin",
    "SelfTransferArmed",
    "TwoStepMint",
    "OwnerEditsBalances",
    "SaleRule",
    "HelperDecides",
    "SimulationAware",
    "PlainLogic",
    "TrapLogic",
    "ZooProxy",
    "ProxyFreeTaxLater",
    "Impersonator",
    "HostileMetadata",
    "ReturnsFalse",
    "GasBomb",
    "HugeName",
    "WalletOnlyTrap",
    "HiddenHelper",
    "SilentMint",
    "Faucet",
    "CheapSale",
    "FrozenSpender",
    "WalletFreeze",
    "EndableMint",
    "PoolDrain",
    "RoleByHash",
    "SlotAdmin",
    "GasBurningGuards",
    "BridgeBurn",
    "YearlyMint",
    "CappedMint",
  ],
  "HonestZoo.sol": [
    "PausableStable",
    "SmallFee",
    "BurnOnTransfer",
    "Rebasing",
    "Delay",
    "TimelockOwned",
    "Renounced",
    "FixedMaxWallet",
    "OldBytes32",
    "NoReturn",
    "MintableByRole",
    "PlainToken",
    "Arithmetic",
    "FixedHelper",
    "FewUnits",
  ],
} as const;

/** All of them. */
export const ZOO_ARTIFACTS = Object.values(ZOO_SOURCES).flat();

/** Name of a contract of the zoo. */
export type ZooName = (typeof ZOO_SOURCES)[keyof typeof ZOO_SOURCES][number];

/** Name of a contract that {@link artifact} finds. */
export type ArtifactName =
  | keyof typeof PACKAGE_ARTIFACTS
  | (typeof OWN_ARTIFACTS)[number]
  | (typeof ZOO_ARTIFACTS)[number];

function aave(path: string): string {
  return `@aave/core-v3/artifacts/contracts/${path}.sol/${path.split("/").at(-1)}.json`;
}

/** Path of the file that holds a contract's compiled form. */
export function artifactPath(name: ArtifactName): string {
  const packaged = (PACKAGE_ARTIFACTS as Readonly<Record<string, string>>)[name];
  return packaged === undefined ? require.resolve(`../artifacts/${name}.json`) : require.resolve(packaged);
}

/** The interface of a contract that {@link artifact} finds. */
export function abiOf(name: ArtifactName): Abi {
  return (JSON.parse(readFileSync(artifactPath(name), "utf8")) as RawArtifact).abi;
}

/**
 * Reads a compiled contract and links its libraries, which must all be given.
 *
 * @throws DevnetBuildError when a library is missing.
 */
export function artifact(name: ArtifactName, libraries: Readonly<Record<string, Address>> = {}): Artifact {
  const raw = JSON.parse(readFileSync(artifactPath(name), "utf8")) as RawArtifact;
  const bytecode = raw.bytecode.startsWith("0x") ? raw.bytecode : `0x${raw.bytecode}`;
  return { contractName: name, abi: raw.abi, bytecode: link(name, bytecode, raw.linkReferences ?? {}, libraries) };
}

function link(
  name: string,
  bytecode: string,
  references: LinkReferences,
  libraries: Readonly<Record<string, Address>>,
): Hex {
  let linked = bytecode;
  for (const [library, places] of Object.values(references).flatMap((file) => Object.entries(file))) {
    const address = libraries[library];
    if (address === undefined) throw new DevnetBuildError(`link ${name}`, `library ${library} is not deployed yet`);
    for (const { start, length } of places) {
      const at = 2 + start * 2;
      linked = linked.slice(0, at) + address.slice(2).toLowerCase() + linked.slice(at + length * 2);
    }
  }
  return linked as Hex;
}
