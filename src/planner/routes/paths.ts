import { buildRegistry } from "../../chain/buildRegistry.ts";
import { hubTokens } from "../../chain/coreTokens.ts";
import type { Reader } from "../../chain/reader.ts";
import type { SwapMarket } from "../../domain/market.ts";
import type { SwapPath } from "../../domain/quote.ts";
import { isNative, sameToken, type Token } from "../../domain/token.ts";
import type { SwapVenue } from "../../protocols/swapVenue.ts";

/** One way from the sold to the bought token inside one venue. */
export type Candidate = { readonly venue: SwapVenue; readonly path: SwapPath };

/** Paths of one and two hops over each venue's pools at the reader's block; the middle is any token of the search. */
export async function findPaths(input: {
  readonly reader: Reader;
  readonly venues: readonly SwapVenue[];
  readonly sell: Token;
  readonly buy: Token;
}): Promise<readonly Candidate[]> {
  const reader = narrow(input.reader, [input.sell, input.buy]);
  const ends = [input.sell, input.buy].map((token) => (isNative(token) ? reader.tokens.wrappedNative : token));
  const [from, to] = ends;
  if (from === undefined || to === undefined || sameToken(from, to)) return [];
  const found = await Promise.all(
    input.venues.map(async (venue) => {
      const pools = (await venue.markets(reader)).filter((market) => market.kind === "swap");
      return pathsOver(pools, from, to).map((path) => ({ venue, path }));
    }),
  );
  return found.flat();
}

/** The same reader with a registry of the two ends and the hubs only: pools are looked for among these. */
function narrow(reader: Reader, ends: readonly Token[]): Reader {
  const { native, wrappedNative } = reader.tokens;
  const tokens = [...ends.filter((token) => !isNative(token)), ...hubTokens(reader)];
  return { ...reader, tokens: buildRegistry({ native, wrappedNative, tokens }) };
}

/** Every path of one or two hops over the pools; a pool is used once. */
export function pathsOver(pools: readonly SwapMarket[], from: Token, to: Token): readonly SwapPath[] {
  return pools.flatMap((first): SwapPath[] => {
    const middle = otherEnd(first, from);
    if (middle === undefined) return [];
    const hop = { id: first.id, feePips: first.feePips };
    if (sameToken(middle, to)) return [{ tokens: [from, to], pools: [hop] }];
    return pools.flatMap((second) => {
      const reached = otherEnd(second, middle);
      if (second.id === first.id || reached === undefined || !sameToken(reached, to)) return [];
      return [{ tokens: [from, middle, to], pools: [hop, { id: second.id, feePips: second.feePips }] }];
    });
  });
}

function otherEnd(pool: SwapMarket, token: Token): Token | undefined {
  const [a, b] = pool.tokens;
  if (sameToken(a, token)) return b;
  return sameToken(b, token) ? a : undefined;
}
