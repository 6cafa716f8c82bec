import type { LendMarket } from "../../domain/market.ts";
import { NoMarketError } from "../errors.ts";
import type { Context } from "../types.ts";
import type { Entry } from "./accounts.ts";

/** The market that an entry stands in. */
export async function marketOfEntry(context: Context, entry: Entry): Promise<LendMarket> {
  const markets = await context.reads.lendMarkets();
  const market = markets.find(
    (one) => one.protocol === entry.protocol && one.id.toLowerCase() === entry.marketId.toLowerCase(),
  );
  if (market !== undefined) return market;
  throw new NoMarketError(
    `${entry.protocol} no longer lists the market of your ${entry.token.symbol}: manage it there by hand.`,
  );
}
