import type { Address, Hex } from "viem";
import { z } from "zod";
import { addressSchema } from "../domain/address.ts";
import { MAX_UINT256 } from "../domain/effect.ts";

/** Most calls and authorisations of one request, and most bytes of one call: nodes take no transaction above 128 KiB (geth, txMaxSize). */
const MOST_CALLS = 32;
const MOST_AUTHORIZATIONS = 16;
const MOST_BYTES = 131_072;
/** Values inside typed data, and how deep they may lie. */
const MOST_VALUES = 5_000;
const DEEPEST = 24;

const WHOLE = 'a whole number, as a decimal or 0x string such as "1000000000000000000"';
const uint256 = z
  .union([
    z.string().regex(/^(?:0|[1-9]\d{0,77}|0x[0-9a-fA-F]{1,64})$/, WHOLE),
    z.number().int(WHOLE).nonnegative(WHOLE).safe(WHOLE),
  ])
  .transform((value) => BigInt(value))
  .refine((value) => value <= MAX_UINT256, "a number of at most 256 bits");
const bytes = z
  .string()
  .max(2 + 2 * MOST_BYTES, `at most ${MOST_BYTES} bytes of calldata`)
  .regex(/^0x(?:[0-9a-fA-F]{2})*$/, "0x and an even number of hex digits")
  .transform((text) => text.toLowerCase() as Hex);

const call = z.strictObject({
  to: addressSchema,
  data: bytes.default("0x"),
  value: uint256.default(0n).describe("wei, decimal or 0x string"),
});
const authorization = z.strictObject({
  chainId: uint256,
  address: addressSchema.describe("the contract whose code the account is to run"),
  nonce: uint256.optional(),
  // A signed one says nothing more about what it does.
  yParity: uint256.optional(),
  v: uint256.optional(),
  r: z.string().max(66).optional(),
  s: z.string().max(66).optional(),
});
const typedData = z
  .looseObject({
    types: z.record(z.string().max(200), z.array(z.object({ name: z.string(), type: z.string() })).max(200)),
    primaryType: z.string().min(1).max(200),
    domain: z.record(z.string(), z.unknown()),
    message: z.record(z.string(), z.unknown()),
  })
  .refine(isSmall, `at most ${MOST_VALUES} values, ${DEEPEST} deep`);

/** Body of POST /v1/check: what a wallet is asked to send or to sign. */
export const checkRequestSchema = z
  .strictObject({
    account: addressSchema.describe("who would send or sign it"),
    chainId: uint256.optional().describe("refused when another chain is served here"),
    calls: z.array(call).min(1).max(MOST_CALLS).optional(),
    typedData: typedData.optional().describe("EIP-712, as eth_signTypedData_v4 takes it"),
    authorizations: z
      .array(authorization)
      .min(1)
      .max(MOST_AUTHORIZATIONS)
      .optional()
      .describe("EIP-7702, alone or beside calls"),
  })
  .refine(
    ({ calls, typedData: signed, authorizations }) =>
      (signed === undefined) !== (calls === undefined && authorizations === undefined),
    {
      message: "send typedData, or calls and authorizations (one of them or both)",
    },
  );

export type CheckRequest = z.output<typeof checkRequestSchema>;
export type CheckedCall = { readonly to: Address; readonly data: Hex; readonly value: bigint };

/** Counted without recursion: a body of a mebibyte can nest half a million arrays. */
function isSmall(input: unknown): boolean {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: input, depth: 0 }];
  let seen = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== "object" || value === null) continue;
    const inside = Object.values(value);
    seen += inside.length;
    if (seen > MOST_VALUES || (depth > DEEPEST && inside.length > 0)) return false;
    for (const one of inside) open.push({ value: one, depth: depth + 1 });
  }
  return true;
}
