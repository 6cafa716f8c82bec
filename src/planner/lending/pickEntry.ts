import { sameToken, type Token } from "../../domain/token.ts";
import { AmbiguousProtocolError, PositionMissingError } from "../errors.ts";
import { formatAmount, protocolName } from "../format.ts";
import type { Context, Draft } from "../types.ts";
import type { PositionDelta } from "../wallet.ts";
import { type Entry, entries } from "./accounts.ts";
import { isAllowed, openMarkets } from "./findMarkets.ts";

type Pick = { readonly token: Token; readonly side: PositionDelta["side"]; readonly named: string | undefined };

export type Picked = { readonly entry: Entry; readonly assumptions: readonly string[] };

/**
 * The one place where the owner has supplied, or owes, this token. Throws PositionMissingError when there is none and
 * AmbiguousProtocolError with the options when only the owner can say which of several.
 */
export async function pickEntry(context: Context, draft: Draft, { token, side, named }: Pick): Promise<Picked> {
  const open = named === undefined ? undefined : await openMarkets(context, named);
  const all = await entries(context, draft, side);
  const found = all.filter(
    (entry) =>
      sameToken(entry.token, token) &&
      (open === undefined
        ? isAllowed(context, entry.protocol)
        : open.some(
            (market) => market.protocol === entry.protocol && market.id.toLowerCase() === entry.marketId.toLowerCase(),
          )),
  );
  const [only] = found;
  const verb = side === "supplied" ? "have supplied" : "owe";
  if (only === undefined)
    throw new PositionMissingError(
      `You ${verb} no ${token.symbol}${named === undefined ? "" : ` on ${named}`}: nothing to take or repay there.`,
      {
        facts: all.map((entry) => `${protocolName(entry.protocol)}: ${formatAmount(entry.amount, entry.token)}`),
      },
    );
  if (found.length > 1) {
    const options = found.map(
      (entry) => `${protocolName(entry.protocol)} (${formatAmount(entry.amount, entry.token)})`,
    );
    throw new AmbiguousProtocolError(
      `You ${verb} ${token.symbol} in several places: say which, ${options.join(" or ")}.`,
      {
        facts: found.map((entry) => `${entry.protocol} ${entry.marketId} ${entry.amount}`),
      },
    );
  }
  const assumptions =
    named === undefined
      ? [`${protocolName(only.protocol)} is used: the only place where you ${verb} ${token.symbol}.`]
      : [];
  return { entry: only, assumptions };
}

/** Words for what a share is taken of: "Aave v3 position at block 12". */
export function entrySource(context: Context, entry: Entry, what: "position" | "debt"): string {
  return `${protocolName(entry.protocol)} ${what} at block ${context.reader.block}${entry.onChain ? "" : " and earlier actions"}`;
}
