import type { Address } from "viem";
import type { ChainAddresses } from "../chain/addresses.ts";
import type { Reader } from "../chain/reader.ts";
import type { Call } from "../domain/call.ts";
import type { Effect } from "../domain/effect.ts";
import type { KnownAddress } from "../domain/evidence.ts";
import type { Market, Position } from "../domain/market.ts";
import type { Quote, ResolvedAction } from "../domain/quote.ts";

/** One call of a protocol, with what a binding needs to know. */
export type ProtocolCall = Call & {
  /** "Swap 1 WETH for at least 2,985 USDC on Uniswap v3". */
  readonly label: string;
  /** Byte offset of the 32-byte amount word in `data` (selector included) that a late-bound amount may replace; "value" when paid in the native coin; absent when it cannot be bound. */
  readonly amountAt?: number | "value";
};

/** What a quote may take for granted beyond the pinned block. */
export type QuoteContext = {
  /**
   * Earlier actions of the same plan change what the owner holds or owes here ("supply ETH, then borrow USDC").
   * Checks on the owner's own position (has one, capacity, health factor afterwards) are then left out, because the
   * pinned block cannot answer them: simulator and guards judge the whole sequence. Checks on the market stay.
   */
  readonly afterEarlierActions?: boolean;
};

/**
 * One DeFi protocol on one chain. One folder each; the registry is an explicit list.
 * `createX(addresses: ChainAddresses): Protocol` builds it; a protocol absent on the chain lists no markets.
 */
export type Protocol = {
  readonly id: string;
  readonly actions: readonly ResolvedAction["type"][];
  /** Pools, reserves, markets or vaults at the reader's block. */
  markets(reader: Reader): Promise<readonly Market[]>;
  /** What the owner holds here at the reader's block. */
  positions(reader: Reader, owner: Address): Promise<readonly Position[]>;
  /**
   * Terms for one action at the reader's block: equal to the real contract to the unit. Throws a named error when the
   * protocol would refuse (frozen, cap, liquidity, no such position). Does not need balances or allowances to exist.
   */
  quote(reader: Reader, action: ResolvedAction, owner: Address, context?: QuoteContext): Promise<Quote>;
  /** Calldata for a quote: pure, synchronous. `deadlineSeconds` goes into swaps. */
  calls(quote: Quote, owner: Address, deadlineSeconds: bigint): readonly ProtocolCall[];
  /** Meaning of a call; undefined = not mine. Pure; never throws on foreign or malformed data. */
  decode(call: Call): Effect | undefined;
  /** Contracts of this protocol the guards may meet: targets and spenders from addresses, position and debt tokens from `markets` where handed in. Pure. */
  known(addresses: ChainAddresses, markets?: readonly Market[]): readonly KnownAddress[];
};
