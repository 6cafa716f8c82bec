import { IntendantError } from "../domain/error.ts";

/** The verb, or this form of it, cannot be planned yet. */
export class UnsupportedActionError extends IntendantError {
  readonly code = "unsupported_action";
}

/** The unit makes no sense for this verb ("previous" first in line, "health-factor" on a swap). */
export class AmountUnitError extends IntendantError {
  readonly code = "amount_unit";
}

/** More decimal places than the token has. */
export class AmountPrecisionError extends IntendantError {
  readonly code = "amount_precision";
}

/** The amount resolves to nothing (empty balance, no debt, a target already met, a dust of dollars). */
export class AmountZeroError extends IntendantError {
  readonly code = "amount_zero";
}

/** The wallet, after the plan's earlier actions, holds less than this action needs. */
export class InsufficientFundsError extends IntendantError {
  readonly code = "insufficient_funds";
}

/** More is to be withdrawn or repaid than is there. */
export class InsufficientPositionError extends IntendantError {
  readonly code = "insufficient_position";
}

/** Nothing is supplied or owed where the action needs it. */
export class PositionMissingError extends IntendantError {
  readonly code = "no_position";
}

/** The collateral, after the plan's earlier actions, does not carry the loan. */
export class CollateralError extends IntendantError {
  readonly code = "borrow_capacity";
}

/** A health factor that this action cannot bring about. */
export class HealthFactorTargetError extends IntendantError {
  readonly code = "health_factor_target";
}

/** No token of that name on this chain. */
export class UnknownTokenError extends IntendantError {
  readonly code = "unknown_token";
}

/** No protocol of that name on this chain, or it cannot do this. */
export class UnknownProtocolError extends IntendantError {
  readonly code = "unknown_protocol";
}

/** Several places fit and only the owner can say which. */
export class AmbiguousProtocolError extends IntendantError {
  readonly code = "ambiguous_protocol";
}

/** No market accepts the deposit or gives the loan. */
export class NoMarketError extends IntendantError {
  readonly code = "no_market";
}

/** The owner's constraint forbids the protocol that the action names. */
export class ProtocolNotAllowedError extends IntendantError {
  readonly code = "protocol_not_allowed";
}

/** A name that nothing resolves to an address. */
export class RecipientUnresolvedError extends IntendantError {
  readonly code = "recipient_unresolved";
}

/** The intent names another chain than the one planned on. */
export class ChainMismatchError extends IntendantError {
  readonly code = "chain_mismatch";
}

/** The owner's deadline has passed, or is not a date. */
export class DeadlineError extends IntendantError {
  readonly code = "deadline";
}

/** The market is worse than the owner's limit price. */
export class LimitPriceError extends IntendantError {
  readonly code = "limit_price";
}

/** The market gives less than the owner wants at least. */
export class MinReceiveError extends IntendantError {
  readonly code = "min_receive";
}

/** Gas would cost more than the owner allows. */
export class GasCapError extends IntendantError {
  readonly code = "gas_cap";
}

/** No oracle price where one is needed. */
export class PriceMissingError extends IntendantError {
  readonly code = "price_missing";
}

/** Nothing beats where the funds already are, after costs. */
export class AlreadyBestError extends IntendantError {
  readonly code = "already_best";
}
