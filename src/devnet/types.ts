import type { Address, Hex } from "viem";

/** A token of the local chain, by symbol in {@link DevnetDeployment.tokens}. */
export type DevnetToken = {
  readonly address: Address;
  readonly decimals: number;
  readonly symbol: string;
  readonly name: string;
  /** Pegged to the US dollar. */
  readonly stable: boolean;
};

/** Addresses of one deployment of the Aave v3 code (Aave itself, or Spark). */
export type DevnetAave = {
  readonly pool: Address;
  readonly addressesProvider: Address;
  readonly poolConfigurator: Address;
  /** AaveProtocolDataProvider. */
  readonly dataProvider: Address;
  /** AaveOracle; USD with 8 decimals. */
  readonly oracle: Address;
  /** Wrapped native token the market lists. */
  readonly weth: Address;
};

/** One Morpho Blue market: its five parameters and the id they hash to. */
export type DevnetMorphoMarket = {
  readonly id: Hex;
  readonly loanToken: Address;
  readonly collateralToken: Address;
  readonly oracle: Address;
  readonly irm: Address;
  /** Liquidation loan-to-value, 1e18 = 100 %; a decimal string, so that the deployment stays JSON. */
  readonly lltv: string;
};

/**
 * An ERC-4626 savings vault. Besides the standard it answers `ratePerSecondRay() → uint256`: the forward rate as a
 * per-second factor in 1e27 (1e27 = no yield), compounded each second, so APY = (rate / 1e27)^31536000 − 1.
 * Yield is funded: it is pulled from a reserve contract (`reserve()`), and stops when that is empty (`fundedUntil()`).
 */
export type DevnetVault = {
  readonly vault: Address;
  readonly asset: Address;
  readonly name: string;
  readonly symbol: string;
};

/** One Uniswap v3 pool of the local chain. */
export type DevnetV3Pool = {
  readonly address: Address;
  readonly token0: Address;
  readonly token1: Address;
  /** Hundredths of a basis point. */
  readonly feePips: number;
};

/** One Uniswap v2 pair of the local chain. */
export type DevnetV2Pair = { readonly address: Address; readonly token0: Address; readonly token1: Address };

/** Every address of the local chain; JSON-serialisable. */
export type DevnetDeployment = {
  readonly chainId: 31337;
  readonly tokens: Readonly<Record<string, DevnetToken>>;
  /** Tokens meant to deceive or surprise, kept out of `tokens`: an impersonator named USDC, a fee-on-transfer token. */
  readonly zoo: Readonly<Record<string, DevnetToken>>;
  readonly multicall3: Address;
  readonly permit2: Address;
  readonly uniswapV3: {
    readonly factory: Address;
    readonly swapRouter02: Address;
    readonly quoterV2: Address;
    readonly positionManager: Address;
    readonly tickLens: Address;
    readonly weth: Address;
    readonly pools: readonly DevnetV3Pool[];
  };
  readonly uniswapV2: {
    readonly factory: Address;
    readonly router: Address;
    readonly weth: Address;
    readonly pairs: readonly DevnetV2Pair[];
  };
  readonly aaveV3: DevnetAave;
  readonly spark: DevnetAave;
  readonly morpho: {
    readonly address: Address;
    readonly irm: Address;
    readonly markets: readonly DevnetMorphoMarket[];
  };
  readonly erc4626: readonly DevnetVault[];
  /** Chainlink AggregatorV3Interface feeds in USD with 8 decimals, by token symbol; `ETH` and `WETH` are the same feed. */
  readonly priceFeeds: Readonly<Record<string, Address>>;
  /** Owns feeds and tokens, deployed everything; moved by impersonation only (see prices.ts, traders.ts). */
  readonly deployer: Address;
  /** Provides all pool and lending liquidity. */
  readonly liquidityProvider: Address;
};

/** One of anvil's well-known accounts. */
export type DevnetAccount = {
  readonly address: Address;
  readonly privateKey: Hex;
  /** `owner` (0): funded with tokens; `borrower` (1): has an Aave loan; others: ETH only. */
  readonly label: string;
};

export type DevnetOptions = {
  /** Port to listen on; 0 (default) takes a free one. */
  readonly port?: number;
  /** Where built states are kept; default `.cache/devnet` under the project. */
  readonly cacheDir?: string;
  /** Build anew even when a built state is there. */
  readonly fresh?: boolean;
  /** Gets one line per step while the state is built or loaded. */
  readonly onProgress?: (line: string) => void;
  readonly host?: "127.0.0.1";
};

/** A running local chain. */
export type Devnet = {
  readonly rpcUrl: string;
  readonly chainId: 31337;
  readonly deployment: DevnetDeployment;
  readonly accounts: readonly DevnetAccount[];
  readonly pid: number;
  /** Ends the node; safe to call twice. */
  stop(): Promise<void>;
};
