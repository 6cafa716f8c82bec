import { keccak256, toHex } from "viem";
import { z } from "zod";
import { canonicalJson } from "../src/domain/json.ts";

const usd = z.string().regex(/^\d+(\.\d{1,8})?$/, 'a decimal string of US dollars such as "5000"');
const bps = z.number().int().min(0).max(10_000);

/** The owner's limits, as data. Versioned; unknown fields are refused so that a typo never loosens a limit. */
export const mandateSchema = z.strictObject({
  version: z.literal(1),
  chains: z.array(z.number().int().positive()).min(1),
  /** Protocol ids that may be used, or "*" for every protocol of the registry. */
  protocols: z.union([z.literal("*"), z.array(z.string())]),
  /**
   * Symbols or addresses that may be bought or received. "listed" = any token of the registry; "scanned" = those, and by a
   * swap any other that the token scanner does not block.
   */
  tokens: z.union([z.enum(["listed", "scanned"]), z.array(z.string())]),
  /** Tokens on no list that the owner vouches for: warnings of their scan are dismissed, and recorded; a block never is. */
  trustedTokens: z
    .array(
      z.strictObject({
        chainId: z.number().int().positive(),
        address: z.string().regex(/^0x[0-9a-fA-F]{40}$/),
        reason: z.string().trim().min(1).max(200),
      }),
    )
    .default([]),
  spend: z.strictObject({ perActionUsd: usd, perDayUsd: usd }),
  maxSlippageBps: bps,
  /** Price impact against the oracle: above warn → ask, above deny → deny. */
  priceImpact: z.strictObject({ warnBps: bps, denyBps: bps }),
  /** Decimal strings. Below warn → ask, below deny → deny; judged after the plan. */
  healthFactor: z.strictObject({ warn: z.string().regex(/^\d+(\.\d+)?$/), deny: z.string().regex(/^\d+(\.\d+)?$/) }),
  /** Owner's address book: recipients that count as named. */
  contacts: z.array(z.strictObject({ name: z.string(), address: z.string().regex(/^0x[0-9a-fA-F]{40}$/) })).default([]),
  /** US dollars: the first payment to somebody who is in no address book asks from here on. */
  newRecipientWarnUsd: usd.default("1000"),
  /**
   * Amounts said as a number. So many times what usually leaves of that token asks; a transfer of at least this share of
   * the balance asks.
   */
  amounts: z
    .strictObject({ timesUsual: z.number().int().min(2), largeShareBps: bps })
    .default({ timesUsual: 10, largeShareBps: 9_000 }),
  /** Value that all swaps of a plan together lose against the oracle: above warn → ask, above deny → deny. */
  valueLoss: z.strictObject({ warnBps: bps, denyBps: bps }).default({ warnBps: 1_000, denyBps: 2_000 }),
  /** US dollars that a sandwich could take of one swap: from `note` on it is shown, from `warn` on it asks. */
  sandwich: z.strictObject({ noteUsd: usd, warnUsd: usd }).default({ noteUsd: "5", warnUsd: "100" }),
  /** True: every plan asks for consent, whatever the verdict. */
  alwaysAsk: z.boolean().default(true),
});

export type Mandate = z.infer<typeof mandateSchema>;

/** Safe defaults for a new owner. */
export const defaultMandate: Mandate = {
  version: 1,
  chains: [31337, 1, 8453, 42161, 10, 137],
  protocols: "*",
  tokens: "scanned",
  trustedTokens: [],
  spend: { perActionUsd: "50000", perDayUsd: "100000" },
  maxSlippageBps: 100,
  priceImpact: { warnBps: 300, denyBps: 1000 },
  healthFactor: { warn: "1.5", deny: "1.1" },
  contacts: [],
  newRecipientWarnUsd: "1000",
  amounts: { timesUsual: 10, largeShareBps: 9_000 },
  valueLoss: { warnBps: 1_000, denyBps: 2_000 },
  sandwich: { noteUsd: "5", warnUsd: "100" },
  alwaysAsk: true,
};

/** keccak256 of the canonical mandate: stands in every verdict. */
export function mandateHash(mandate: Mandate): string {
  return keccak256(toHex(canonicalJson(mandate)));
}
