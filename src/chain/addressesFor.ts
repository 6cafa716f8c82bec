import { createRequire } from "node:module";
import { AaveV3Arbitrum, AaveV3Base, AaveV3Ethereum, AaveV3Optimism, AaveV3Polygon } from "@aave-dao/aave-address-book";
import { type Address, getAddress, type Hex } from "viem";
import type { AaveAddresses, ChainAddresses } from "./addresses.ts";
import { MULTICALL3_ADDRESS, PUBLIC_CHAIN_IDS } from "./chains.ts";
import { UnsupportedChainError } from "./errors.ts";

// The package's ES build imports without file extensions, which Node refuses; its CommonJS build is whole.
const uniswap = createRequire(import.meta.url)("@uniswap/sdk-core") as typeof import("@uniswap/sdk-core");

/** Permit2, the same on every chain. Source: Uniswap/permit2 README. */
const PERMIT2: Address = "0x000000000022D473030F116dDEE9F6B43aC78BA3";

/** QuoterV2 where sdk-core lists the older Quoter. Source: Uniswap docs, v3 deployments of Ethereum/Arbitrum/Optimism/Polygon. */
const QUOTER_V2: Address = "0x61fFE014bA17989E743c5F6cB21bF9697530B21e";
const QUOTER_V2_BASE: Address = "0x3d4e44Eb1374240CE5F1B871ab261CD16335B76a";

/** SparkLend on Ethereum. Source: marsfoundation/spark-address-registry (Ethereum). */
const SPARK: AaveAddresses = {
  pool: "0xC13e21B648A5Ee794902342038FF3aDAB66BE987",
  addressesProvider: "0x02C3eA4e34C0cBd694D2adFa2c690EECbC1793eE",
  dataProvider: "0xFc21d6d146E6086B8359705C8b28512a983db0cb",
  oracle: "0x8105f69D9C41644c6A0803fDA7D03Aa70996cFD9",
};

/** Morpho Blue and well-known markets. Source: Morpho docs (addresses) and the ids shown by app.morpho.org. */
const MORPHO: Readonly<Record<number, { readonly address: Address; readonly markets: readonly Hex[] }>> = {
  1: {
    address: "0xBBBBBbbBBb9cC5e90e3b3Af64bdAF62C37EEFFCb",
    markets: [
      "0xb323495f7e4148be5643a4ea4a8221eef163e4bccfdedc2a6f4696baacbc86cc", // wstETH / USDC 86 %
      "0x3a85e619751152991742810df6ec69ce473daef99e28a64ab2340d7b7ccfee49", // WBTC / USDC 86 %
      "0x64d65c9a2d91c36d56fbc42d69e979335320169b3df63bf92789e2c8883fcc64", // cbBTC / USDC 86 %
      "0xc54d7acf14de29e0e5527cabd7a576506870346a78a11a6762e2cca66322ec41", // wstETH / WETH 94.5 %
    ],
  },
  8453: {
    address: "0xBBBBBbbBBb9cC5e90e3b3Af64bdAF62C37EEFFCb",
    markets: [
      "0x9103c3b4e834476c9a62ea009ba2c884ee42e94e6e314a26f04d312434191836", // cbBTC / USDC 86 %
      "0x8793cf302b8ffd655ab97bd1c695dbd967807e8367a65cb2f4edaf1380ba1bda", // WETH / USDC 86 %
    ],
  },
};

/** ERC-4626 vaults. Sources: Sky docs (sDAI, sUSDS), Ethena docs (sUSDe is left out: it cannot be redeemed at once), Morpho docs. */
const VAULTS: Readonly<Record<number, NonNullable<ChainAddresses["erc4626"]>>> = {
  1: [
    {
      vault: "0x83F20F44975D03b1b09e64809B757c47f942BEeA",
      asset: AaveV3Ethereum.ASSETS.DAI.UNDERLYING,
      label: "Savings DAI (sDAI)",
    },
    {
      vault: "0xa3931d71877C0E7a3148CB7Eb4463524FEc27fbD",
      asset: AaveV3Ethereum.ASSETS.USDS.UNDERLYING,
      label: "Savings USDS (sUSDS)",
    },
    {
      vault: "0xBEEF01735c132Ada46AA9aA4c54623cAA92A64CB",
      asset: AaveV3Ethereum.ASSETS.USDC.UNDERLYING,
      label: "Steakhouse USDC (Morpho vault)",
    },
  ],
  8453: [
    {
      vault: "0xc1256Ae5FF1cf2719D4937adb3bbCCab2E00A2Ca",
      asset: AaveV3Base.ASSETS.USDC.UNDERLYING,
      label: "Moonwell Flagship USDC (Morpho vault)",
    },
  ],
};

const AAVE = {
  1: AaveV3Ethereum,
  8453: AaveV3Base,
  42161: AaveV3Arbitrum,
  10: AaveV3Optimism,
  137: AaveV3Polygon,
} as const;

/**
 * Where the protocols stand on a public chain, checksummed: Aave from `@aave-dao/aave-address-book`, Uniswap and the
 * wrapped coin from `@uniswap/sdk-core`, the rest from the constants above with their source.
 * Errors: UnsupportedChainError for a chain that is not listed.
 */
export function addressesFor(chainId: number): ChainAddresses {
  const id = PUBLIC_CHAIN_IDS.find((listed) => listed === chainId);
  if (id === undefined)
    throw new UnsupportedChainError(`Chain ${chainId} has no address registry; use one of ${PUBLIC_CHAIN_IDS}.`);
  const aave = AAVE[id];
  const wrapped = uniswap.WETH9[id]?.address;
  const v3 = uniswap.CHAIN_TO_ADDRESSES_MAP[id];
  const v2Router = uniswap.V2_ROUTER_ADDRESSES[id];
  const v2Factory = uniswap.V2_FACTORY_ADDRESSES[id];
  const morpho = MORPHO[id];
  const vaults = VAULTS[id];
  if (wrapped === undefined)
    throw new UnsupportedChainError(`Chain ${chainId} has no wrapped native coin in the address package.`);
  return {
    chainId: id,
    multicall3: MULTICALL3_ADDRESS,
    permit2: PERMIT2,
    wrappedNative: getAddress(wrapped),
    uniswapV3: {
      factory: getAddress(v3.v3CoreFactoryAddress),
      swapRouter02: getAddress(uniswap.SWAP_ROUTER_02_ADDRESSES(id)),
      quoterV2: id === 8453 ? QUOTER_V2_BASE : QUOTER_V2,
    },
    ...(v2Router && v2Factory ? { uniswapV2: { factory: getAddress(v2Factory), router: getAddress(v2Router) } } : {}),
    aaveV3: {
      pool: getAddress(aave.POOL),
      addressesProvider: getAddress(aave.POOL_ADDRESSES_PROVIDER),
      dataProvider: getAddress(aave.AAVE_PROTOCOL_DATA_PROVIDER),
      oracle: getAddress(aave.ORACLE),
    },
    ...(id === 1 ? { spark: SPARK } : {}),
    ...(morpho ? { morpho } : {}),
    ...(vaults ? { erc4626: vaults } : {}),
  };
}
