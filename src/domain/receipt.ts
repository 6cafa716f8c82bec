import type { Address, Hex } from "viem";

/** Our record of a mined call. */
export type Receipt = {
  readonly planId: Hex;
  readonly callIndex: number;
  readonly txHash: Hex;
  readonly block: bigint;
  readonly status: "success" | "reverted";
  readonly gasUsed: bigint;
  readonly effectiveGasPrice: bigint;
  /** Owner's realised balance changes by this call, gas left out. */
  readonly changes: readonly {
    readonly asset: Address;
    readonly symbol: string;
    readonly decimals: number;
    readonly delta: bigint;
  }[];
  /** Differences from the simulation, in words; empty = equal to the unit. */
  readonly deviations: readonly string[];
};

/** How an execution ended. `partially_confirmed`: some calls mined, then one failed or was stopped; nothing is re-planned. */
export type ExecutionOutcome = {
  readonly planId: Hex;
  readonly state: "confirmed" | "partially_confirmed" | "reverted" | "failed";
  readonly receipts: readonly Receipt[];
  readonly reason?: string;
};
