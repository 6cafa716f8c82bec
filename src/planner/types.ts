import type { Address } from "viem";
import type { PriceSource, Reader } from "../chain/reader.ts";
import type { Binding, PlannedCall } from "../domain/call.ts";
import type { Intent } from "../domain/intent.ts";
import type { LendMarket, Position } from "../domain/market.ts";
import type { Alternative, AmountResolution, Expectation } from "../domain/plan.ts";
import type { Quote } from "../domain/quote.ts";
import type { Token } from "../domain/token.ts";
import type { Protocol } from "../protocols/protocol.ts";
import type { Ledger } from "./wallet.ts";

/** Best way through the pools for one amount. One quote per protocol used. */
export type Route = {
  readonly quotes: readonly Quote[];
  /** Base units of `buy` expected, and of `sell` expected, over all quotes. */
  readonly totalGets: bigint;
  readonly totalPays: bigint;
  readonly alternatives: readonly Alternative[];
};

export type RouteRequest = {
  readonly reader: Reader;
  readonly protocols: readonly Protocol[];
  readonly sell: Token;
  readonly buy: Token;
  readonly side: "sell" | "buy";
  readonly amount: bigint;
  readonly slippageBps: number;
  readonly gasPriceWei: bigint;
  readonly pricesUsdE8: ReadonlyMap<Address, bigint>;
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
};

export type FindRoute = (request: RouteRequest) => Promise<Route>;

/** Name → address (ENS, an address book). undefined = not known. */
export type ResolveRecipient = (name: string) => Promise<Address | undefined>;

export type PlanOptions = {
  /** Unix seconds now: the planner never reads a clock. */
  readonly nowSeconds: bigint;
  /** Distance of floors from the quote unless the owner says otherwise; default 50. */
  readonly slippageBps?: number;
  /** Seconds until swaps revert on chain; default 1200. */
  readonly deadlineSeconds?: number;
  /** Seconds until the executor wants a fresh plan; default 120. */
  readonly expirySeconds?: number;
  /** Days over which one-off costs are spread when yields are compared; default 30. */
  readonly horizonDays?: number;
  /**
   * False: no amount is filled while the plan runs (a wallet's batch cannot); what an earlier action leaves counts with
   * the least that must arrive. Default true.
   */
  readonly lateBinding?: boolean;
};

export type PlanInput = {
  readonly reader: Reader;
  readonly protocols: readonly Protocol[];
  readonly prices: PriceSource;
  readonly intent: Intent;
  readonly account: Address;
  readonly options: PlanOptions;
  readonly findRoute?: FindRoute;
  readonly resolveRecipient?: ResolveRecipient;
};

/** Memoised reads at the plan's block. */
export type Reads = {
  balanceOf(token: Token): Promise<bigint>;
  allowance(token: Token, spender: Address): Promise<bigint>;
  /** US dollars for a whole token, 1e8 = $1; PriceMissingError without an oracle. */
  price(token: Token): Promise<OraclePrice>;
  lendMarkets(): Promise<readonly LendMarket[]>;
  positions(): Promise<readonly Position[]>;
};

export type OraclePrice = { readonly usdE8: bigint; readonly source: string };

export type Venues = { readonly allow?: readonly string[]; readonly deny: readonly string[] };

/** What every stage may look at; fixed for the whole plan. */
export type Context = {
  readonly reader: Reader;
  readonly protocols: readonly Protocol[];
  readonly account: Address;
  readonly intent: Intent;
  readonly reads: Reads;
  readonly findRoute: FindRoute;
  readonly resolveRecipient?: ResolveRecipient;
  readonly slippageBps: number;
  /** Unix seconds. */
  readonly deadlineSeconds: bigint;
  readonly expiresAtSeconds: bigint;
  readonly horizonDays: number;
  readonly lateBinding: boolean;
  readonly venues: Venues;
};

/** What an action leaves for the next one's `previous`. `min === max`: known to the unit, no binding needed. */
export type Output = {
  readonly token: Token;
  readonly quoted: bigint;
  readonly min: bigint;
  readonly max: bigint;
  readonly from: readonly number[];
};

/** Where a late-bound amount comes from; the place in the calldata is the call's own business. */
export type BoundAmount = Omit<Binding, "at">;

/** The plan while it grows: folded over the actions, never changed in place. */
export type Draft = {
  readonly calls: readonly PlannedCall[];
  readonly quotes: readonly Quote[];
  readonly expectations: readonly Expectation[];
  readonly resolutions: readonly AmountResolution[];
  readonly assumptions: readonly string[];
  readonly alternatives: readonly Alternative[];
  readonly sentences: readonly string[];
  /** Gas units over all calls. */
  readonly gas: bigint;
  readonly ledger: Ledger;
  readonly previous?: Output;
};

/** An amount in base units, ready to be encoded. */
export type Sized = {
  readonly token: Token;
  /** Encoded; equals the quoted output when bound. */
  readonly amount: bigint;
  readonly min: bigint;
  readonly max: bigint;
  readonly bound?: BoundAmount;
  /** "all" or 100 percent was said. */
  readonly everything: boolean;
};
