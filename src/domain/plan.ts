import { type Address, type Hex, keccak256, toHex } from "viem";
import type { PlannedCall } from "./call.ts";
import type { Intent } from "./intent.ts";
import { canonicalJson } from "./json.ts";
import type { Quote } from "./quote.ts";
import type { Token } from "./token.ts";

/** How one typed amount became base units; shown to the owner. */
export type AmountResolution = {
  readonly actionIndex: number;
  /** As said: "usd 1000 of ETH". */
  readonly said: string;
  readonly token: Token;
  readonly amount: bigint;
  /** "oracle Aave v3 at block 123: 1 ETH = $3,000.00", "wallet balance at block 123". */
  readonly source: string;
  /** "rounded down to 6 decimals". */
  readonly rounding: string;
};

/** An alternative that was compared and not taken (earn, supply without protocol, move without `to`, swap routes). */
export type Alternative = {
  readonly label: string;
  readonly protocol: string;
  readonly marketId?: string;
  readonly asset?: string;
  /** Yield after one's own deposit, net of swap cost and gas over the horizon; 1e18 = 100 % a year. */
  readonly netApyWad?: bigint;
  readonly grossApyWad?: bigint;
  readonly chosen: boolean;
  /** Why it was not taken; "chosen" when it was. */
  readonly reason: string;
};

/** What the plan promises per action: what guards compare the simulation with. */
export type Expectation = {
  readonly actionIndex: number;
  /** Assets (ERC-20 or NATIVE_ADDRESS) this action may take from the owner's wallet, with the most that may leave. */
  readonly pays: readonly { readonly token: Token; readonly max: bigint }[];
  /** Assets that must arrive in the owner's wallet, with the least that must. Position tokens are not listed. */
  readonly gets: readonly { readonly token: Token; readonly min: bigint }[];
};

export type PlanBody = {
  readonly chainId: number;
  readonly account: Address;
  readonly intent: Intent;
  readonly block: { readonly number: bigint; readonly hash: Hex; readonly timestamp: bigint };
  /** Unix seconds: on-chain deadline encoded in swaps. */
  readonly deadlineSeconds: bigint;
  /** Unix seconds: after this the executor refuses and a fresh quote is needed. */
  readonly expiresAtSeconds: bigint;
  readonly calls: readonly PlannedCall[];
  readonly quotes: readonly Quote[];
  readonly expectations: readonly Expectation[];
  readonly resolutions: readonly AmountResolution[];
  /** Plain sentences: defaults taken, protocol picked for the owner, horizon. */
  readonly assumptions: readonly string[];
  readonly alternatives: readonly Alternative[];
  /** One sentence for people. */
  readonly summary: string;
};

/** Ordered calls + quotes + block + expiry, hashed to an id. */
export type Plan = PlanBody & { readonly id: Hex };

/** Plan id: keccak256 of the canonical JSON of the body. Any change of a call, a bound, the block or the expiry is another plan. */
export function planId(body: PlanBody): Hex {
  return keccak256(toHex(canonicalJson(body)));
}

/** Seals a body into a plan. */
export function sealPlan(body: PlanBody): Plan {
  return Object.freeze({ ...body, id: planId(body) });
}

/** True when the plan's id still is the hash of its content. */
export function isIntact(plan: Plan): boolean {
  const { id, ...body } = plan;
  return planId(body) === id;
}
