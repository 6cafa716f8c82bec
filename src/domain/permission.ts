import type { Address, Hex } from "viem";

/** One side of a signed order: an asset and how much of it; `amount` is 1 for a single collectible. */
export type OrderItem = { readonly token: Address; readonly amount: bigint; readonly to?: Address };

/**
 * What a call or a signature lets somebody else do with the owner's assets or contracts. Read from the bytes alone: what
 * the request calls itself plays no part.
 */
export type Permission =
  | {
      readonly type: "allowance";
      readonly by: "approve" | "increase" | "permit" | "permit2";
      readonly token: Address;
      readonly spender: Address;
      /** Base units; of `increase` what is added. 0 takes an allowance back. */
      readonly amount: bigint;
      /** Largest amount that the contract can store: this much and more is "without a limit". */
      readonly unlimitedFrom: bigint;
      /** Unix seconds at which the allowance itself ends; absent where it never does. */
      readonly endsSeconds?: bigint;
    }
  /** Every collectible of a contract, present and future (`setApprovalForAll`). */
  | { readonly type: "operator"; readonly collection: Address; readonly operator: Address }
  /** A signature that moves tokens by itself, once, up to `amount` (Permit2 SignatureTransfer, EIP-3009). */
  | {
      readonly type: "release";
      readonly by: "permit2" | "eip-3009";
      readonly token: Address;
      readonly amount: bigint;
      /** Who may take it; of EIP-3009 who receives it. */
      readonly to: Address;
      readonly endsSeconds: bigint;
    }
  /** A signed order: what leaves the owner, and what the owner is to get for it. */
  | {
      readonly type: "order";
      readonly gives: readonly OrderItem[];
      readonly gets: readonly OrderItem[];
      readonly endsSeconds: bigint;
    }
  /** EIP-7702: the account runs the delegate's code. Chain id 0 holds on every chain. */
  | { readonly type: "delegation"; readonly chainId: bigint; readonly delegate: Address }
  /** Power over a contract goes to somebody, or its code is exchanged. */
  | { readonly type: "control"; readonly contract: Address; readonly by: string; readonly to?: Address }
  /** Bytes that nobody here can read. */
  | { readonly type: "unread"; readonly target?: Address; readonly selector?: Hex; readonly why: string };
