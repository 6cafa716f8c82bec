/** Risk and rate parameters of one reserve; rates and ratios in basis points, caps and amounts in whole tokens. */
export type ReserveParams = {
  readonly symbol: string;
  readonly ltvBps: bigint;
  readonly liquidationThresholdBps: bigint;
  /** 10500 = the liquidator gets 5 % more than repaid. */
  readonly liquidationBonusBps: bigint;
  readonly reserveFactorBps: bigint;
  readonly optimalUsageBps: bigint;
  readonly baseRateBps: bigint;
  readonly slope1Bps: bigint;
  readonly slope2Bps: bigint;
  readonly supplyCap: bigint;
  /** 0 = borrowing is off. */
  readonly borrowCap: bigint;
  /** Listed in the ETH-correlated efficiency mode. */
  readonly ethCorrelated?: boolean;
  /** Seeded by the liquidity provider. */
  readonly supplied: bigint;
  readonly borrowed: bigint;
};

type Row = readonly [
  symbol: string,
  risk: readonly [ltv: number, threshold: number, bonus: number, reserveFactor: number],
  rates: readonly [optimal: number, base: number, slope1: number, slope2: number],
  caps: readonly [supply: number, borrow: number],
  seed: readonly [supplied: number, borrowed: number],
];

/** Risk and rates: Aave v3 Ethereum, March 2025. Depth: ours, a hundredth of mainnet's or less. */
const AAVE: readonly Row[] = [
  ["WETH", [8050, 8300, 10500, 1500], [9000, 0, 270, 8000], [3_000_000, 2_700_000], [60_000, 48_000]],
  ["USDC", [7500, 7800, 10450, 1000], [9200, 0, 800, 3500], [4_800_000_000, 4_320_000_000], [120_000_000, 78_000_000]],
  ["USDT", [7500, 7800, 10450, 1000], [9200, 0, 800, 3500], [5_250_000_000, 4_720_000_000], [90_000_000, 64_800_000]],
  ["DAI", [6300, 7700, 10500, 2500], [9200, 0, 800, 3500], [338_000_000, 271_000_000], [30_000_000, 21_000_000]],
  ["WBTC", [7300, 7800, 10500, 5000], [8000, 0, 400, 30000], [45_000, 28_000], [2_000, 200]],
  ["wstETH", [7850, 8100, 10600, 500], [8000, 0, 160, 8500], [1_600_000, 480_000], [40_000, 6_000]],
  ["LINK", [6600, 7100, 10700, 2000], [4500, 0, 700, 30000], [20_000_000, 13_000_000], [800_000, 60_000]],
  ["UNI", [6500, 7400, 11000, 2000], [4500, 0, 700, 30000], [6_000_000, 330_000], [500_000, 40_000]],
  ["AAVE", [6900, 7600, 10750, 0], [4500, 0, 700, 30000], [1_850_000, 0], [60_000, 0]],
];

/** The same code under other rules, as on mainnet: dearer risk, cheaper DAI, a small USDC cap. */
const SPARK: readonly Row[] = [
  ["WETH", [8200, 8300, 10500, 500], [8000, 0, 250, 12000], [500_000, 400_000], [30_000, 18_000]],
  ["DAI", [0, 0, 0, 500], [9500, 100, 500, 3000], [200_000_000, 180_000_000], [50_000_000, 42_500_000]],
  ["USDC", [0, 0, 0, 500], [9500, 0, 600, 1500], [61_000_000, 58_000_000], [60_000_000, 45_000_000]],
  ["USDT", [0, 0, 0, 500], [9500, 0, 600, 1500], [40_000_000, 36_000_000], [12_000_000, 9_600_000]],
  ["WBTC", [7000, 7500, 10700, 2000], [6000, 0, 200, 30000], [5_000, 500], [700, 50]],
  ["wstETH", [7900, 8000, 10700, 3000], [4500, 0, 300, 10000], [200_000, 1_000], [35_000, 300]],
];

const ETH_CORRELATED = new Set(["WETH", "wstETH"]);

function reserve([symbol, risk, rates, caps, seed]: Row): ReserveParams {
  return {
    symbol,
    ltvBps: BigInt(risk[0]),
    liquidationThresholdBps: BigInt(risk[1]),
    liquidationBonusBps: BigInt(risk[2]),
    reserveFactorBps: BigInt(risk[3]),
    optimalUsageBps: BigInt(rates[0]),
    baseRateBps: BigInt(rates[1]),
    slope1Bps: BigInt(rates[2]),
    slope2Bps: BigInt(rates[3]),
    supplyCap: BigInt(caps[0]),
    borrowCap: BigInt(caps[1]),
    ethCorrelated: ETH_CORRELATED.has(symbol),
    supplied: BigInt(seed[0]),
    borrowed: BigInt(seed[1]),
  };
}

export const AAVE_RESERVES: readonly ReserveParams[] = AAVE.map(reserve);
export const SPARK_RESERVES: readonly ReserveParams[] = SPARK.map(reserve);
