import type { Address, Hex } from "viem";
import type { Effect } from "./effect.ts";
import type { Token } from "./token.ts";

export type BalanceChange = {
  readonly holder: Address;
  readonly token: Token;
  /** Base units, signed; gas is left out of native changes. */
  readonly delta: bigint;
};

export type AllowanceChange = {
  readonly token: Token;
  readonly spender: Address;
  readonly before: bigint;
  readonly after: bigint;
};

export type PositionChange = {
  readonly protocol: string;
  readonly marketId?: string;
  readonly before: { readonly healthFactorWad?: bigint; readonly ltvBps?: number; readonly apyWad?: bigint };
  readonly after: { readonly healthFactorWad?: bigint; readonly ltvBps?: number; readonly apyWad?: bigint };
};

/** One token whose events and balances disagree, and by how much, in words. */
export type Oddity = { readonly asset: Address; readonly text: string };

export type SimulatedCall = {
  readonly status: "success" | "reverted" | "not-reached";
  readonly gasUsed: bigint;
  /** Named error, when reverted: "ERC20InsufficientBalance", "Aave: SUPPLY_CAP_EXCEEDED (51)". */
  readonly revert?: { readonly name: string; readonly message: string; readonly data: Hex };
  /** Owner's balance changes by this call alone. */
  readonly changes: readonly BalanceChange[];
  /** Calldata and value as really simulated (bindings filled). */
  readonly data: Hex;
  readonly value: bigint;
};

/** Predicted effects of a whole plan, run as a sequence at the plan's block. */
export type Simulation = {
  readonly planId: Hex;
  readonly block: bigint;
  /** Unix seconds of the simulated block: the interest clock of every predicted effect. */
  readonly timestamp?: bigint;
  readonly backend: "eth_simulateV1" | "snapshot" | "state-override";
  readonly ok: boolean;
  /** calls[i] belongs to plan.calls[i]. */
  readonly calls: readonly SimulatedCall[];
  /** Owner's net changes over the plan, every token that moved (by Transfer logs and by the plan's own tokens), position tokens included. */
  readonly balanceChanges: readonly BalanceChange[];
  /** Tokens moved that the registry does not know are listed with symbol "?" and must be treated as unnamed. */
  readonly allowances: readonly AllowanceChange[];
  readonly positions: readonly PositionChange[];
  readonly gasUsed: bigint;
  /** Facts that do not fit together, in words: a token whose events claim what its balances do not show. */
  readonly oddities?: readonly Oddity[];
};

/** Evidence for the guards about each call: decoded from calldata, undefined when nobody could decode. */
export type DecodedCall = { readonly callIndex: number; readonly effect?: Effect; readonly decodedBy?: string };
