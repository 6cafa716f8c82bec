import type { Address } from "viem";
import { aaveOracleAbi } from "../../chain/abis/aaveOracle.ts";
import type { Reader } from "../../chain/reader.ts";
import type { Quote, ResolvedAction } from "../../domain/quote.ts";
import type { QuoteContext } from "../protocol.ts";
import { attempt } from "../shared/attempt.ts";
import { dryRun } from "../shared/dryRun.ts";
import {
  ActionNotOfferedError,
  AmountExceedsPositionError,
  AmountNotPositiveError,
  BorrowCapError,
  BorrowingDisabledError,
  InsufficientMarketLiquidityError,
  MarketFrozenError,
  MarketInactiveError,
  MarketPausedError,
  NoPositionError,
  SupplyCapError,
  UnknownMarketError,
} from "../shared/lendingErrors.ts";
import { sameAddress } from "../shared/sameAddress.ts";
import { withInterestBuffer } from "../shared/withInterestBuffer.ts";
import { aaveDataProviderAbi } from "./abi.ts";
import { buildCalls } from "./calls.ts";
import { rateAfter } from "./rateAfter.ts";
import { type AaveSite, borrowRoom, readAccount, supplyRoom } from "./read.ts";
import { type Reserve, readReserve } from "./readReserve.ts";
import { type RefusalFacts, refusal } from "./refusal.ts";

/**
 * Gas of the pool's calls, measured on the local chain (aave-v3-core 1.19) for a first supply and for an account with two
 * collaterals and one loan, dearest asset seen. Each further reserve in use adds about 27,000 to a health check.
 */
const GAS = { supply: 222_000n, withdraw: 270_000n, borrow: 290_000n, repay: 173_000n, "set-collateral": 191_000n };

export type QuoteRequest = {
  readonly reader: Reader;
  readonly site: AaveSite;
  readonly action: ResolvedAction;
  readonly owner: Address;
  readonly context?: QuoteContext | undefined;
};

type LendAction = Exclude<ResolvedAction, { readonly type: "swap" }>;
type Case = QuoteRequest & { readonly action: LendAction; readonly reserve: Reserve; readonly mine: Mine };
type Mine = { readonly supplied: bigint; readonly debt: bigint; readonly collateral: boolean };

/**
 * Terms of one action on one reserve: pays and gets as the pool would book them at the reader's block.
 * Market checks come first, then the owner's position, then a dry run of the real call for capacity and health factor.
 * Errors: the classes of shared/lendingErrors.ts.
 */
export async function quoteAction(request: QuoteRequest): Promise<Quote> {
  const { reader, site, action, owner } = request;
  if (action.type === "swap") throw new ActionNotOfferedError(site.name, "swap");
  const { asset, marketId } = action;
  const named = { protocol: site.name, asset };
  if (!sameAddress(marketId, asset.address)) throw new UnknownMarketError({ ...named, marketId });
  const [reserve, mine] = await Promise.all([
    readReserve(reader, site.at, asset),
    readMine(reader, site, { asset: asset.address, owner }),
  ]);
  if (reserve === undefined || mine === undefined) throw new UnknownMarketError({ ...named, marketId });
  const amount = "amount" in action ? action.amount : undefined;
  if (typeof amount === "bigint" && amount <= 0n) throw new AmountNotPositiveError(named);
  if (!reserve.active) throw new MarketInactiveError(named);
  if (reserve.paused) throw new MarketPausedError(named);
  const terms = await termsOf({ ...request, action, reserve, mine });
  return Object.freeze({
    protocol: site.id,
    action,
    block: reader.block,
    pays: [],
    gets: [],
    approvals: [],
    gas: GAS[action.type],
    ...terms,
  });
}

type Terms = Partial<Pick<Quote, "pays" | "gets" | "maxPays" | "approvals" | "apyAfterWad">>;

function termsOf(it: Case): Promise<Terms> {
  const { action } = it;
  switch (action.type) {
    case "supply":
      return supplyTerms(it, action.amount);
    case "borrow":
      return borrowTerms(it, action.amount);
    case "withdraw":
      return withdrawTerms(it, action.amount);
    case "repay":
      return repayTerms(it, action.amount);
    case "set-collateral":
      return collateralTerms(it);
  }
}

async function supplyTerms({ reader, site, reserve, action }: Case, amount: bigint): Promise<Terms> {
  const named = { protocol: site.name, asset: action.asset };
  const token = action.asset;
  if (reserve.frozen) throw new MarketFrozenError(named);
  const room = supplyRoom(reserve);
  if (room !== undefined && amount > room) throw new SupplyCapError({ ...named, amount, room });
  const after = await rateAfter(reader, reserve, { added: amount, borrowed: 0n });
  return {
    pays: [{ token, amount }],
    approvals: [{ token, spender: site.at.pool, amount }],
    ...(after === undefined ? undefined : { apyAfterWad: after.supplyApyWad }),
  };
}

async function borrowTerms(it: Case, amount: bigint): Promise<Terms> {
  const { reader, site, reserve, action } = it;
  const named = { protocol: site.name, asset: action.asset };
  if (reserve.frozen) throw new MarketFrozenError(named);
  if (!reserve.borrowing) throw new BorrowingDisabledError(named);
  const room = borrowRoom(reserve);
  if (room !== undefined && amount > room) throw new BorrowCapError({ ...named, amount, room });
  assertLiquidity(it, amount);
  await assertAccepted(it, amount);
  const after = await rateAfter(reader, reserve, { added: 0n, borrowed: amount });
  return {
    gets: [{ token: action.asset, amount }],
    ...(after === undefined ? undefined : { apyAfterWad: after.borrowApyWad }),
  };
}

async function withdrawTerms(it: Case, asked: bigint | "all"): Promise<Terms> {
  const { mine, action } = it;
  const amount = asked === "all" ? mine.supplied : asked;
  if (!it.context?.afterEarlierActions) assertPosition(it, "supply", amount);
  assertLiquidity(it, amount);
  await assertAccepted(it, amount);
  return { gets: [{ token: action.asset, amount }] };
}

async function repayTerms(it: Case, asked: bigint | "all"): Promise<Terms> {
  const { mine, action, site } = it;
  const token = action.asset;
  const known = mine.debt > 0n || !it.context?.afterEarlierActions;
  if (known && mine.debt === 0n) throw new NoPositionError({ protocol: site.name, asset: token, what: "debt" });
  const most = withInterestBuffer(mine.debt);
  // The pool takes no more than the debt when mined, whatever amount the call names.
  const ceiling = asked === "all" || (known && asked > most) ? most : asked;
  const amount = asked === "all" || (known && asked > mine.debt) ? mine.debt : asked;
  return {
    pays: [{ token, amount }],
    approvals: [{ token, spender: site.at.pool, amount: ceiling }],
    ...(ceiling > amount ? { maxPays: ceiling } : undefined),
  };
}

async function collateralTerms(it: Case): Promise<Terms> {
  if (it.mine.supplied === 0n && !it.context?.afterEarlierActions)
    throw new NoPositionError({ protocol: it.site.name, asset: it.action.asset, what: "supply" });
  await assertAccepted(it, it.mine.supplied);
  return {};
}

function assertPosition({ site, action, mine }: Case, what: "supply", amount: bigint): void {
  const named = { protocol: site.name, asset: action.asset, what };
  if (mine.supplied === 0n) throw new NoPositionError(named);
  if (amount > mine.supplied) throw new AmountExceedsPositionError({ ...named, amount, position: mine.supplied });
}

function assertLiquidity({ site, action, reserve: { liquidity } }: Case, amount: bigint): void {
  if (amount > liquidity)
    throw new InsufficientMarketLiquidityError({ protocol: site.name, asset: action.asset, amount, liquidity });
}

/** Asks the pool itself, by eth_call from the owner; left out where earlier actions of the plan change the account. */
async function assertAccepted(it: Case, amount: bigint): Promise<void> {
  const { reader, site, action, owner, context } = it;
  if (context?.afterEarlierActions) return;
  const draft: Quote = { protocol: site.id, action, block: reader.block, pays: [], gets: [], approvals: [], gas: 0n };
  for (const { to, data } of buildCalls(site, draft, owner)) {
    const answer = await dryRun(reader, { from: owner, to, data });
    if (!answer.ok) throw refusal(answer.revert, await refusalFacts(it, amount));
  }
}

/** Numbers for the error text. Health factor afterwards by the asset's own threshold; efficiency mode would shift it. */
async function refusalFacts(
  { reader, site, action, owner, reserve, mine }: Case,
  amount: bigint,
): Promise<RefusalFacts> {
  const [account, price] = await Promise.all([
    readAccount(reader, site.at, owner),
    reader.client.readContract({
      address: site.at.oracle,
      abi: aaveOracleAbi,
      functionName: "getAssetPrice",
      args: [action.asset.address],
      blockNumber: reader.block,
    }),
  ]);
  const unit = 10n ** BigInt(action.asset.decimals);
  const { totalCollateralBase, totalDebtBase, liquidationThresholdBps, availableBorrowsBase, healthFactorWad } =
    account;
  const leaving = mine.collateral ? ((amount * price) / unit) * reserve.liquidationThresholdBps : 0n;
  const covered = totalCollateralBase * liquidationThresholdBps - leaving;
  const after = covered > 0n ? covered : 0n;
  return {
    protocol: site.name,
    asset: action.asset,
    amount,
    position: mine.supplied,
    room: (action.type === "borrow" ? borrowRoom(reserve) : supplyRoom(reserve)) ?? 0n,
    liquidity: reserve.liquidity,
    capacity: price === 0n ? 0n : (availableBorrowsBase * unit) / price,
    ...(healthFactorWad === undefined ? undefined : { healthBefore: healthFactorWad }),
    ...(totalDebtBase === 0n ? undefined : { healthAfter: (after * 10n ** 14n) / totalDebtBase }),
  };
}

async function readMine(
  reader: Reader,
  { at }: AaveSite,
  { asset, owner }: { readonly asset: Address; readonly owner: Address },
): Promise<Mine | undefined> {
  const entry = await attempt(
    reader.client.readContract({
      address: at.dataProvider,
      abi: aaveDataProviderAbi,
      functionName: "getUserReserveData",
      args: [asset, owner],
      blockNumber: reader.block,
    }),
  );
  return entry && { supplied: entry[0], debt: entry[2], collateral: entry[8] };
}
