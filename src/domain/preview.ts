import { z } from "zod";

const baseUnits = z
  .string()
  .regex(/^-?\d+$/)
  .describe("base units, decimal string");
const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/);
const hex = z.string().regex(/^0x[0-9a-fA-F]*$/);

export const findingSchema = z.object({
  code: z.string(),
  severity: z.enum(["info", "warn", "danger", "block"]),
  subject: z.string(),
  evidence: z.string(),
  source: z.string(),
});

const positionState = z.object({
  healthFactor: z.string().nullable(),
  ltv: z.string().nullable(),
  apy: z.string().nullable(),
});

/** The one object that every door shows before consent (api.md). Every amount is a string. */
export const previewSchema = z.object({
  planHash: hex,
  chainId: z.number(),
  account: address,
  summary: z.string(),
  block: z.string(),
  expiresAt: z.string(),
  calls: z.array(
    z.object({
      to: address,
      value: baseUnits,
      data: hex,
      label: z.string(),
      decoded: z.record(z.string(), z.string()).nullable(),
      gas: z.string(),
      /** True when an amount of this call is filled from what an earlier call really returned. */
      lateBound: z.boolean(),
    }),
  ),
  balanceChanges: z.array(
    z.object({
      asset: address,
      symbol: z.string(),
      decimals: z.number(),
      before: baseUnits.optional(),
      delta: baseUnits,
      usd: z.string().optional(),
      min: baseUnits.optional(),
    }),
  ),
  approvals: z.array(
    z.object({
      token: address,
      symbol: z.string(),
      spender: address,
      spenderLabel: z.string(),
      before: baseUnits,
      after: baseUnits,
      unlimited: z.boolean(),
    }),
  ),
  positions: z.array(
    z.object({
      protocol: z.string(),
      market: z.string().optional(),
      before: positionState,
      after: positionState,
      liquidationPrice: z.string().nullable(),
    }),
  ),
  fees: z.object({
    gas: z.string(),
    gasUsd: z.string(),
    protocolUsd: z.string().nullable(),
    breakEvenDays: z.string().nullable(),
  }),
  findings: z.array(findingSchema),
  assumptions: z.array(z.string()),
  resolutions: z.array(
    z.object({ said: z.string(), amount: z.string(), symbol: z.string(), source: z.string(), rounding: z.string() }),
  ),
  alternatives: z.array(
    z.object({
      label: z.string(),
      protocol: z.string(),
      asset: z.string().nullable(),
      netApy: z.string().nullable(),
      apy: z.string().nullable(),
      chosen: z.boolean(),
      reason: z.string(),
    }),
  ),
});

export type Preview = z.infer<typeof previewSchema>;
