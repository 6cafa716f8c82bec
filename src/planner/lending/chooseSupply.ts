import type { ActionOf } from "../../domain/intent.ts";
import type { LendMarket } from "../../domain/market.ts";
import type { Alternative } from "../../domain/plan.ts";
import { sameToken, type Token } from "../../domain/token.ts";
import { resolveAsset } from "../assets/resolveAsset.ts";
import { asErc20 } from "../assets/wrapped.ts";
import { AmbiguousProtocolError, NoMarketError } from "../errors.ts";
import { formatApy, protocolName } from "../format.ts";
import type { Context, Draft } from "../types.ts";
import { entries } from "./accounts.ts";
import { marketsFor, openMarkets, protocolId } from "./findMarkets.ts";
import { rankOffers } from "./rankOffers.ts";

export type ChosenMarket = {
  readonly market: LendMarket;
  readonly assumptions: readonly string[];
  readonly alternatives: readonly Alternative[];
};

type Choice = {
  readonly token: Token;
  readonly named: string | undefined;
  readonly actionIndex: number;
  /** Absent for "until my health factor is …": the account that owes is then the one. */
  readonly amount?: bigint;
};

/**
 * Where a supply goes. Named: that protocol's market (its collateral side when a loan there follows, or when it lends
 * nothing of this asset). Not named: where the debt or the coming loan is, else the best yield after costs.
 */
export async function chooseSupply(context: Context, draft: Draft, choice: Choice): Promise<ChosenMarket> {
  const { token, actionIndex, amount } = choice;
  const loan = await comingLoan(context, actionIndex);
  const named = choice.named ?? loan?.protocol ?? (amount === undefined ? await soleDebtor(context, draft) : undefined);
  const markets = await openMarkets(context, named);
  const lent = marketsFor(markets, token).filter((market) => loan === undefined || secures(market, token));
  const pledged = markets.filter((market) => market.collateral !== undefined && sameToken(market.collateral, token));
  const forLoan = pledged.filter((market) => loan !== undefined && sameToken(market.asset, loan.asset));
  const place =
    choice.named === undefined && named !== undefined
      ? [`${protocolName(named)} is used, because that is where the loan is.`]
      : [];
  if (named !== undefined && forLoan.length > 0 && lent.length === 0) return best(context, forLoan, choice, place);
  if (lent.length > 0) return best(context, lent, choice, named === undefined ? [] : place);
  if (named !== undefined && pledged.length > 0) return best(context, pledged, choice, place);
  const where = named === undefined ? "No market here" : `No market of ${protocolName(protocolId(context, named))}`;
  throw new NoMarketError(`${where} takes ${token.symbol}: choose another asset or protocol.`);
}

async function best(
  context: Context,
  markets: readonly LendMarket[],
  { token, named, amount }: Choice,
  place: readonly string[],
): Promise<ChosenMarket> {
  const [only] = markets;
  if (only !== undefined && markets.length === 1) return { market: only, assumptions: place, alternatives: [] };
  if (amount === undefined || markets.some((market) => !sameToken(market.asset, token))) return deepest(markets, place);
  const { usdE8 } = await context.reads.price(token);
  const committedUsdE8 = (amount * usdE8) / 10n ** BigInt(token.decimals);
  const offers = markets.map((market) => ({ market, amount, committedUsdE8: committedUsdE8 || 1n, costUsdE8: 0n }));
  const { best: first, alternatives } = await rankOffers(context, offers);
  const chosen = `${first.market.label} is used: of ${markets.length} markets for ${token.symbol} it yields most after costs over ${context.horizonDays} days (${formatApy(first.netApyWad)}).`;
  return { market: first.market, assumptions: named === undefined ? [chosen, ...place] : [chosen], alternatives };
}

/** Nothing to compare by yield: the market with the most to borrow from. */
function deepest(markets: readonly LendMarket[], place: readonly string[]): ChosenMarket {
  const [first] = [...markets].sort((a, b) => (a.liquidity === b.liquidity ? 0 : a.liquidity > b.liquidity ? -1 : 1));
  if (first === undefined) throw new NoMarketError("No market takes this asset: choose another asset or protocol.");
  const text = `${first.label} is used: of ${markets.length} markets it has the most liquidity.`;
  return { market: first, assumptions: [...place, text], alternatives: [] };
}

/** A loan that a later action takes: the supply is then its collateral. */
async function comingLoan(context: Context, actionIndex: number) {
  const later = context.intent.actions.slice(actionIndex + 1);
  const borrow = later.find((one): one is ActionOf<"borrow"> => one.type === "borrow");
  if (borrow === undefined) return undefined;
  const asset = asErc20(context.reader.tokens, await resolveAsset(context.reader, borrow.asset));
  return { asset, protocol: borrow.protocol };
}

/** Reserves whose deposits carry loans; an isolated market's lending side does not. */
function secures(market: LendMarket, token: Token): boolean {
  return market.collateral === undefined ? (market.ltvBps ?? 0) > 0 : sameToken(market.collateral, token);
}

/** Protocol of the one account that owes; several: the owner must say which. */
export async function soleDebtor(context: Context, draft: Draft): Promise<string | undefined> {
  const debts = await entries(context, draft, "borrowed");
  const protocols = [...new Set(debts.map((debt) => debt.protocol))];
  if (protocols.length <= 1) return protocols[0];
  throw new AmbiguousProtocolError(`You owe on ${protocols.map(protocolName).join(" and ")}: say which one is meant.`, {
    facts: protocols,
  });
}
