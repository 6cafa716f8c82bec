import type { Address } from "viem";
import type { Reader } from "../chain/reader.ts";
import { type CodeFacts, readCodeFacts } from "./codeFacts.ts";
import type { Target, TradePair } from "./types.ts";

const MOST_HELPERS = 4;

export type TargetRequest = {
  readonly token: Address;
  readonly pair: TradePair;
  readonly facts: CodeFacts;
  /** Contracts that a transfer was seen to ask. */
  readonly callees: readonly Address[];
};

/**
 * The token and the contracts it may ask when it moves: those that a transfer asks, and those whose address stands in its
 * code or its slots. A helper with a mutable rule decides over every sale although the token's own code is clean.
 */
export async function readTargets(
  reader: Reader,
  { token, pair, facts: own, callees }: TargetRequest,
): Promise<readonly Target[]> {
  const known = new Set([token, pair.pair, pair.router, ...pair.path].map((one) => one.toLowerCase()));
  const asked = own.callers.filter((one) => !known.has(one.toLowerCase()));
  const others = [...callees, ...asked].map((one) => one.toLowerCase()).filter((one) => !known.has(one));
  const helpers = await Promise.all(
    [...new Set(others)].map(async (one) => {
      const at = one as Address;
      const code = await reader.client.getCode({ address: at, blockNumber: reader.block });
      return code === undefined || code === "0x" ? undefined : at;
    }),
  );
  const contracts = helpers
    .filter((one) => one !== undefined && one !== own.implementation?.toLowerCase())
    .slice(0, MOST_HELPERS);
  const facts = await Promise.all(
    contracts.map(async (at) => ({ at: at as Address, facts: await readCodeFacts(reader, at as Address) })),
  );
  return [{ at: token, facts: { ...own, callers: asked } }, ...facts]
    .map(({ at, facts: { selectors, callers, declared, hashes } }) => ({ at, selectors, callers, declared, hashes }))
    .filter(({ selectors }) => selectors.length > 0);
}
