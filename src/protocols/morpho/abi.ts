import { parseAbi } from "viem";

/** The five market parameters, whose hash is the market's id (morpho-blue IMorpho.sol). */
const MARKET_PARAMS =
  "struct MarketParams { address loanToken; address collateralToken; address oracle; address irm; uint256 lltv; }";
const MARKET =
  "struct Market { uint128 totalSupplyAssets; uint128 totalSupplyShares; uint128 totalBorrowAssets; uint128 totalBorrowShares; uint128 lastUpdate; uint128 fee; }";

/** Morpho Blue: what plans call. */
export const morphoAbi = parseAbi([
  MARKET_PARAMS,
  "function supply(MarketParams marketParams, uint256 assets, uint256 shares, address onBehalf, bytes data) returns (uint256 assetsSupplied, uint256 sharesSupplied)",
  "function withdraw(MarketParams marketParams, uint256 assets, uint256 shares, address onBehalf, address receiver) returns (uint256 assetsWithdrawn, uint256 sharesWithdrawn)",
  "function borrow(MarketParams marketParams, uint256 assets, uint256 shares, address onBehalf, address receiver) returns (uint256 assetsBorrowed, uint256 sharesBorrowed)",
  "function repay(MarketParams marketParams, uint256 assets, uint256 shares, address onBehalf, bytes data) returns (uint256 assetsRepaid, uint256 sharesRepaid)",
  "function supplyCollateral(MarketParams marketParams, uint256 assets, address onBehalf, bytes data)",
  "function withdrawCollateral(MarketParams marketParams, uint256 assets, address onBehalf, address receiver)",
]);

/** Morpho Blue: what is read. `accrueInterest` is called by eth_call only, to read a market with today's interest. */
export const morphoViewAbi = parseAbi([
  MARKET_PARAMS,
  MARKET,
  "function idToMarketParams(bytes32 id) view returns (MarketParams)",
  "function accrueInterest(MarketParams marketParams)",
  "function market(bytes32 id) view returns (Market)",
  "function position(bytes32 id, address user) view returns (uint256 supplyShares, uint128 borrowShares, uint128 collateral)",
]);

/** Rate model (IIrm): per-second rate in wad for a market, real or hypothetical. */
export const irmAbi = parseAbi([
  MARKET_PARAMS,
  MARKET,
  "function borrowRateView(MarketParams marketParams, Market market) view returns (uint256)",
]);

/** Price of one base unit of collateral in base units of the loan token, scaled by 1e36 (IOracle). */
export const morphoOracleAbi = parseAbi(["function price() view returns (uint256)"]);
