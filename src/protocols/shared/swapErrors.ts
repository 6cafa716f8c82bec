import { IntendantError } from "../../domain/error.ts";
import type { Token } from "../../domain/token.ts";
import { formatAmount } from "./formatAmount.ts";

/** The pools of a path cannot fill the amount. */
export class PoolLiquidityError extends IntendantError {
  readonly code = "insufficient_liquidity";
  constructor(protocol: string, token: Token, amount: bigint) {
    super(`The pools of this path on ${protocol} cannot fill ${formatAmount(amount, token)}; use a smaller amount.`, {
      retry: "fresh-quote",
    });
  }
}

/** Legs of one swap that a protocol cannot price or encode: shared pools, foreign ends, nothing to trade. */
export class InvalidLegsError extends IntendantError {
  readonly code = "invalid_legs";
}

/** A quote of another protocol or of another kind was handed to `calls`. */
export class ForeignQuoteError extends IntendantError {
  readonly code = "foreign_quote";
  constructor(protocol: string, quote: { readonly protocol: string; readonly action: { readonly type: string } }) {
    super(`${protocol} can only encode its own swap quotes; got a ${quote.action.type} of ${quote.protocol}.`);
  }
}
