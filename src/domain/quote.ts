import type { Address } from "viem";
import type { ApyWad } from "./market.ts";
import type { Token } from "./token.ts";

/** One way through pools of one protocol. `tokens.length === pools.length + 1`; pools are SwapMarket ids with their fee. */
export type SwapPath = {
  readonly tokens: readonly Token[];
  readonly pools: readonly { readonly id: string; readonly feePips: number }[];
};

/** One leg of a swap: a path and the exact amount on the fixed side (sell for side "sell", buy for side "buy"). */
export type SwapLeg = { readonly path: SwapPath; readonly amount: bigint };

/**
 * An action as protocols receive it: tokens resolved, amounts in base units, nothing left to guess.
 * `amount: "all"` on withdraw and repay means the whole position or debt (dust-free, using the contract's own "everything").
 */
export type ResolvedAction =
  | {
      readonly type: "swap";
      readonly side: "sell" | "buy";
      /** May be the native coin: the protocol wraps on the way in and unwraps on the way out. */
      readonly sell: Token;
      readonly buy: Token;
      /** Legs share sell and buy; executed in one call of this protocol. Native coin appears as wrapped inside paths. */
      readonly legs: readonly SwapLeg[];
      /** Floor (sell) or ceiling (buy) distance from the quote. */
      readonly slippageBps: number;
    }
  | { readonly type: "supply"; readonly marketId: string; readonly asset: Token; readonly amount: bigint }
  | { readonly type: "withdraw"; readonly marketId: string; readonly asset: Token; readonly amount: bigint | "all" }
  | { readonly type: "borrow"; readonly marketId: string; readonly asset: Token; readonly amount: bigint }
  | { readonly type: "repay"; readonly marketId: string; readonly asset: Token; readonly amount: bigint | "all" }
  | { readonly type: "set-collateral"; readonly marketId: string; readonly asset: Token; readonly enabled: boolean };

/** One side of a quote: asset and base units. */
export type AssetAmount = { readonly token: Token; readonly amount: bigint };

/** One protocol's terms at one block. Plain data: survives toJson/fromJson. */
export type Quote = {
  readonly protocol: string;
  readonly action: ResolvedAction;
  readonly block: bigint;
  /** What leaves the owner's wallet (ceiling for side buy stands in `maxPays`). Empty for set-collateral. */
  readonly pays: readonly AssetAmount[];
  /** What arrives in the owner's wallet. */
  readonly gets: readonly AssetAmount[];
  /** Swap side sell: least that must arrive. */
  readonly floor?: bigint;
  /** Most that may leave, where that is not known exactly: swap side buy, repay of a whole debt (interest until mined). */
  readonly maxPays?: bigint;
  /** Allowances the call needs; the planner reads the current ones and adds exact approvals. */
  readonly approvals: readonly { readonly token: Token; readonly spender: Address; readonly amount: bigint }[];
  /** Gas units expected for the protocol's calls, approvals excluded. */
  readonly gas: bigint;
  /** Supply: yield after one's own deposit. Borrow: cost after one's own loan. From the contract's own what-if call. */
  readonly apyAfterWad?: ApyWad;
  /** Withdraw/repay "all" in share-denominated protocols: the shares the call names. */
  readonly shares?: bigint;
  /** What `calls` must encode and the action does not hold (Morpho's market parameters); `calls` checks it against the market id. */
  readonly terms?: Readonly<Record<string, string>>;
};
