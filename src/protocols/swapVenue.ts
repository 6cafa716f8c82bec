import type { Reader } from "../chain/reader.ts";
import type { SwapPath } from "../domain/quote.ts";
import type { Protocol } from "./protocol.ts";

/** What one path gives for one amount: the other side's amount and the gas of its pools. */
export type PathQuote = {
  /** Base units: out for side sell, in for side buy. */
  readonly amount: bigint;
  /** Gas units of this leg inside the protocol's call. */
  readonly gas: bigint;
};

export type PathAmount = {
  readonly path: SwapPath;
  /** Base units on the fixed side: in for side sell, out for side buy. */
  readonly amount: bigint;
};

/**
 * A protocol that can price many paths in a few node calls. Routing needs hundreds of prices per swap;
 * `Protocol.quote` gives the final one.
 */
export type SwapVenue = Protocol & {
  /** Equal to the real contract to the unit; undefined where the pools cannot fill the amount. */
  quotePaths(
    reader: Reader,
    side: "sell" | "buy",
    asked: readonly PathAmount[],
  ): Promise<readonly (PathQuote | undefined)[]>;
  /** Gas units that one call of this protocol costs before its legs: transaction, dispatch, token transfer in. */
  readonly baseGas: bigint;
};

/** True for protocols that routing can use. */
export function isSwapVenue(protocol: Protocol): protocol is SwapVenue {
  return "quotePaths" in protocol && "baseGas" in protocol;
}
