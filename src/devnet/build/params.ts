/** What the local chain holds: prices, depths and risk parameters, as data. Changing anything here rebuilds the state. */

/** A token and its opening price in USD with 8 decimals (Chainlink's unit). */
export type TokenParams = {
  readonly symbol: string;
  readonly name: string;
  readonly decimals: number;
  readonly price8: bigint;
  readonly stable: boolean;
};

const USD8 = 100_000_000n;

/** Opening ether price; wstETH's and stETH's follow from it. */
export const ETH_PRICE8 = 3_000n * USD8;
/** stETH per wstETH, 1e18 = 1. */
export const STETH_PER_WSTETH_WAD = 1_170_000_000_000_000_000n;

/** Every listed token, in deployment order. */
export const TOKENS: readonly TokenParams[] = [
  { symbol: "WETH", name: "Wrapped Ether", decimals: 18, price8: ETH_PRICE8, stable: false },
  { symbol: "USDC", name: "USD Coin", decimals: 6, price8: USD8, stable: true },
  { symbol: "USDT", name: "Tether USD", decimals: 6, price8: USD8, stable: true },
  { symbol: "DAI", name: "Dai Stablecoin", decimals: 18, price8: USD8, stable: true },
  { symbol: "WBTC", name: "Wrapped BTC", decimals: 8, price8: 60_000n * USD8, stable: false },
  { symbol: "stETH", name: "Liquid staked Ether 2.0", decimals: 18, price8: ETH_PRICE8, stable: false },
  {
    symbol: "wstETH",
    name: "Wrapped liquid staked Ether 2.0",
    decimals: 18,
    price8: (ETH_PRICE8 * STETH_PER_WSTETH_WAD) / 10n ** 18n,
    stable: false,
  },
  { symbol: "LINK", name: "ChainLink Token", decimals: 18, price8: 14n * USD8, stable: false },
  { symbol: "UNI", name: "Uniswap", decimals: 18, price8: 8n * USD8, stable: false },
  { symbol: "AAVE", name: "Aave Token", decimals: 18, price8: 95n * USD8, stable: false },
];

/** One position of a pool: share of the pool's depth, and half its width in ticks (undefined = full range). */
export type RangeParams = { readonly shareBps: bigint; readonly halfWidthTicks?: number };

/** One v3 pool: `sideUsd` whole dollars of each token, opening price off the feeds' by `offsetBps`. */
export type V3PoolParams = {
  readonly pair: readonly [string, string];
  readonly feePips: number;
  readonly sideUsd: bigint;
  readonly offsetBps?: bigint;
  readonly ranges: readonly RangeParams[];
};

/** Depth near the price, some around it, a little everywhere: as on mainnet, price impact is not one curve. */
const VOLATILE: readonly RangeParams[] = [
  { shareBps: 1_500n },
  { shareBps: 3_500n, halfWidthTicks: 4_000 },
  { shareBps: 5_000n, halfWidthTicks: 600 },
];
const PEGGED: readonly RangeParams[] = [
  { shareBps: 500n },
  { shareBps: 2_500n, halfWidthTicks: 60 },
  { shareBps: 7_000n, halfWidthTicks: 8 },
];
const THIN: readonly RangeParams[] = [{ shareBps: 6_000n }, { shareBps: 4_000n, halfWidthTicks: 6_000 }];

/** Uneven on purpose: the best route depends on size. */
export const V3_POOLS: readonly V3PoolParams[] = [
  { pair: ["WETH", "USDC"], feePips: 500, sideUsd: 12_000_000n, ranges: VOLATILE },
  { pair: ["WETH", "USDC"], feePips: 3000, sideUsd: 8_000_000n, offsetBps: 6n, ranges: VOLATILE },
  { pair: ["WETH", "USDC"], feePips: 10000, sideUsd: 500_000n, offsetBps: -15n, ranges: THIN },
  { pair: ["WETH", "USDT"], feePips: 500, sideUsd: 5_000_000n, offsetBps: 3n, ranges: VOLATILE },
  { pair: ["WETH", "USDT"], feePips: 3000, sideUsd: 6_000_000n, offsetBps: -8n, ranges: VOLATILE },
  { pair: ["WETH", "DAI"], feePips: 3000, sideUsd: 3_000_000n, offsetBps: 4n, ranges: VOLATILE },
  { pair: ["USDC", "USDT"], feePips: 100, sideUsd: 15_000_000n, ranges: PEGGED },
  { pair: ["USDC", "DAI"], feePips: 100, sideUsd: 10_000_000n, ranges: PEGGED },
  {
    pair: ["USDC", "DAI"],
    feePips: 500,
    sideUsd: 4_000_000n,
    ranges: [{ shareBps: 500n }, { shareBps: 9_500n, halfWidthTicks: 40 }],
  },
  { pair: ["WBTC", "WETH"], feePips: 500, sideUsd: 10_000_000n, offsetBps: 2n, ranges: VOLATILE },
  { pair: ["WBTC", "WETH"], feePips: 3000, sideUsd: 7_000_000n, offsetBps: -5n, ranges: VOLATILE },
  { pair: ["WBTC", "USDC"], feePips: 3000, sideUsd: 2_500_000n, offsetBps: 10n, ranges: VOLATILE },
  { pair: ["LINK", "WETH"], feePips: 3000, sideUsd: 3_000_000n, ranges: VOLATILE },
  { pair: ["UNI", "WETH"], feePips: 3000, sideUsd: 2_000_000n, offsetBps: 9n, ranges: VOLATILE },
  { pair: ["AAVE", "WETH"], feePips: 3000, sideUsd: 2_500_000n, offsetBps: -7n, ranges: VOLATILE },
  { pair: ["wstETH", "WETH"], feePips: 100, sideUsd: 9_000_000n, ranges: PEGGED },
];

/** v2 pairs: `sideUsd` whole dollars of each token. */
export const V2_PAIRS: readonly { readonly pair: readonly [string, string]; readonly sideUsd: bigint }[] = [
  { pair: ["WETH", "USDC"], sideUsd: 4_000_000n },
  { pair: ["WETH", "USDT"], sideUsd: 2_500_000n },
  { pair: ["WETH", "DAI"], sideUsd: 1_500_000n },
  { pair: ["USDC", "DAI"], sideUsd: 1_000_000n },
  { pair: ["LINK", "WETH"], sideUsd: 800_000n },
  { pair: ["WBTC", "WETH"], sideUsd: 1_200_000n },
];

/** What account 0 starts with, in whole tokens; ether besides. */
export const OWNER_TOKENS: Readonly<Record<string, bigint>> = {
  WETH: 5n,
  USDC: 20_000n,
  USDT: 20_000n,
  DAI: 20_000n,
  WBTC: 1n,
  stETH: 2n,
  wstETH: 5n,
  LINK: 500n,
  UNI: 300n,
  AAVE: 50n,
};
/** Ether of accounts 0 and 1, and of the other eight, in wei. */
export const OWNER_WEI = 100n * 10n ** 18n;
export const OTHER_WEI = 1_000n * 10n ** 18n;

/** Account 1's Aave loan, in whole tokens. */
export const BORROWER_LOAN = { collateral: "WETH", supplied: 10n, debt: "USDC", borrowed: 12_000n } as const;

/** Savings vaults: `ratePerSecondRay` = (1 + APY)^(1/31536000) in 1e27; `reserve` pays the interest. Whole tokens. */
export const VAULTS = [
  // 4.75 % APY
  {
    asset: "DAI",
    name: "Savings Dai",
    symbol: "sDAI",
    ratePerSecondRay: 1_000000001471536429740616382n,
    deposited: 40_000_000n,
    reserve: 10_000_000n,
  },
  // 4.00 % APY
  {
    asset: "USDC",
    name: "Savings USD Coin",
    symbol: "sUSDC",
    ratePerSecondRay: 1_000000001243680656318820313n,
    deposited: 25_000_000n,
    reserve: 5_000_000n,
  },
] as const;

/**
 * Morpho Blue markets, in whole tokens; lltv 1e18 = 100 %. With the adaptive curve's opening 4 % at 90 % utilisation,
 * the borrow rates start at 4 %, 7 %, 5.2 % and 3.67 %.
 */
export const MORPHO_MARKETS = [
  {
    loan: "USDC",
    collateral: "WETH",
    lltv: 860000000000000000n,
    supplied: 30_000_000n,
    borrowed: 27_000_000n,
    posted: 18_000n,
  },
  {
    loan: "USDC",
    collateral: "WBTC",
    lltv: 860000000000000000n,
    supplied: 2_000_000n,
    borrowed: 1_850_000n,
    posted: 60n,
  },
  {
    loan: "DAI",
    collateral: "wstETH",
    lltv: 860000000000000000n,
    supplied: 8_000_000n,
    borrowed: 7_280_000n,
    posted: 4_500n,
  },
  { loan: "WETH", collateral: "wstETH", lltv: 945000000000000000n, supplied: 9_000n, borrowed: 7_200n, posted: 8_000n },
] as const;
