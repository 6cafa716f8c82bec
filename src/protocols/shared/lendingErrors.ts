import { type ErrorOptions, IntendantError } from "../../domain/error.ts";
import type { Token } from "../../domain/token.ts";
import { formatAmount, formatWad } from "./formatAmount.ts";

type At = { readonly protocol: string; readonly asset: Token };
const place = ({ protocol, asset }: At) => `${protocol}'s ${asset.symbol} market`;

/** The market takes no new supply or loan until its governance thaws it. */
export class MarketFrozenError extends IntendantError {
  readonly code = "market_frozen";
  constructor(at: At) {
    super(`${place(at)} is frozen; withdrawing and repaying still work, for anything else choose another market.`);
  }
}

/** Nothing moves in or out until the market is resumed. */
export class MarketPausedError extends IntendantError {
  readonly code = "market_paused";
  constructor(at: At) {
    super(`${place(at)} is paused; try again when it is resumed.`, { retry: "fresh-quote" });
  }
}

/** Listed once, not in use. */
export class MarketInactiveError extends IntendantError {
  readonly code = "market_inactive";
  constructor(at: At) {
    super(`${place(at)} is not active; choose another market.`);
  }
}

/** The asset can be supplied but not borrowed there. */
export class BorrowingDisabledError extends IntendantError {
  readonly code = "borrowing_disabled";
  constructor(at: At) {
    super(`${at.asset.symbol} cannot be borrowed on ${at.protocol}; choose another asset or protocol.`);
  }
}

/** The protocol does not know this market or does not take this asset in it. */
export class UnknownMarketError extends IntendantError {
  readonly code = "unknown_market";
  constructor(at: At & { readonly marketId: string }) {
    super(`${at.protocol} has no market ${at.marketId} for ${at.asset.symbol}; choose one that it lists.`);
  }
}

/** A supply that the cap does not leave room for. */
export class SupplyCapError extends IntendantError {
  readonly code = "supply_cap_reached";
  constructor(at: At & { readonly amount: bigint; readonly room: bigint }) {
    super(`${place(at)} takes at most ${formatAmount(at.room, at.asset)} more; supply no more than that.`, {
      facts: [`asked ${formatAmount(at.amount, at.asset)}`, `room ${formatAmount(at.room, at.asset)}`],
      retry: "fresh-quote",
    });
  }
}

/** A loan that the borrow cap does not leave room for. */
export class BorrowCapError extends IntendantError {
  readonly code = "borrow_cap_reached";
  constructor(at: At & { readonly amount: bigint; readonly room: bigint }) {
    super(`${place(at)} lends at most ${formatAmount(at.room, at.asset)} more; borrow no more than that.`, {
      facts: [`asked ${formatAmount(at.amount, at.asset)}`, `room ${formatAmount(at.room, at.asset)}`],
      retry: "fresh-quote",
    });
  }
}

/** The market holds less than what is to leave it. */
export class InsufficientMarketLiquidityError extends IntendantError {
  readonly code = "insufficient_market_liquidity";
  constructor(at: At & { readonly amount: bigint; readonly liquidity: bigint }) {
    super(`${place(at)} can pay out ${formatAmount(at.liquidity, at.asset)} now; ask for no more than that.`, {
      facts: [`asked ${formatAmount(at.amount, at.asset)}`, `available ${formatAmount(at.liquidity, at.asset)}`],
      retry: "fresh-quote",
    });
  }
}

/** Nothing there to withdraw, repay or use as collateral. */
export class NoPositionError extends IntendantError {
  readonly code = "no_position";
  constructor(at: At & { readonly what: "supply" | "debt" }) {
    super(`The owner has no ${at.asset.symbol} ${at.what} on ${at.protocol}; there is nothing to change.`);
  }
}

/** More than the position holds. */
export class AmountExceedsPositionError extends IntendantError {
  readonly code = "amount_exceeds_position";
  constructor(at: At & { readonly what: "supply" | "debt"; readonly amount: bigint; readonly position: bigint }) {
    super(
      `The owner's ${at.asset.symbol} ${at.what} on ${at.protocol} is ${formatAmount(at.position, at.asset)}; ask for no more, or for everything.`,
      { facts: [`asked ${formatAmount(at.amount, at.asset)}`, `position ${formatAmount(at.position, at.asset)}`] },
    );
  }
}

/** Collateral does not cover the loan. `capacity` in base units of the asset that can still be borrowed. */
export class BorrowCapacityError extends IntendantError {
  readonly code = "borrow_capacity_exceeded";
  constructor(at: At & { readonly amount: bigint; readonly capacity: bigint }) {
    super(
      `The collateral on ${at.protocol} allows ${formatAmount(at.capacity, at.asset)} more; borrow less or supply more collateral first.`,
      {
        facts: [`asked ${formatAmount(at.amount, at.asset)}`, `capacity ${formatAmount(at.capacity, at.asset)}`],
        retry: "fresh-quote",
      },
    );
  }
}

/** The loan would no longer be covered. Health factors in wad; `after` undefined = not computable. */
export class HealthFactorTooLowError extends IntendantError {
  readonly code = "health_factor_too_low";
  constructor(at: At & { readonly before?: bigint; readonly after?: bigint }) {
    super(`This would leave the loan on ${at.protocol} uncovered; take out less ${at.asset.symbol} or repay first.`, {
      facts: [
        `health factor now ${at.before === undefined ? "unknown" : formatWad(at.before)}`,
        `afterwards ${at.after === undefined ? "below what the protocol allows" : formatWad(at.after)}`,
      ],
      retry: "fresh-quote",
    });
  }
}

/** The market's price oracle does not answer, so nothing can be lent against collateral. */
export class OracleSilentError extends IntendantError {
  readonly code = "oracle_silent";
  constructor(at: At) {
    super(`The price oracle of ${place(at)} does not answer; choose another market or try again later.`, {
      retry: "fresh-quote",
    });
  }
}

/** The asset cannot secure loans (loan-to-value zero, isolation). */
export class CollateralRefusedError extends IntendantError {
  readonly code = "collateral_refused";
  constructor(at: At) {
    super(`${at.asset.symbol} cannot be used as this account's collateral on ${at.protocol}; use another asset.`);
  }
}

/** Zero or negative base units. */
export class AmountNotPositiveError extends IntendantError {
  readonly code = "amount_not_positive";
  constructor(at: At) {
    super(`The ${at.asset.symbol} amount for ${at.protocol} must be more than zero.`);
  }
}

/** The adapter was handed a verb that its protocol does not have. */
export class ActionNotOfferedError extends IntendantError {
  readonly code = "action_not_offered";
  constructor(protocol: string, action: string) {
    super(`${protocol} offers no ${action}; choose a protocol that does.`);
  }
}

/** The protocol has no contracts on this chain. */
export class ProtocolAbsentError extends IntendantError {
  readonly code = "protocol_absent";
  constructor(protocol: string, chainId: number) {
    super(`${protocol} is not on chain ${chainId}; choose a protocol that is.`);
  }
}

/** A quote that does not belong to the call builder it was handed to. */
export class QuoteMismatchError extends IntendantError {
  readonly code = "quote_mismatch";
  constructor(protocol: string, fact: string) {
    super(`This quote cannot be turned into a call of ${protocol}; take a fresh quote.`, {
      facts: [fact],
      retry: "fresh-quote",
    });
  }
}

/** The contract refused in a dry run for a reason without a class of its own. */
export class ProtocolRefusedError extends IntendantError {
  readonly code = "protocol_refused";
  constructor(protocol: string, reason: string, options: ErrorOptions = {}) {
    super(`${protocol} refuses this action (${reason}); change the amount or choose another market.`, {
      ...options,
      facts: [reason, ...(options.facts ?? [])],
    });
  }
}
