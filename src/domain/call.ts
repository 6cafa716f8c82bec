import type { Address, Hex } from "viem";

/** What is sent: nothing else decides what happens on chain. */
export type Call = { readonly to: Address; readonly data: Hex; readonly value: bigint };

/** Why a planned call exists. `approve` and `reset` are added by the planner; the rest come from a protocol or a transfer. */
export type CallRole = "reset" | "approve" | "wrap" | "unwrap" | "action";

/**
 * An amount that is only known once an earlier call is mined ("and deposit it").
 *
 * The executor (and the simulator, in the same way) replaces one 32-byte word of the calldata, or the value,
 * by what the owner really received of `asset` from the calls `from` (sum of balance changes over those calls),
 * clamped to nothing: outside [min, max] the step stops. The plan hash covers the binding and its bounds,
 * and the encoded amount before binding is the quoted one.
 */
export type Binding = {
  /** Byte offset of the 32-byte word inside `data`, selector included (4 = first argument), or the call's value. */
  readonly at: number | "value";
  /** Indexes of earlier calls of the same plan whose realised output feeds this amount. */
  readonly from: readonly number[];
  readonly asset: Address;
  readonly min: bigint;
  readonly max: bigint;
};

export type PlannedCall = Call & {
  readonly role: CallRole;
  /** What a person reads: "Approve 1,000 USDC to Aave v3 pool". */
  readonly label: string;
  /** Protocol id, or "erc20" / "native" / "weth". */
  readonly protocol: string;
  /** Index of the intent's action that this call serves. */
  readonly actionIndex: number;
  readonly bindings: readonly Binding[];
};
