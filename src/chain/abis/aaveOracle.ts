import { parseAbi } from "viem";

/** AaveOracle of aave-v3-core (also Spark's): prices in the market's base currency, US dollars with 8 decimals. */
export const aaveOracleAbi = parseAbi([
  "function BASE_CURRENCY_UNIT() view returns (uint256)",
  "function getAssetPrice(address asset) view returns (uint256)",
  "function getAssetsPrices(address[] assets) view returns (uint256[])",
  "function getSourceOfAsset(address asset) view returns (address)",
]);
