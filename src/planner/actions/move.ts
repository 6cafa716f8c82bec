import type { ActionOf } from "../../domain/intent.ts";
import type { LendMarket } from "../../domain/market.ts";
import type { Alternative } from "../../domain/plan.ts";
import { resolveAmount } from "../amounts/resolveAmount.ts";
import { resolveAsset } from "../assets/resolveAsset.ts";
import { asErc20 } from "../assets/wrapped.ts";
import { addNotes, closeAction } from "../draft.ts";
import { AlreadyBestError, AmountUnitError, NoMarketError } from "../errors.ts";
import { formatAmount, formatApy, protocolName } from "../format.ts";
import { gasUsdE8 } from "../gas.ts";
import type { Entry } from "../lending/accounts.ts";
import { marketsFor, openMarkets } from "../lending/findMarkets.ts";
import { marketOfEntry } from "../lending/marketOfEntry.ts";
import { entrySource, pickEntry } from "../lending/pickEntry.ts";
import { rankOffers } from "../lending/rankOffers.ts";
import { outputAsInput } from "../outputAsInput.ts";
import { supplyInto } from "../steps/supplyInto.ts";
import { type Withdrawn, withdrawFrom } from "../steps/withdrawFrom.ts";
import type { Context, Draft } from "../types.ts";

/** Withdraws from one place and supplies to another: the one named, else the one that yields most after costs. */
export async function planMove(
  context: Context,
  draft: Draft,
  action: ActionOf<"move">,
  actionIndex: number,
): Promise<Draft> {
  const token = asErc20(context.reader.tokens, await resolveAsset(context.reader, action.asset));
  if (action.amount.unit === "previous" || action.amount.unit === "health-factor")
    throw new AmountUnitError("A move is of what is already supplied: give an amount, a percentage or all.");
  const { entry, assumptions } = await pickEntry(context, draft, { token, side: "supplied", named: action.from });
  const base = async () => ({ amount: entry.amount, source: entrySource(context, entry, "position") });
  const resolved = await resolveAmount(context, draft, { amount: action.amount, token, actionIndex, base });
  const taken = await withdrawFrom(context, resolved.draft, { entry, sized: resolved.sized, actionIndex });
  const goal = await goalOf(context, entry, taken, action.to);
  const input = outputAsInput(context, taken.draft, taken.output);
  const supplied = await supplyInto(context, input.draft, { market: goal.market, sized: input.sized, actionIndex });
  const told = addNotes(supplied.draft, {
    assumptions: [...assumptions, ...goal.assumptions],
    alternatives: goal.alternatives,
    sentences: [
      `move ${formatAmount(taken.output.quoted, token)} from ${protocolName(entry.protocol)} to ${protocolName(goal.market.protocol)}`,
    ],
  });
  // Net over the action: what the withdrawal brings is what the supply takes.
  return closeAction(told, { actionIndex, pays: [{ token, max: 0n }], gets: [] }, undefined);
}

type Goal = {
  readonly market: LendMarket;
  readonly assumptions: readonly string[];
  readonly alternatives: readonly Alternative[];
};

async function goalOf(context: Context, entry: Entry, taken: Withdrawn, named: string | undefined): Promise<Goal> {
  const here = await marketOfEntry(context, entry);
  const markets = marketsFor(await openMarkets(context, named), entry.token).filter((market) => market !== here);
  const from = protocolName(entry.protocol);
  if (markets.length === 0 && named !== undefined)
    throw new NoMarketError(
      `${named} takes no ${entry.token.symbol} other than where it already is (${from}): name another place.`,
    );
  const { usdE8 } = await context.reads.price(entry.token);
  const amount = taken.output.quoted;
  const committedUsdE8 = (amount * usdE8) / 10n ** BigInt(entry.token.decimals) || 1n;
  const costUsdE8 = await gasUsdE8(context, taken.quote.gas);
  const offers = markets.map((market) => ({ market, amount, committedUsdE8, costUsdE8 }));
  const { best, alternatives } = await rankOffers(context, offers);
  const days = `over ${context.horizonDays} days`;
  if (named !== undefined) return { market: best.market, assumptions: [], alternatives };
  if (best.netApyWad <= here.supplyApyWad)
    throw new AlreadyBestError(
      `${from} already pays ${formatApy(here.supplyApyWad)}, the best for ${entry.token.symbol} once costs ${days} are counted (next: ${best.market.label}, ${formatApy(best.netApyWad)}): leave it, or name where it should go.`,
      { facts: alternatives.map((one) => `${one.label}: ${one.reason}`) },
    );
  const text = `${best.market.label} is used: it yields most after costs ${days} (${formatApy(best.netApyWad)}, now ${formatApy(here.supplyApyWad)}).`;
  const stay = { label: here.label, protocol: here.protocol, marketId: here.id, asset: here.asset.symbol };
  const staying = {
    ...stay,
    netApyWad: here.supplyApyWad,
    grossApyWad: here.supplyApyWad,
    chosen: false,
    reason: "where it is now",
  };
  return { market: best.market, assumptions: [text], alternatives: [...alternatives, staying] };
}
