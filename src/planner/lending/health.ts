import type { LendMarket, Position } from "../../domain/market.ts";
import { sameToken, type Token } from "../../domain/token.ts";
import { type AccountHealth, unitsToUsd } from "../amounts/healthFactor.ts";
import { maxOf } from "../decimal.ts";
import type { Context, Draft } from "../types.ts";
import type { PositionDelta } from "../wallet.ts";

const WAD = 10n ** 18n;

/** Health of one account after the plan's earlier actions, and what it may still borrow; dollars, 1e18 = $1. */
export type Account = AccountHealth & { readonly capacityWad: bigint };

/**
 * The account that a market belongs to: the whole protocol on Aave and Spark, the market alone on Morpho.
 *
 * The weight of the collateral is taken as reported health factor × debt, so that e-mode and the protocol's own
 * rounding are in it; without debt it is summed from the markets' thresholds.
 */
export async function accountHealth(context: Context, draft: Draft, market: LendMarket): Promise<Account> {
  const positions = await context.reads.positions();
  const position = positions.find((one) => belongsTo(one, market));
  const base =
    position === undefined ? { weightedWad: 0n, debtWad: 0n, capacityWad: 0n } : await atBlock(context, position);
  const changes = draft.ledger.positions.filter(
    (change) =>
      change.protocol === market.protocol && (market.collateral === undefined || change.marketId === market.id),
  );
  const effects = await Promise.all(changes.map((change) => effectOf(context, change, position)));
  return effects.reduce(
    (sum, one) => ({
      weightedWad: maxOf(sum.weightedWad + one.weightedWad, 0n),
      debtWad: maxOf(sum.debtWad + one.debtWad, 0n),
      capacityWad: maxOf(sum.capacityWad + one.capacityWad, 0n),
    }),
    base,
  );
}

/** Dollars (1e18 = $1) for a whole token as the account's protocol sees it; the chain's oracle where it holds none. */
export async function priceWad(context: Context, token: Token, position?: Position): Promise<bigint> {
  const held = [...(position?.supplied ?? []), ...(position?.borrowed ?? [])].find(
    (one) =>
      sameToken(one.asset, token) && one.usdWad !== undefined && one.amount * 1000n >= 10n ** BigInt(token.decimals),
  );
  if (held?.usdWad !== undefined && held.usdWad > 0n)
    return (held.usdWad * 10n ** BigInt(token.decimals)) / held.amount;
  return (await context.reads.price(token)).usdE8 * 10n ** 10n;
}

/** The position that is this market's account. */
export function belongsTo(position: Position, market: LendMarket): boolean {
  if (position.protocol !== market.protocol) return false;
  return position.marketId === undefined || position.marketId.toLowerCase() === market.id.toLowerCase();
}

async function atBlock(context: Context, position: Position): Promise<Account> {
  const debts = await Promise.all(position.borrowed.map((one) => usdOf(context, position, one)));
  const debtWad = total(debts);
  const pledged = await Promise.all(
    position.supplied
      .filter((one) => one.collateral)
      .map(async (one) => {
        const market = await marketOf(context, position.protocol, position.marketId ?? one.asset.address);
        return weigh(await usdOf(context, position, one), market);
      }),
  );
  const reported = position.healthFactorWad;
  const weightedWad =
    reported === undefined ? total(pledged.map((one) => one.weightedWad)) : (reported * debtWad) / WAD;
  const summed = maxOf(total(pledged.map((one) => one.capacityWad)) - debtWad, 0n);
  return { weightedWad, debtWad, capacityWad: position.borrowCapacityUsdWad ?? summed };
}

/** What dollars of collateral weigh in a market: at the liquidation threshold, and as borrowing capacity. */
function weigh(usdWad: bigint, market: LendMarket | undefined): Account {
  return {
    weightedWad: (usdWad * BigInt(market?.liquidationThresholdBps ?? 0)) / 10_000n,
    debtWad: 0n,
    capacityWad: (usdWad * BigInt(market?.ltvBps ?? 0)) / 10_000n,
  };
}

function total(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, one) => sum + one, 0n);
}

async function effectOf(context: Context, change: PositionDelta, position: Position | undefined): Promise<Account> {
  const price = await priceWad(context, change.token, position);
  const usd = unitsToUsd(change.delta, price, change.token.decimals);
  if (change.side === "borrowed") return { weightedWad: 0n, debtWad: usd, capacityWad: -usd };
  const market = await marketOf(context, change.protocol, change.marketId);
  return weigh(market !== undefined && counts(change, market, position) ? usd : 0n, market);
}

/** Whether supplying counts as collateral: Morpho's collateral side; Aave's first supply of an asset switches it on. */
function counts(change: PositionDelta, market: LendMarket, position: Position | undefined): boolean {
  if (market.collateral !== undefined) return sameToken(change.token, market.collateral);
  const held = position?.supplied.find((one) => sameToken(one.asset, change.token));
  return held === undefined || held.amount === 0n || held.collateral;
}

async function marketOf(context: Context, protocol: string, marketId: string): Promise<LendMarket | undefined> {
  const markets = await context.reads.lendMarkets();
  return markets.find((one) => one.protocol === protocol && one.id.toLowerCase() === marketId.toLowerCase());
}

async function usdOf(
  context: Context,
  position: Position,
  held: { readonly asset: Token; readonly amount: bigint; readonly usdWad?: bigint },
): Promise<bigint> {
  if (held.usdWad !== undefined) return held.usdWad;
  return unitsToUsd(held.amount, await priceWad(context, held.asset, position), held.asset.decimals);
}
