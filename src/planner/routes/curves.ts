import type { Reader } from "../../chain/reader.ts";
import type { PathQuote } from "../../protocols/swapVenue.ts";
import type { Candidate } from "./paths.ts";

/** Prices of candidates at shares of the whole amount (percent), asked for once each. */
export type Curves = {
  /** Makes sure these shares are priced, in as few node calls as possible. */
  ask(wanted: readonly { readonly candidate: Candidate; readonly percents: readonly number[] }[]): Promise<void>;
  /** Price at a share asked before; undefined = the pools cannot fill it (or the share is less than one unit). */
  at(candidate: Candidate, percent: number): PathQuote | undefined;
};

/** Base units of a share of the whole, rounded down. */
export function sliceOf(amount: bigint, percent: number): bigint {
  return (amount * BigInt(percent)) / 100n;
}

/** A memo of prices for one routing: nothing outlives it. */
export function createCurves(reader: Reader, side: "sell" | "buy", amount: bigint): Curves {
  const prices = new Map<Candidate, Map<number, PathQuote | undefined>>();
  const memo = (candidate: Candidate): Map<number, PathQuote | undefined> => {
    const known = prices.get(candidate) ?? new Map<number, PathQuote | undefined>();
    prices.set(candidate, known);
    return known;
  };
  return {
    at: (candidate, percent) => prices.get(candidate)?.get(percent),
    ask: async (wanted) => {
      const missing = wanted.flatMap(({ candidate, percents }) =>
        percents
          .filter((percent) => !memo(candidate).has(percent) && sliceOf(amount, percent) > 0n)
          .map((percent) => ({ candidate, percent, path: candidate.path, amount: sliceOf(amount, percent) })),
      );
      const venues = [...new Set(missing.map(({ candidate }) => candidate.venue))];
      await Promise.all(
        venues.map(async (venue) => {
          const own = missing.filter(({ candidate }) => candidate.venue === venue);
          const quotes = await venue.quotePaths(reader, side, own);
          own.forEach(({ candidate, percent }, index) => {
            memo(candidate).set(percent, quotes[index]);
          });
        }),
      );
    },
  };
}
