import { numberToHex } from "viem";
import { z } from "zod";
import type { Preview } from "../domain/preview.ts";
import { type IntentRecord, isPending } from "../domain/record.ts";
import { IntentStateError, LateBoundCallsError } from "../intents/errors.ts";

export type CallFormat = "eip5792" | "sequential" | "safe";

const quantity = z.string().regex(/^0x[0-9a-f]+$/);
const sent = z.object({ to: z.string(), value: quantity, data: z.string() });

/** `params[0]` of `wallet_sendCalls` 2.0.0 (EIP-5792). */
const sendCallsSchema = z.object({
  version: z.literal("2.0.0"),
  id: z.string(),
  from: z.string(),
  chainId: quantity,
  atomicRequired: z.boolean(),
  calls: z.array(sent),
});

const sequentialSchema = z.object({
  planHash: z.string(),
  transactions: z.array(sent.extend({ from: z.string(), chainId: quantity })),
});

/** A Safe transaction-builder batch, version 1.0. */
const safeSchema = z.object({
  version: z.literal("1.0"),
  chainId: z.string(),
  createdAt: z.number(),
  meta: z.object({ name: z.string(), description: z.string() }),
  transactions: z.array(z.object({ to: z.string(), value: z.string(), data: z.string() })),
});

export const unsignedCallsSchema = z.union([sendCallsSchema, sequentialSchema, safeSchema]);

export type UnsignedCalls = z.infer<typeof unsignedCallsSchema>;

/**
 * Unsigned calls of a plan for a wallet.
 *
 * eip5792: `params[0]` of `wallet_sendCalls` 2.0.0 with the plan hash as id, atomic. sequential: one
 * `eth_sendTransaction` request each, in order. safe: a Safe transaction-builder batch.
 *
 * @throws {IntentStateError} when the intent has no plan that passed the guards.
 * @throws {LateBoundCallsError} when amounts are filled while the plan runs.
 */
export function unsignedCalls(record: IntentRecord, format: CallFormat): UnsignedCalls {
  const { preview } = record;
  if (preview === undefined || !isPending(record.state)) throw new IntentStateError("handed to a wallet", record.state);
  if (preview.calls.some((call) => call.lateBound)) throw new LateBoundCallsError();
  if (format === "sequential") return sequential(preview);
  return format === "safe" ? safeBatch(preview, record.createdAt) : sendCalls(preview);
}

function sendCalls(preview: Preview): UnsignedCalls {
  return {
    version: "2.0.0",
    id: preview.planHash,
    from: preview.account,
    chainId: numberToHex(preview.chainId),
    atomicRequired: true,
    calls: preview.calls.map((call) => ({ to: call.to, value: numberToHex(BigInt(call.value)), data: call.data })),
  };
}

function sequential(preview: Preview): UnsignedCalls {
  const transactions = preview.calls.map((call) => ({
    from: preview.account,
    to: call.to,
    value: numberToHex(BigInt(call.value)),
    data: call.data,
    chainId: numberToHex(preview.chainId),
  }));
  return { planHash: preview.planHash, transactions };
}

function safeBatch(preview: Preview, createdAt: string): UnsignedCalls {
  return {
    version: "1.0",
    chainId: String(preview.chainId),
    createdAt: Date.parse(createdAt),
    meta: { name: preview.summary, description: `Intendant plan ${preview.planHash}` },
    transactions: preview.calls.map((call) => ({ to: call.to, value: call.value, data: call.data })),
  };
}
