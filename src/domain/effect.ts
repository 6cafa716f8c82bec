import type { Address } from "viem";

/** 2**256 - 1, which several contracts read as "everything" (Aave withdraw and repay) and ERC-20s as "unlimited". */
export const MAX_UINT256 = (1n << 256n) - 1n;

type OnMarket = {
  readonly protocol: string;
  /** Market id inside the protocol; absent where the calldata does not name one (Aave: the asset is the market). */
  readonly marketId?: string;
  readonly asset: Address;
  /** Base units; MAX_UINT256 = everything. For share-denominated calls see `shares`. */
  readonly amount: bigint;
  /** Set when the call is denominated in shares (Morpho full withdraw/repay, ERC-4626 redeem); amount is then the quoted asset amount or 0n when unknown. */
  readonly shares?: bigint;
};

/** Decoded meaning of one call. Guards judge this, never what the planner says it meant. */
export type Effect =
  | { readonly type: "approve"; readonly token: Address; readonly spender: Address; readonly amount: bigint }
  | { readonly type: "transfer"; readonly asset: Address; readonly to: Address; readonly amount: bigint }
  | { readonly type: "wrap"; readonly amount: bigint }
  | { readonly type: "unwrap"; readonly amount: bigint }
  | {
      readonly type: "swap";
      readonly protocol: string;
      readonly side: "sell" | "buy";
      /** NATIVE_ADDRESS when the call pays with value / pays out the native coin. */
      readonly sell: Address;
      readonly buy: Address;
      /** Exact for side sell, ceiling for side buy. Base units of `sell`. */
      readonly sellAmount: bigint;
      /** Floor for side sell, exact for side buy. Base units of `buy`. */
      readonly buyAmount: bigint;
      readonly recipient: Address;
      /** Unix seconds; undefined when the calldata carries none. */
      readonly deadlineSeconds?: bigint;
    }
  | ({ readonly type: "supply"; readonly onBehalfOf: Address; readonly asCollateral?: boolean } & OnMarket)
  | ({ readonly type: "withdraw"; readonly owner?: Address; readonly recipient: Address } & OnMarket)
  | ({ readonly type: "borrow"; readonly onBehalfOf: Address; readonly recipient: Address } & OnMarket)
  | ({ readonly type: "repay"; readonly onBehalfOf: Address } & OnMarket)
  | {
      readonly type: "set-collateral";
      readonly protocol: string;
      readonly asset: Address;
      readonly enabled: boolean;
    };
