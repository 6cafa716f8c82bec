import type { Address, Hex } from "viem";
import type { Grounding } from "./grounding.ts";
import type { Intent } from "./intent.ts";
import type { Position } from "./market.ts";
import type { Plan } from "./plan.ts";
import type { DecodedCall, Simulation } from "./simulation.ts";
import type { Token } from "./token.ts";
import type { TokenScan } from "./tokenRisk.ts";

/** An address the guards may meet, and what code (never the model) knows it to be. */
export type KnownAddress = {
  readonly address: Address;
  readonly label: string;
  readonly role: "spender" | "target" | "token" | "position-token" | "oracle";
  readonly protocol: string;
};

/** Oracle price of one token. */
export type Price = {
  readonly token: Token;
  /** US dollars for one whole token, 1e8 = $1 (Chainlink and Aave oracle convention). */
  readonly usdE8: bigint;
  readonly source: string;
  readonly block: bigint;
};

/** What a token's scan found, or why there is none. A failure is not "nothing found". */
export type TokenRisk = {
  readonly token: Address;
  readonly scan?: TokenScan;
  readonly failure?: string;
};

/** Value that really left the owner: an event of a listed token with an amount above zero, or a mined call of our own. */
export type Payment = {
  readonly to: Address;
  readonly asset: Address;
  /** Base units. */
  readonly amount: bigint;
  readonly txHash: Hex;
};

/** What the owner paid before. Only outgoing value: anybody can write anything into the incoming side of a history. */
export type PaymentHistory = {
  readonly payments: readonly Payment[];
  /** Which blocks were searched, in words. */
  readonly blocks: string;
  /** False where the node gave no events: older and newer payments may be missing. */
  readonly complete: boolean;
};

/** What stands at an address that a plan pays, and which events name it beside the owner. */
export type RecipientFacts = {
  readonly address: Address;
  /** Bytes of code; 0 = a plain account. */
  readonly codeBytes: number;
  /** A plain account that runs this contract's code (EIP-7702); `label` where it is a wallet's published one. */
  readonly delegate?: { readonly address: Address; readonly label?: string };
  /** Answers `decimals` and `totalSupply` as an ERC-20 does. */
  readonly isToken: boolean;
  /** Answers `getThreshold` and `getOwners` as a Safe does. */
  readonly isSafe: boolean;
  /** Transfer events between the owner and this address, of any contract: what a poisoned history is made of. */
  readonly seen: readonly SeenTransfer[];
};

export type SeenTransfer = {
  readonly asset: Address;
  readonly amount: bigint;
  readonly out: boolean;
  /** The registry lists the contract that logged it. */
  readonly listed: boolean;
};

/** One pool that a swap goes through, as a constant-product pool: base units, the side that is paid in first. */
export type PoolDepth = {
  readonly pool: Address;
  readonly feePips: number;
  readonly reserveIn: bigint;
  readonly reserveOut: bigint;
};

/** The pools of one quoted path, in order, and the amount that enters the first. */
export type PathDepth = {
  readonly quoteIndex: number;
  readonly amountIn: bigint;
  readonly pools: readonly PoolDepth[];
};

/** Everything the guards may look at. Gathered by code from the chain and the journal; missing data means deny. */
export type Evidence = {
  readonly plan: Plan;
  /** decoded[i] belongs to plan.calls[i]; made from calldata alone. */
  readonly decoded: readonly DecodedCall[];
  readonly known: readonly KnownAddress[];
  readonly prices: readonly Price[];
  /** The registry's tokens, native and wrapped coin included: the guards' own decimals and symbols, never the plan's. */
  readonly tokens: readonly Token[];
  /** ERC-20 that wraps the native coin; the guards count the two as one asset. */
  readonly wrappedNative: Address;
  /** Owner's wallet before the plan: every token the plan or the intent touches. */
  readonly balances: readonly { readonly token: Token; readonly amount: bigint }[];
  /** The intent as it was understood, from the record; the plan's copy must equal it. */
  readonly intent?: Intent;
  /** Owner's positions before the plan. */
  readonly positions: readonly Position[];
  readonly groundings: readonly Grounding[];
  /** Owner's own address book. */
  readonly contacts: readonly { readonly name: string; readonly address: Address }[];
  /** One entry for every address but the owner's that a decoded transfer pays. */
  readonly recipients: readonly RecipientFacts[];
  readonly history: PaymentHistory;
  /** `decimals()` as the token contracts answer at the plan's block; undefined = no answer. Native coin left out. */
  readonly chainDecimals: readonly { readonly asset: Address; readonly decimals: number | undefined }[];
  /** Paths of the plan's swap quotes whose pools could be read. */
  readonly depths: readonly PathDepth[];
  /** US dollars (1e8 = $1) already spent and reserved by this owner in the running UTC day. */
  readonly spentTodayUsdE8: bigint;
  /** Wei per gas used for cost estimates. */
  readonly gasPriceWei: bigint;
  /** Unix seconds now, handed in: policies never read a clock. */
  readonly nowSeconds: bigint;
  /** Tokens on no list that the intent names by address, or that calls swap: decimals as their contracts say. */
  readonly unlisted?: readonly Token[];
  /** Scans of the tokens that the plan buys and no list names; absent where none were made. */
  readonly tokenRisks?: readonly TokenRisk[];
  /** Present from the second judgement on. */
  readonly simulation?: Simulation;
};
