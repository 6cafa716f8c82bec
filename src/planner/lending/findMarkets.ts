import type { LendMarket } from "../../domain/market.ts";
import { sameToken, type Token } from "../../domain/token.ts";
import { suggest } from "../assets/suggest.ts";
import { ProtocolNotAllowedError, UnknownProtocolError } from "../errors.ts";
import { protocolName } from "../format.ts";
import type { Context } from "../types.ts";

/** Other spellings of protocol ids, lower case without separators. */
const ALIASES: Readonly<Record<string, string>> = {
  aave: "aave-v3",
  aavev3: "aave-v3",
  sparklend: "spark",
  morphoblue: "morpho",
  vault: "erc4626",
  savings: "erc4626",
};

/** Lending markets that the owner's words and constraints leave open. With a name: that protocol's, or the one market so labelled. */
export async function openMarkets(context: Context, named?: string): Promise<readonly LendMarket[]> {
  const markets = await context.reads.lendMarkets();
  if (named === undefined) return markets.filter((market) => isAllowed(context, market.protocol));
  const wanted = fold(named);
  const id = ALIASES[wanted] ?? wanted;
  const byProtocol = markets.filter((market) => fold(market.protocol) === fold(id));
  const found = byProtocol.length > 0 ? byProtocol : markets.filter((market) => fold(market.label).includes(wanted));
  if (found.length === 0) throw unknown(context, markets, named);
  const denied = found.find((market) => context.venues.deny.includes(market.protocol));
  if (denied !== undefined)
    throw new ProtocolNotAllowedError(
      `You asked for ${protocolName(denied.protocol)} and excluded it: drop one of the two.`,
    );
  return found;
}

/** Markets whose supplied or borrowed asset is this token. */
export function marketsFor(markets: readonly LendMarket[], token: Token): readonly LendMarket[] {
  return markets.filter((market) => sameToken(market.asset, token));
}

/** Deny always counts. Allow counts among lenders only when it names one: a venue named for a swap does not bar lending. */
export function isAllowed(context: Context, protocol: string): boolean {
  const { allow, deny } = context.venues;
  if (deny.includes(protocol)) return false;
  const lenders = context.protocols.filter((one) => one.actions.includes("supply")).map((one) => one.id);
  if (allow === undefined || !allow.some((id) => lenders.includes(id))) return true;
  return allow.includes(protocol);
}

/** A protocol's id from any spelling: "Aave v3" → "aave-v3"; unknown names stay as they are. */
export function protocolId(context: Context, named: string): string {
  const wanted = fold(named);
  const id = ALIASES[wanted] ?? wanted;
  return context.protocols.find((one) => fold(one.id) === fold(id))?.id ?? named;
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[\s_.-]/g, "");
}

function unknown(context: Context, markets: readonly LendMarket[], named: string): UnknownProtocolError {
  const present = [...new Set(markets.map((market) => market.protocol))];
  const near = suggest(named, [...present, ...Object.keys(ALIASES)]);
  const hint =
    near.length > 0 ? ` Did you mean ${near.join(" or ")}?` : ` Here are ${present.map(protocolName).join(", ")}.`;
  return new UnknownProtocolError(`There is no lending protocol "${named}" on this chain.${hint}`, {
    facts: [`chain ${context.reader.chainId}`, ...present],
  });
}
