import type { Address } from "viem";
import type { Reader } from "../../chain/reader.ts";
import type { Quote, ResolvedAction } from "../../domain/quote.ts";
import type { Token } from "../../domain/token.ts";
import type { QuoteContext } from "../protocol.ts";
import {
  ActionNotOfferedError,
  AmountExceedsPositionError,
  AmountNotPositiveError,
  BorrowCapacityError,
  HealthFactorTooLowError,
  InsufficientMarketLiquidityError,
  NoPositionError,
  OracleSilentError,
  UnknownMarketError,
} from "../shared/lendingErrors.ts";
import { sameAddress } from "../shared/sameAddress.ts";
import { withInterestBuffer } from "../shared/withInterestBuffer.ts";
import { debtOf, healthFactorWad } from "./health.ts";
import { toTerms } from "./marketParams.ts";
import { borrowApyWad, supplyApyWad } from "./rates.ts";
import { capacityLeft } from "./read.ts";
import { type MorphoPosition, type MorphoSite, type MorphoState, readBorrowRate, readState } from "./readState.ts";
import { toAssetsDown, toSharesDown, toSharesUp } from "./shares.ts";

/** Gas of Morpho's calls, measured on the local chain (first use of a market, dearest seen), rounded up. */
const GAS = { supply: 103_000n, withdraw: 81_000n, borrow: 99_000n, repay: 86_000n };

export type QuoteRequest = {
  readonly reader: Reader;
  readonly site: MorphoSite;
  readonly action: ResolvedAction;
  readonly owner: Address;
  readonly context?: QuoteContext | undefined;
};

type LendAction = Exclude<ResolvedAction, { readonly type: "swap" | "set-collateral" }>;
type Case = {
  readonly request: QuoteRequest;
  readonly asset: Token;
  readonly state: MorphoState;
  readonly position: MorphoPosition;
  /** Earlier actions of the plan change this position: do not judge it. */
  readonly open: boolean;
};
type Terms = Partial<Pick<Quote, "pays" | "gets" | "maxPays" | "approvals" | "apyAfterWad" | "shares">>;

/**
 * Terms of one action on one market, with Morpho's own share arithmetic at the reader's block. The action's asset says
 * which side is meant: the loan token is lent, borrowed and repaid; the collateral token is put up and taken back.
 * Errors: the classes of shared/lendingErrors.ts.
 */
export async function quoteAction(request: QuoteRequest): Promise<Quote> {
  const { reader, site, action, owner, context } = request;
  if (action.type === "swap" || action.type === "set-collateral")
    throw new ActionNotOfferedError("Morpho", action.type);
  const { asset, marketId } = action;
  const unknown = () => new UnknownMarketError({ protocol: "Morpho", asset, marketId });
  const id = site.markets.find((known) => known.toLowerCase() === marketId.toLowerCase());
  if (id === undefined) throw unknown();
  if (action.amount !== "all" && action.amount <= 0n) throw new AmountNotPositiveError({ protocol: "Morpho", asset });
  const read = await readState(reader, site, { id, owner });
  if (read === undefined) throw unknown();
  const it: Case = { request, asset, ...read, open: context?.afterEarlierActions ?? false };
  const loan = sameAddress(asset.address, read.state.params.loanToken);
  if (!loan && !sameAddress(asset.address, read.state.params.collateralToken)) throw unknown();
  const terms = loan ? await loanTerms(it, action) : collateralTerms(it, action);
  return Object.freeze({
    protocol: "morpho",
    action,
    block: reader.block,
    pays: [],
    gets: [],
    approvals: [],
    gas: GAS[action.type],
    terms: toTerms(read.state.params),
    ...terms,
  });
}

async function loanTerms(it: Case, action: LendAction): Promise<Terms> {
  switch (action.type) {
    case "supply":
      return lend(it, action.amount);
    case "withdraw":
      return withdraw(it, action.amount);
    case "borrow":
      return borrow(it, action.amount);
    case "repay":
      return repay(it, action.amount);
  }
}

async function lend({ request: { reader, site }, asset: token, state }: Case, amount: bigint): Promise<Terms> {
  const supply = {
    assets: state.supply.assets + amount,
    shares: state.supply.shares + toSharesDown(amount, state.supply),
  };
  const after = { ...state, supply };
  const borrowApy = borrowApyWad(await readBorrowRate(reader, site, after));
  return {
    pays: [{ token, amount }],
    approvals: [{ token, spender: site.address, amount }],
    apyAfterWad: supplyApyWad(borrowApy, after),
  };
}

function withdraw({ asset: token, state, position, open }: Case, asked: bigint | "all"): Terms {
  const named = { protocol: "Morpho", asset: token, what: "supply" } as const;
  const { supplyShares } = position;
  const held = toAssetsDown(supplyShares, state.supply);
  const amount = asked === "all" ? held : asked;
  if (!open && supplyShares === 0n) throw new NoPositionError(named);
  if (!open && asked !== "all" && toSharesUp(asked, state.supply) > supplyShares)
    throw new AmountExceedsPositionError({ ...named, amount, position: held });
  assertLiquidity(state, token, amount);
  return { gets: [{ token, amount }], ...(asked === "all" ? { shares: supplyShares } : undefined) };
}

async function borrow(it: Case, amount: bigint): Promise<Terms> {
  const { request, asset: token, state, position, open } = it;
  const named = { protocol: "Morpho", asset: token };
  const capacity = capacityLeft(position.collateral, debtOf(position, state), state);
  if (capacity === undefined) throw new OracleSilentError(named);
  const shares = toSharesUp(amount, state.borrow);
  const after: MorphoState = {
    ...state,
    borrow: { assets: state.borrow.assets + amount, shares: state.borrow.shares + shares },
  };
  const debtAfter = debtOf({ ...position, borrowShares: position.borrowShares + shares }, after);
  const left = capacityLeft(position.collateral, 0n, after) ?? 0n;
  if (!open && debtAfter > left) {
    // A new debt is rounded up to shares and back: one base unit below the limit is what surely passes.
    throw new BorrowCapacityError({ ...named, amount, capacity: capacity > 0n ? capacity - 1n : 0n });
  }
  assertLiquidity(state, token, amount);
  return {
    gets: [{ token, amount }],
    apyAfterWad: borrowApyWad(await readBorrowRate(request.reader, request.site, after)),
  };
}

function repay({ request, asset: token, state, position, open }: Case, asked: bigint | "all"): Terms {
  const named = { protocol: "Morpho", asset: token, what: "debt" } as const;
  const { borrowShares } = position;
  const spender = request.site.address;
  if (!open && borrowShares === 0n) throw new NoPositionError(named);
  const debt = debtOf(position, state);
  if (asked === "all") {
    const most = withInterestBuffer(debt);
    const approvals = [{ token, spender, amount: most }];
    return { pays: [{ token, amount: debt }], maxPays: most, approvals, shares: borrowShares };
  }
  if (!open && toSharesDown(asked, state.borrow) > borrowShares)
    throw new AmountExceedsPositionError({ ...named, amount: asked, position: debt });
  return { pays: [{ token, amount: asked }], approvals: [{ token, spender, amount: asked }] };
}

function collateralTerms({ request, asset: token, state, position, open }: Case, action: LendAction): Terms {
  const named = { protocol: "Morpho", asset: token, what: "supply" } as const;
  if (action.type === "supply")
    return {
      pays: [{ token, amount: action.amount }],
      approvals: [{ token, spender: request.site.address, amount: action.amount }],
    };
  if (action.type !== "withdraw") throw new ActionNotOfferedError("Morpho", `${action.type} of collateral`);
  const { collateral } = position;
  const amount = action.amount === "all" ? collateral : action.amount;
  if (open) return { gets: [{ token, amount }] };
  if (collateral === 0n) throw new NoPositionError(named);
  if (amount > collateral) throw new AmountExceedsPositionError({ ...named, amount, position: collateral });
  assertCovered({ asset: token, state, position }, collateral - amount);
  return { gets: [{ token, amount }] };
}

function assertCovered({ asset, state, position }: Pick<Case, "asset" | "state" | "position">, rest: bigint): void {
  const debt = debtOf(position, state);
  if (debt === 0n) return;
  const named = { protocol: "Morpho", asset };
  const limit = capacityLeft(rest, 0n, state);
  if (limit === undefined) throw new OracleSilentError(named);
  if (debt <= limit) return;
  const before = healthFactorWad(position.collateral, debt, state);
  const after = healthFactorWad(rest, debt, state);
  throw new HealthFactorTooLowError({
    ...named,
    ...(before === undefined ? undefined : { before }),
    ...(after === undefined ? undefined : { after }),
  });
}

function assertLiquidity({ supply, borrow }: MorphoState, asset: Token, amount: bigint): void {
  const liquidity = supply.assets - borrow.assets;
  if (amount > liquidity) throw new InsufficientMarketLiquidityError({ protocol: "Morpho", asset, amount, liquidity });
}
