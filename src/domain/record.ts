import { z } from "zod";
import { constraintsSchema, understandingSchema } from "./intent.ts";
import { findingSchema, previewSchema } from "./preview.ts";

/** Life of an intent (api.md). */
export const recordStates = [
  "received",
  "clarifying",
  "answered",
  "refused",
  "planned",
  "simulated",
  "blocked",
  "awaiting_approval",
  "handed_to_wallet",
  "submitted",
  "confirmed",
  "partially_confirmed",
  "reverted",
  "rejected",
  "expired",
  "cancelled",
  "failed",
] as const;

export type RecordState = (typeof recordStates)[number];

/** States from which nothing follows without the caller. */
const unsettled: ReadonlySet<RecordState> = new Set(["received", "planned", "simulated", "submitted"]);

/** True when no further step happens without the caller. */
export function isSettled(state: RecordState): boolean {
  return !unsettled.has(state);
}

/** States in which a plan may still be approved, handed to a wallet or cancelled. */
export function isPending(state: RecordState): boolean {
  return state === "awaiting_approval" || state === "handed_to_wallet";
}

export const problemSchema = z.object({
  code: z.string(),
  message: z.string(),
  facts: z.array(z.string()),
  retry: z.enum(["never", "same", "fresh-quote"]),
});

export const receiptSchema = z.object({
  callIndex: z.number(),
  label: z.string(),
  txHash: z.string(),
  block: z.string(),
  status: z.enum(["success", "reverted"]),
  gasUsed: z.string(),
  gasPriceWei: z.string(),
  changes: z.array(z.object({ asset: z.string(), symbol: z.string(), decimals: z.number(), delta: z.string() })),
  deviations: z.array(z.string()),
});

export const usageSchema = z.object({
  id: z.string(),
  at: z.string(),
  intentId: z.string().optional(),
  modelSha256: z.string(),
  modelName: z.string(),
  promptTokens: z.number(),
  completionTokens: z.number(),
  milliseconds: z.number(),
  device: z.string(),
  gpuLayers: z.number(),
});

export const verdictSchema = z.object({
  decision: z.enum(["allow", "ask", "deny"]),
  findings: z.array(findingSchema),
  mandateHash: z.string(),
  policies: z.array(z.string()),
});

/** What the doors return for one intent. */
export const recordSchema = z.object({
  id: z.string(),
  state: z.enum(recordStates),
  account: z.string(),
  chainId: z.number(),
  mode: z.enum(["plan", "wallet", "auto"]),
  thread: z.string().optional(),
  text: z.string().optional(),
  /** The conversation this intent was read from, as the caller sent it. */
  messages: z
    .array(z.object({ role: z.enum(["user", "assistant", "system", "tool"]), content: z.string() }))
    .optional(),
  /** Limits of the request, over and above those in the words. */
  constraints: constraintsSchema.optional(),
  createdAt: z.string(),
  updatedAt: z.string(),
  understanding: understandingSchema.optional(),
  groundings: z
    .array(
      z.object({
        field: z.string(),
        value: z.string(),
        turn: z.number(),
        start: z.number(),
        end: z.number(),
        text: z.string(),
      }),
    )
    .optional(),
  plan: z.object({ id: z.string(), expiresAt: z.string(), block: z.string(), calls: z.number() }).optional(),
  preview: previewSchema.optional(),
  verdict: verdictSchema.optional(),
  /** The yes that was given: to which plan, and which warnings were read with it. */
  consent: z.object({ planHash: z.string(), acknowledged: z.array(z.string()) }).optional(),
  question: z
    .object({ prompt: z.string(), missing: z.array(z.string()), options: z.array(z.string()).optional() })
    .optional(),
  /** `source` says where the facts were read: contracts, our own records. */
  answer: z
    .object({
      text: z.string(),
      facts: z.array(z.string()),
      block: z.string().optional(),
      source: z.string().optional(),
    })
    .optional(),
  receipts: z.array(receiptSchema),
  usage: z.array(usageSchema),
  error: problemSchema.optional(),
});

export type IntentRecord = z.infer<typeof recordSchema>;
export type Mode = IntentRecord["mode"];
