import { parseAbi } from "viem";

/** Pool of aave-v3-core: what plans call, and what quotes read. Later versions kept these signatures. */
export const aavePoolAbi = parseAbi([
  "function supply(address asset, uint256 amount, address onBehalfOf, uint16 referralCode)",
  "function withdraw(address asset, uint256 amount, address to) returns (uint256)",
  "function borrow(address asset, uint256 amount, uint256 interestRateMode, uint16 referralCode, address onBehalfOf)",
  "function repay(address asset, uint256 amount, uint256 interestRateMode, address onBehalfOf) returns (uint256)",
  "function setUserUseReserveAsCollateral(address asset, bool useAsCollateral)",
]);

/** The five calls' views. */
export const aavePoolViewAbi = parseAbi([
  "function getReservesList() view returns (address[])",
  "function getReserveNormalizedIncome(address asset) view returns (uint256)",
  "function getReserveNormalizedVariableDebt(address asset) view returns (uint256)",
  "function getUserAccountData(address user) view returns (uint256 totalCollateralBase, uint256 totalDebtBase, uint256 availableBorrowsBase, uint256 currentLiquidationThreshold, uint256 ltv, uint256 healthFactor)",
]);

/** Views that v3.1 (virtual accounting) and v3.3 (deficit) added; they revert before. */
export const aavePoolVirtualAbi = parseAbi([
  "function getVirtualUnderlyingBalance(address asset) view returns (uint128)",
  "function getReserveDeficit(address asset) view returns (uint256)",
]);

/** AaveProtocolDataProvider. */
export const aaveDataProviderAbi = parseAbi([
  "function getReserveConfigurationData(address asset) view returns (uint256 decimals, uint256 ltv, uint256 liquidationThreshold, uint256 liquidationBonus, uint256 reserveFactor, bool usageAsCollateralEnabled, bool borrowingEnabled, bool stableBorrowRateEnabled, bool isActive, bool isFrozen)",
  "function getReserveCaps(address asset) view returns (uint256 borrowCap, uint256 supplyCap)",
  "function getPaused(address asset) view returns (bool)",
  "function getReserveData(address asset) view returns (uint256 unbacked, uint256 accruedToTreasuryScaled, uint256 totalAToken, uint256 totalStableDebt, uint256 totalVariableDebt, uint256 liquidityRate, uint256 variableBorrowRate, uint256 stableBorrowRate, uint256 averageStableBorrowRate, uint256 liquidityIndex, uint256 variableBorrowIndex, uint40 lastUpdateTimestamp)",
  "function getReserveTokensAddresses(address asset) view returns (address aTokenAddress, address stableDebtTokenAddress, address variableDebtTokenAddress)",
  "function getInterestRateStrategyAddress(address asset) view returns (address)",
  "function getUserReserveData(address asset, address user) view returns (uint256 currentATokenBalance, uint256 currentStableDebt, uint256 currentVariableDebt, uint256 principalStableDebt, uint256 scaledVariableDebt, uint256 stableBorrowRate, uint256 liquidityRate, uint40 stableRateLastUpdated, bool usageAsCollateralEnabled)",
]);

/** aTokens and debt tokens. */
export const scaledTokenAbi = parseAbi(["function scaledTotalSupply() view returns (uint256)"]);

/** Rate strategy of v3.0 (and SparkLend): reads the underlying's balance of the aToken itself. */
export const strategyV30Abi = parseAbi([
  "struct Params { uint256 unbacked; uint256 liquidityAdded; uint256 liquidityTaken; uint256 totalStableDebt; uint256 totalVariableDebt; uint256 averageStableBorrowRate; uint256 reserveFactor; address reserve; address aToken; }",
  "function calculateInterestRates(Params params) view returns (uint256 liquidityRate, uint256 stableBorrowRate, uint256 variableBorrowRate)",
]);

/** Rate strategy since v3.2: no stable debt, the pool hands in its virtual balance, `unbacked` carries the deficit. */
export const strategyV32Abi = parseAbi([
  "struct Params { uint256 unbacked; uint256 liquidityAdded; uint256 liquidityTaken; uint256 totalDebt; uint256 reserveFactor; address reserve; bool usingVirtualBalance; uint256 virtualUnderlyingBalance; }",
  "function calculateInterestRates(Params params) view returns (uint256 liquidityRate, uint256 variableBorrowRate)",
]);
