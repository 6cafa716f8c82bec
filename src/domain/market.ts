import type { Address } from "viem";
import type { Token } from "./token.ts";

/** Effective annual yield (compounded) in 1e18 = 100 %. APRs are converted at the edge; the two are never mixed. */
export type ApyWad = bigint;

/** A place where funds can be swapped: one pool. */
export type SwapMarket = {
  readonly kind: "swap";
  readonly protocol: string;
  /** Pool or pair address. */
  readonly id: string;
  /** ERC-20s; pools hold the wrapped coin, never the native one. */
  readonly tokens: readonly [Token, Token];
  /** Hundredths of a basis point, as Uniswap counts fees: 500 = 0.05 %. */
  readonly feePips: number;
};

/** A place where funds earn or are borrowed: a reserve, a Morpho market side, a vault. */
export type LendMarket = {
  readonly kind: "lend";
  readonly protocol: string;
  /** Aave/Spark: underlying address; Morpho: market id; ERC-4626: vault address. */
  readonly id: string;
  /** What is supplied or borrowed (the loan token on Morpho). */
  readonly asset: Token;
  /** Morpho only: what secures the loan. */
  readonly collateral?: Token;
  readonly label: string;
  /** Token that stands for a supply here (aToken, vault share), where there is one. */
  readonly positionToken?: Address;
  /** Token that stands for a variable-rate debt here, where there is one. */
  readonly debtToken?: Address;
  readonly supplyApyWad: ApyWad;
  readonly borrowApyWad?: ApyWad;
  /** Base units of `asset` supplied and borrowed now. */
  readonly totalSupplied: bigint;
  readonly totalBorrowed: bigint;
  /** Base units that can still be withdrawn or borrowed. */
  readonly liquidity: bigint;
  /** Base units still accepted; undefined = no cap. */
  readonly supplyRoom?: bigint;
  readonly borrowRoom?: bigint;
  /** Loan-to-value and liquidation threshold when used as collateral. */
  readonly ltvBps?: number;
  readonly liquidationThresholdBps?: number;
  readonly canSupply: boolean;
  readonly canBorrow: boolean;
  /** Why supply or borrow is off: frozen, paused, cap reached. */
  readonly notes: readonly string[];
};

export type Market = SwapMarket | LendMarket;

/** What an owner holds in one protocol (one account of Aave, one Morpho market, one vault). */
export type Position = {
  readonly protocol: string;
  readonly marketId?: string;
  readonly owner: Address;
  readonly supplied: readonly {
    readonly asset: Token;
    readonly amount: bigint;
    readonly apyWad: ApyWad;
    readonly collateral: boolean;
    readonly usdWad?: bigint;
  }[];
  readonly borrowed: readonly {
    readonly asset: Token;
    readonly amount: bigint;
    readonly apyWad: ApyWad;
    readonly usdWad?: bigint;
  }[];
  /** 1e18 = 1.0; undefined = no debt. */
  readonly healthFactorWad?: bigint;
  /** USD, 1e18 = $1; what may still be borrowed; undefined where the protocol has no such notion. */
  readonly borrowCapacityUsdWad?: bigint;
};
