import { type Abi, type Hex, parseAbi } from "viem";
import { decodeRevert } from "../../chain/revert.ts";
import type { IntendantError } from "../../domain/error.ts";
import type { Token } from "../../domain/token.ts";
import {
  AmountExceedsPositionError,
  AmountNotPositiveError,
  BorrowCapacityError,
  BorrowCapError,
  BorrowingDisabledError,
  CollateralRefusedError,
  HealthFactorTooLowError,
  InsufficientMarketLiquidityError,
  MarketFrozenError,
  MarketInactiveError,
  MarketPausedError,
  NoPositionError,
  ProtocolRefusedError,
  SupplyCapError,
} from "../shared/lendingErrors.ts";

/** Errors of Aave v3.4 and later, which dropped the numeric strings (aave-v3-origin Errors.sol); the ones our calls meet. */
export const aaveErrorsAbi: Abi = parseAbi([
  "error InvalidAmount()",
  "error ReserveInactive()",
  "error ReserveFrozen()",
  "error ReservePaused()",
  "error BorrowingNotEnabled()",
  "error NotEnoughAvailableUserBalance()",
  "error HealthFactorLowerThanLiquidationThreshold()",
  "error CollateralCannotCoverNewBorrow()",
  "error CollateralBalanceIsZero()",
  "error NoDebtOfSelectedType()",
  "error UnderlyingBalanceZero()",
  "error BorrowCapExceeded()",
  "error SupplyCapExceeded()",
  "error LtvValidationFailed()",
  "error UserInIsolationModeOrLtvZero()",
]);

/** What the error text needs; amounts in base units, health factors in wad. */
export type RefusalFacts = {
  readonly protocol: string;
  readonly asset: Token;
  readonly amount: bigint;
  readonly position: bigint;
  readonly room: bigint;
  readonly liquidity: bigint;
  readonly capacity: bigint;
  readonly healthBefore?: bigint;
  readonly healthAfter?: bigint;
};

/** Aave's revert as one of our named errors; a reason without a class becomes ProtocolRefusedError with its name. */
export function refusal(revert: Hex | undefined, facts: RefusalFacts): IntendantError {
  const { name } = decodeRevert(revert, [aaveErrorsAbi]);
  const build = CLASSES[canonicalName(name)];
  return build === undefined ? new ProtocolRefusedError(facts.protocol, name) : build(facts);
}

/** "Aave: RESERVE_FROZEN (28)" and "ReserveFrozen" alike as "RESERVE_FROZEN". */
function canonicalName(name: string): string {
  const numbered = /^Aave: (\w+)/.exec(name)?.[1];
  return numbered ?? name.replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase();
}

const uncovered = (facts: RefusalFacts) =>
  new HealthFactorTooLowError({
    ...facts,
    ...(facts.healthBefore === undefined ? undefined : { before: facts.healthBefore }),
    ...(facts.healthAfter === undefined ? undefined : { after: facts.healthAfter }),
  });

const CLASSES: Readonly<Record<string, (facts: RefusalFacts) => IntendantError>> = {
  INVALID_AMOUNT: (facts) => new AmountNotPositiveError(facts),
  RESERVE_INACTIVE: (facts) => new MarketInactiveError(facts),
  RESERVE_FROZEN: (facts) => new MarketFrozenError(facts),
  RESERVE_PAUSED: (facts) => new MarketPausedError(facts),
  BORROWING_NOT_ENABLED: (facts) => new BorrowingDisabledError(facts),
  NOT_ENOUGH_AVAILABLE_USER_BALANCE: (facts) => new AmountExceedsPositionError({ ...facts, what: "supply" }),
  HEALTH_FACTOR_LOWER_THAN_LIQUIDATION_THRESHOLD: uncovered,
  LTV_VALIDATION_FAILED: uncovered,
  COLLATERAL_CANNOT_COVER_NEW_BORROW: (facts) => new BorrowCapacityError(facts),
  COLLATERAL_BALANCE_IS_ZERO: (facts) => new BorrowCapacityError({ ...facts, capacity: 0n }),
  NO_DEBT_OF_SELECTED_TYPE: (facts) => new NoPositionError({ ...facts, what: "debt" }),
  UNDERLYING_BALANCE_ZERO: (facts) => new NoPositionError({ ...facts, what: "supply" }),
  BORROW_CAP_EXCEEDED: (facts) => new BorrowCapError(facts),
  SUPPLY_CAP_EXCEEDED: (facts) => new SupplyCapError(facts),
  USER_IN_ISOLATION_MODE_OR_LTV_ZERO: (facts) => new CollateralRefusedError(facts),
  "PANIC(17)": (facts) => new InsufficientMarketLiquidityError(facts),
};
