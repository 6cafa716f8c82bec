import { numberToHex } from "viem";
import type { Preview } from "../domain/preview.ts";
import { type IntentRecord, isPending } from "../domain/record.ts";
import { IntentStateError, LateBoundCallsError } from "../intents/errors.ts";

export type CallFormat = "eip5792" | "sequential" | "safe";

/**
 * Unsigned calls of a plan for a wallet.
 *
 * eip5792: `params[0]` of `wallet_sendCalls` 2.0.0 (EIP-5792) with the plan hash as id, atomic. sequential: one
 * `eth_sendTransaction` request each, in order. safe: a Safe transaction-builder batch (version 1.0).
 *
 * @throws {IntentStateError} when the intent has no plan that passed the guards.
 * @throws {LateBoundCallsError} when amounts are filled while the plan runs.
 */
export function unsignedCalls(record: IntentRecord, format: CallFormat): Record<string, unknown> {
  const { preview } = record;
  if (preview === undefined || !isPending(record.state)) throw new IntentStateError("handed to a wallet", record.state);
  if (preview.calls.some((call) => call.lateBound)) throw new LateBoundCallsError();
  if (format === "sequential") return sequential(preview);
  return format === "safe" ? safeBatch(preview) : sendCalls(preview);
}

function sendCalls(preview: Preview): Record<string, unknown> {
  return {
    version: "2.0.0",
    id: preview.planHash,
    from: preview.account,
    chainId: numberToHex(preview.chainId),
    atomicRequired: true,
    calls: preview.calls.map((call) => ({ to: call.to, value: numberToHex(BigInt(call.value)), data: call.data })),
  };
}

function sequential(preview: Preview): Record<string, unknown> {
  const transactions = preview.calls.map((call) => ({
    from: preview.account,
    to: call.to,
    value: numberToHex(BigInt(call.value)),
    data: call.data,
    chainId: numberToHex(preview.chainId),
  }));
  return { planHash: preview.planHash, transactions };
}

function safeBatch(preview: Preview): Record<string, unknown> {
  return {
    version: "1.0",
    chainId: String(preview.chainId),
    createdAt: 0,
    meta: { name: preview.summary, description: `Intendant plan ${preview.planHash}` },
    transactions: preview.calls.map((call) => ({ to: call.to, value: call.value, data: call.data })),
  };
}
