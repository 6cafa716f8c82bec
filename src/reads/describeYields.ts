import type { Address } from "viem";
import type { Reader } from "../chain/reader.ts";
import type { Amount } from "../domain/intent.ts";
import type { LendMarket, Market } from "../domain/market.ts";
import { isNative, type Token } from "../domain/token.ts";
import { formatPercentWad } from "../preview/format.ts";
import { findAsset } from "./findAsset.ts";
import { matchAsset } from "./matchAsset.ts";
import { refusalOf } from "./refusalOf.ts";
import { sayUnits } from "./sayUnits.ts";
import { sizeAmount } from "./sizeAmount.ts";
import { type Answer, toAnswer } from "./toAnswer.ts";
import type { ReadDeps } from "./types.ts";
import { unknownProtocol } from "./unknownProtocol.ts";

/** Most markets named in one answer. */
const SHOWN = 8;

type Wish = {
  readonly owner: Address;
  readonly asset?: string | undefined;
  readonly protocol?: string | undefined;
  /** One's own deposit; without it, what the wallet holds of each market's asset. */
  readonly amount?: Amount | undefined;
};

/** One market, and what it pays once one's own deposit is in. */
type Offer = {
  readonly market: LendMarket;
  readonly deposit?: bigint;
  readonly afterWad?: bigint;
  readonly refused?: string;
};

/** Yields of an asset, best first and closed markets last, each with what it would be after one's own deposit, by the protocol's own what-if. */
export async function describeYields(deps: ReadDeps, wish: Wish): Promise<Answer> {
  const reader = await deps.reader();
  const found = wish.asset === undefined ? undefined : await findAsset(reader, wish.asset);
  const source = `rates and what-if calls of the lending protocols on chain ${reader.chainId}`;
  const why = unknownProtocol(deps, wish.protocol) ?? found?.missing;
  if (why !== undefined) return toAnswer({ says: why, block: reader.block, source });
  const wanted = found?.missing === undefined && found !== undefined ? found.tokens : undefined;
  const markets = await lendMarkets(deps, reader, { tokens: wanted, protocol: wish.protocol });
  if (markets.length === 0)
    return toAnswer({ says: "No lending market or vault here takes that.", block: reader.block, source });
  const coin = wanted?.some(isNative) === true ? reader.tokens.native : undefined;
  const offers = await Promise.all(
    markets.slice(0, SHOWN).map((market) => offer(deps, reader, { ...wish, market, coin })),
  );
  return toAnswer({ says: saysOf(offers), facts: offers.map(sayOffer), block: reader.block, source });
}

async function lendMarkets(
  deps: ReadDeps,
  reader: Reader,
  { tokens, protocol }: { readonly tokens: readonly Token[] | undefined; readonly protocol: string | undefined },
): Promise<readonly LendMarket[]> {
  const asked = deps.protocols.filter(({ id }) => protocol === undefined || id === protocol);
  const lists = await Promise.all(asked.map((one) => one.markets(reader)));
  const matches = tokens === undefined ? () => true : matchAsset(reader.tokens, tokens);
  return lists
    .flat()
    .filter(isLend)
    .filter(({ asset }) => matches({ asset: asset.address }))
    .sort((a, b) => Number(b.canSupply) - Number(a.canSupply) || Number(b.supplyApyWad - a.supplyApyWad));
}

type Case = Wish & { readonly market: LendMarket; readonly coin: Token | undefined };

async function offer(deps: ReadDeps, reader: Reader, { owner, amount, market, coin }: Case): Promise<Offer> {
  const protocol = deps.protocols.find(({ id }) => id === market.protocol);
  if (protocol === undefined || !market.canSupply) return { market };
  // What is asked about as the coin is held as the coin, and supplied wrapped.
  const held = amount === undefined || amount.unit === "all" || amount.unit === "percent";
  const token = held && coin !== undefined ? coin : market.asset;
  const sized = await sizeAmount(deps, reader, { owner, token, amount: amount ?? { unit: "all" } });
  if (sized.missing !== undefined) return amount === undefined ? { market } : { market, refused: sized.missing };
  const deposit = sized.units;
  try {
    const action = { type: "supply", marketId: market.id, asset: market.asset, amount: deposit } as const;
    const { apyAfterWad } = await protocol.quote(reader, action, owner);
    return { market, deposit, ...(apyAfterWad === undefined ? {} : { afterWad: apyAfterWad }) };
  } catch (error) {
    return { market, deposit, refused: refusalOf(error) };
  }
}

function sayOffer({ market, deposit, afterWad, refused }: Offer): string {
  const own = deposit === undefined ? "" : sayUnits(deposit, market.asset);
  const after = afterWad === undefined ? [] : [`${formatPercentWad(afterWad)} after depositing your ${own}`];
  const notes = market.canSupply ? [] : [`takes no deposit now (${market.notes.join(", ") || "closed"})`];
  return [
    `${market.label}: ${formatPercentWad(market.supplyApyWad)} supply`,
    ...after,
    ...(refused === undefined ? [] : [`not for your deposit: ${refused}`]),
    ...(market.borrowApyWad === undefined ? [] : [`${formatPercentWad(market.borrowApyWad)} borrow`]),
    ...notes,
  ].join(", ");
}

function saysOf(offers: readonly Offer[]): string {
  const open = offers.filter(({ market, refused }) => market.canSupply && refused === undefined);
  const [first] = open;
  if (first === undefined) return "No market here takes that deposit now.";
  const now = `The best rate now is ${formatPercentWad(first.market.supplyApyWad)} on ${first.market.label}`;
  const [best] = open.filter(({ afterWad }) => afterWad !== undefined).sort(byAfter);
  if (best?.afterWad === undefined && open.some(({ deposit }) => deposit !== undefined))
    return `${now}; none of these says what it would pay after your own deposit.`;
  if (best?.afterWad === undefined)
    return `${now}. Nothing of it is in your wallet, so there is no rate after your own deposit; name an amount to see one.`;
  return `${now}; after your own deposit the best is ${formatPercentWad(best.afterWad)} on ${best.market.label}.`;
}

function byAfter(a: Offer, b: Offer): number {
  const [x, y] = [a.afterWad ?? 0n, b.afterWad ?? 0n];
  return x === y ? 0 : x < y ? 1 : -1;
}

function isLend(market: Market): market is LendMarket {
  return market.kind === "lend";
}
