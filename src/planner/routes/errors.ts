import { IntendantError } from "../../domain/error.ts";
import type { Token } from "../../domain/token.ts";
import { formatAmount } from "../format.ts";

/** No pool connects the two assets on this chain, or the owner's constraints leave none. */
export class NoRouteError extends IntendantError {
  readonly code = "no_route";
  constructor(sell: Token, buy: Token, facts: readonly string[]) {
    super(`No pools lead from ${sell.symbol} to ${buy.symbol}; choose another asset or allow more protocols.`, {
      facts,
    });
  }
}

/** Pools exist, but together they cannot fill the amount, or give less than one unit for it. */
export class InsufficientLiquidityError extends IntendantError {
  readonly code = "insufficient_liquidity";
  constructor(sell: Token, buy: Token, fixed: Token, amount: bigint) {
    super(
      `The pools from ${sell.symbol} to ${buy.symbol} cannot fill ${formatAmount(amount, fixed)}; choose another amount.`,
      {
        facts: ["more than the pools hold, or worth less than one unit of the other asset"],
        retry: "fresh-quote",
      },
    );
  }
}
