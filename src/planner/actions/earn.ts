import type { ActionOf } from "../../domain/intent.ts";
import type { LendMarket } from "../../domain/market.ts";
import { sameToken } from "../../domain/token.ts";
import { resolveAmount } from "../amounts/resolveAmount.ts";
import { walletBase } from "../amounts/walletBase.ts";
import { resolveAsset } from "../assets/resolveAsset.ts";
import { asErc20 } from "../assets/wrapped.ts";
import { convert } from "../convert.ts";
import { addNotes, closeAction } from "../draft.ts";
import { NoMarketError, UnknownTokenError } from "../errors.ts";
import { formatAmount, formatApy } from "../format.ts";
import { assertFunds } from "../funds.ts";
import { earnOffers } from "../lending/earnOffers.ts";
import { openMarkets, protocolId } from "../lending/findMarkets.ts";
import { rankOffers } from "../lending/rankOffers.ts";
import { outputAsInput } from "../outputAsInput.ts";
import { holdMinReceive } from "../steps/priceGuard.ts";
import { supplyInto } from "../steps/supplyInto.ts";
import { swapFunds, venuesOf } from "../steps/swapFunds.ts";
import type { Context, Draft, Route, Sized } from "../types.ts";
import { slippageNote } from "./swap.ts";

type Earn = ActionOf<"earn">;

/**
 * Puts funds where they yield most: every market of the asset or class, by its yield after this very deposit, net of
 * swap loss and gas over the horizon. Then swaps (where needed) and supplies what really arrives.
 */
export async function planEarn(context: Context, draft: Draft, action: Earn, actionIndex: number): Promise<Draft> {
  const source = await resolveAsset(context.reader, action.source);
  const base = () => walletBase(context, draft, source);
  const resolved = await resolveAmount(context, draft, { amount: action.amount, token: source, actionIndex, base });
  await assertFunds(context, resolved.draft, resolved.sized);
  const markets = await candidates(context, action);
  const offers = await earnOffers(context, markets, resolved.sized);
  const { best, alternatives } = await rankOffers(context, offers);
  const compared = addNotes(resolved.draft, { alternatives });
  const funded = await acquire(context, compared, { sized: resolved.sized, market: best.market, actionIndex });
  const supplied = await supplyInto(context, funded.draft, { market: best.market, sized: funded.sized, actionIndex });
  const paid = resolved.sized;
  const told = addNotes(supplied.draft, {
    assumptions: [
      ...notes(context, markets.length, action),
      ...(funded.venues === undefined ? [] : slippageNote(context)),
    ],
    sentences: [
      `put ${formatAmount(paid.amount, paid.token)} into ${best.market.label} as about ${formatAmount(supplied.sized.amount, best.market.asset)}${funded.venues === undefined ? "" : ` (swapped on ${funded.venues})`}, ${formatApy(best.grossApyWad)} a year`,
    ],
  });
  // Net over the action: what the swap brings is what the supply takes, so only the source leaves the wallet.
  return closeAction(told, { actionIndex, pays: [{ token: paid.token, max: paid.max }], gets: [] }, undefined);
}

async function candidates(context: Context, { asset, protocols }: Earn): Promise<readonly LendMarket[]> {
  const open = await openMarkets(context);
  const ids = protocols?.map((named) => protocolId(context, named));
  const allowed = ids === undefined ? open : open.filter((market) => ids.includes(market.protocol));
  const found = allowed.filter(await matcher(context, asset));
  if (found.length > 0) return found;
  throw new NoMarketError(`No market here takes ${asset}: choose another asset or allow more protocols.`);
}

async function matcher(context: Context, asset: string): Promise<(market: LendMarket) => boolean> {
  if (asset === "any:stablecoin") return (market) => market.asset.stable;
  if (asset.startsWith("any:"))
    throw new UnknownTokenError(`The class "${asset}" is not known: name a token or any:stablecoin.`);
  const token = asErc20(context.reader.tokens, await resolveAsset(context.reader, asset));
  return (market) => sameToken(market.asset, token);
}

type Acquire = { readonly sized: Sized; readonly market: LendMarket; readonly actionIndex: number };
type Acquired = { readonly draft: Draft; readonly sized: Sized; readonly venues?: string };

/** The market's asset in the wallet: as it is, wrapped, or swapped with the realised output bound to what follows. */
async function acquire(context: Context, draft: Draft, { sized, market, actionIndex }: Acquire): Promise<Acquired> {
  const { tokens } = context.reader;
  if (sameToken(asErc20(tokens, sized.token), market.asset))
    return convert(context, draft, { sized, wanted: market.asset, actionIndex });
  const { minReceive } = context.intent.constraints ?? {};
  const guard = (route: Route) => (minReceive === undefined ? route : holdMinReceive(route, market.asset, minReceive));
  const swap = { sell: sized.token, buy: market.asset, side: "sell", sized, actionIndex, guard } as const;
  const swapped = await swapFunds(context, draft, swap);
  return { ...outputAsInput(context, swapped.draft, swapped.output), venues: venuesOf(swapped.route) };
}

function notes({ horizonDays, intent }: Context, count: number, { asset, risk }: Earn): readonly string[] {
  const compared = `${count} markets for ${asset} are compared by yield after this deposit, less swap loss and gas spread over ${horizonDays} days.`;
  const said = risk ?? intent.constraints?.risk;
  return said === undefined
    ? [compared]
    : [compared, `The risk level "${said}" is not used in the comparison yet: yield after costs decides.`];
}
