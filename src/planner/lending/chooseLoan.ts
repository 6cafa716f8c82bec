import type { LendMarket } from "../../domain/market.ts";
import type { Quote } from "../../domain/quote.ts";
import type { Token } from "../../domain/token.ts";
import { protocolOf } from "../calls.ts";
import { CollateralError, NoMarketError } from "../errors.ts";
import { formatApy, protocolName } from "../format.ts";
import type { Context, Draft } from "../types.ts";
import { isTouched } from "../wallet.ts";
import { marketsFor, openMarkets } from "./findMarkets.ts";
import { type Account, accountHealth } from "./health.ts";
import { refusal } from "./rankOffers.ts";

/** A market that lends the token, and the account whose collateral would carry the loan. */
export type Lender = { readonly market: LendMarket; readonly account: Account };

/** Lenders of a token where the owner has collateral, cheapest rate first. Throws CollateralError, NoMarketError. */
export async function lendersFor(
  context: Context,
  draft: Draft,
  token: Token,
  named?: string,
): Promise<readonly Lender[]> {
  const markets = marketsFor(await openMarkets(context, named), token).filter(
    (market) => market.borrowApyWad !== undefined,
  );
  if (markets.length === 0)
    throw new NoMarketError(
      `${named === undefined ? "No protocol here" : named} lends ${token.symbol}: choose another asset or protocol.`,
    );
  const lenders = await Promise.all(
    markets.map(async (market) => ({ market, account: await accountHealth(context, draft, market) })),
  );
  const secured = lenders.filter(({ account }) => account.capacityWad > 0n);
  if (secured.length === 0)
    throw new CollateralError(
      `There is no collateral${named === undefined ? "" : ` on ${named}`} that a ${token.symbol} loan could rest on: supply some first, or repay.`,
      { facts: markets.map((market) => market.label) },
    );
  return secured.sort((a, b) => ratesFirst(a.market, b.market));
}

type LoanQuote = { readonly lender: Lender; readonly quote: Quote; readonly assumptions: readonly string[] };

/** The cheapest of the lenders for this amount, by the rate after the loan. Rethrows the only lender's refusal. */
export async function cheapestLoan(
  context: Context,
  draft: Draft,
  { lenders, token, amount }: { readonly lenders: readonly Lender[]; readonly token: Token; readonly amount: bigint },
): Promise<LoanQuote> {
  const quoteOf = (market: LendMarket) => {
    const action = { type: "borrow", marketId: market.id, asset: token, amount } as const;
    const afterEarlierActions = isTouched(draft.ledger, market.protocol);
    return protocolOf(context, market.protocol).quote(context.reader, action, context.account, { afterEarlierActions });
  };
  const [only] = lenders;
  if (only !== undefined && lenders.length === 1)
    return { lender: only, quote: await quoteOf(only.market), assumptions: [] };
  const tried = await Promise.all(
    lenders.map(async (lender) => {
      try {
        return { lender, quote: await quoteOf(lender.market) };
      } catch (error) {
        return `${lender.market.label}: ${refusal(error)}`;
      }
    }),
  );
  const given = tried
    .filter((one) => typeof one !== "string")
    .sort((a, b) => compare(rateOf(a.quote, a.lender), rateOf(b.quote, b.lender)));
  const [best] = given;
  if (best === undefined)
    throw new NoMarketError(`No market lends this much ${token.symbol} against your collateral: borrow less.`, {
      facts: tried.filter((one) => typeof one === "string"),
    });
  const rate = formatApy(rateOf(best.quote, best.lender));
  const text = `${protocolName(best.lender.market.protocol)} lends: the cheapest of ${given.length} where you have collateral (${rate} a year).`;
  return { ...best, assumptions: [text] };
}

function rateOf(quote: Quote, { market }: Lender): bigint {
  return quote.apyAfterWad ?? market.borrowApyWad ?? 0n;
}

function ratesFirst(a: LendMarket, b: LendMarket): number {
  return compare(a.borrowApyWad ?? 0n, b.borrowApyWad ?? 0n) || (a.id < b.id ? -1 : 1);
}

function compare(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
