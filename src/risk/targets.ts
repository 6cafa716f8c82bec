import type { Address } from "viem";
import type { Reader } from "../chain/reader.ts";
import { readCodeFacts } from "./codeFacts.ts";
import type { Target, TradePair } from "./types.ts";

const MOST_HELPERS = 4;

/**
 * The token and the contracts it may ask when it moves: those whose address stands in its code or its first slots. A helper
 * with a mutable rule decides over every sale although the token's own code is clean.
 */
export async function readTargets(
  reader: Reader,
  { token, pair }: { readonly token: Address; readonly pair: TradePair },
): Promise<readonly Target[]> {
  const own = await readCodeFacts(reader, token);
  const known = new Set([token, pair.pair, pair.router, ...pair.path].map((one) => one.toLowerCase()));
  const asked = own.callers.filter((one) => !known.has(one.toLowerCase()));
  const helpers = await Promise.all(
    asked.map(async (at) => {
      const code = await reader.client.getCode({ address: at, blockNumber: reader.block });
      return code === undefined || code === "0x" ? undefined : at;
    }),
  );
  const contracts = helpers.filter((one) => one !== undefined).slice(0, MOST_HELPERS);
  const facts = await Promise.all(contracts.map(async (at) => ({ at, facts: await readCodeFacts(reader, at) })));
  return [
    { at: token, selectors: own.selectors, callers: asked, declared: own.declared, hashes: own.hashes },
    ...facts.map(({ at, facts: { selectors, callers, declared, hashes } }) => ({
      at,
      selectors,
      callers,
      declared,
      hashes,
    })),
  ].filter(({ selectors }) => selectors.length > 0);
}
