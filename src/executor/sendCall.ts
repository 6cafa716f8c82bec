import { type Address, BaseError, type Hex, isHex, keccak256, type TransactionReceipt } from "viem";
import type { Client } from "../chain/reader.ts";
import { decodeRevert } from "../chain/revert.ts";
import { applyBindings, resolveBindings } from "../domain/bind.ts";
import type { Call } from "../domain/call.ts";
import { IntendantError, stripSecrets } from "../domain/error.ts";
import type { Plan } from "../domain/plan.ts";
import type { Receipt } from "../domain/receipt.ts";
import {
  BindingOutOfBoundsError,
  CallWouldRevertError,
  ExecutionPendingError,
  FeeTooHighError,
  NonceConflictError,
} from "./errors.ts";
import type { ExecutorDeps } from "./execute.ts";
import { gasLimit } from "./gasLimit.ts";
import { toReceipt } from "./toReceipt.ts";

/**
 * Most that a fee may be above the one that the owner saw: the base fee grows by at most 1/8 a block (EIP-1559), 3.2 times
 * in the ten blocks that a plan lives. Above it the endpoint errs or lies, and the difference would be lost for good.
 */
const FEE_CEILING_FACTOR = 4n;
/** 10 gwei: where gas costs next to nothing, no ceiling is needed. */
const FEE_CEILING_FLOOR_WEI = 10_000_000_000n;

type Step = { readonly plan: Plan; readonly callIndex: number; readonly receipts: readonly Receipt[] };

/**
 * Sends one call of a plan: fill bindings, estimate, sign, journal (flushed), broadcast, wait, record.
 * The journal line stands on the disk before the first byte leaves.
 */
export async function sendCall(deps: ExecutorDeps, step: Step): Promise<Receipt> {
  const call = bindCall(step);
  const { raw, nonce } = await signCall(deps, step, call);
  const txHash = keccak256(raw);
  deps.journal.append({ type: "sending", planId: step.plan.id, callIndex: step.callIndex, nonce, txHash, raw });
  deps.onProgress?.({ type: "sent", callIndex: step.callIndex, txHash });
  await broadcast(deps.client, raw, txHash);
  return await awaitMined(deps, step, { txHash, nonce });
}

/** Waits for a journaled transaction, records it, and returns its receipt. */
export async function awaitMined(
  deps: ExecutorDeps,
  step: Pick<Step, "plan" | "callIndex">,
  sent: { readonly txHash: Hex; readonly nonce: number },
): Promise<Receipt> {
  const mined = await waitForReceipt(deps, sent.txHash);
  if (mined.transactionHash !== sent.txHash) throw new NonceConflictError(sent.nonce, sent.txHash);
  const receipt = await recordMined(deps, step, mined);
  deps.onProgress?.({ type: "mined", callIndex: step.callIndex, receipt });
  return receipt;
}

/** A mined call whose record fails (chain read, disk, database) stays open: it must never count as "not sent". */
async function recordMined(
  deps: ExecutorDeps,
  step: Pick<Step, "plan" | "callIndex">,
  mined: TransactionReceipt,
): Promise<Receipt> {
  try {
    const receipt = await toReceipt(deps, step, mined);
    deps.journal.append({ type: "mined", planId: step.plan.id, receipt });
    await deps.executions.addReceipt(receipt);
    return receipt;
  } catch (cause) {
    throw new ExecutionPendingError(mined.transactionHash, cause);
  }
}

/** Broadcasts a signed transaction; a node that already knows it counts as success. */
export async function broadcast(client: Client, raw: Hex, txHash: Hex): Promise<void> {
  try {
    await client.sendRawTransaction({ serializedTransaction: raw });
  } catch (error) {
    // The answer may have been lost after the node took it: only the chain can tell, so ask it before giving up.
    if (!(await isKnown(client, txHash))) throw new ExecutionPendingError(txHash, error);
  }
}

/** True when the node knows the transaction, mined or pending. */
export async function isKnown(client: Client, txHash: Hex): Promise<boolean> {
  try {
    await client.getTransaction({ hash: txHash });
    return true;
  } catch (error) {
    if (error instanceof BaseError && error.name === "TransactionNotFoundError") return false;
    throw new ExecutionPendingError(txHash, error);
  }
}

function bindCall({ plan, callIndex, receipts }: Step): Call {
  const planned = plan.calls[callIndex];
  if (planned === undefined) throw new BindingOutOfBoundsError([`call ${callIndex} does not exist`]);
  const bound = resolveBindings(planned, (index) => receipts.find((receipt) => receipt.callIndex === index)?.changes);
  const outside = bound.filter((entry) => !entry.inBounds);
  if (outside.length > 0) {
    throw new BindingOutOfBoundsError(
      outside.map(({ amount, binding }) => `${planned.label}: ${amount} outside ${binding.min} to ${binding.max}`),
    );
  }
  return applyBindings(planned, bound);
}

async function signCall(
  deps: ExecutorDeps,
  step: Step,
  call: Call,
): Promise<{ readonly raw: Hex; readonly nonce: number }> {
  const { client, signer } = deps;
  const [gas, fees, nonce, plannedWei] = await Promise.all([
    estimateGas(deps, step, call),
    client.estimateFeesPerGas({ type: "eip1559" }),
    client.getTransactionCount({ address: signer.address, blockTag: "pending" }),
    deps.plannedGasPriceWei(step.plan),
  ]);
  const ceilingWei =
    plannedWei * FEE_CEILING_FACTOR > FEE_CEILING_FLOOR_WEI ? plannedWei * FEE_CEILING_FACTOR : FEE_CEILING_FLOOR_WEI;
  if (fees.maxFeePerGas > ceilingWei) throw new FeeTooHighError(fees.maxFeePerGas, ceilingWei);
  const raw = await signer.signTransaction({
    type: "eip1559",
    chainId: step.plan.chainId,
    to: call.to,
    data: call.data,
    value: call.value,
    nonce,
    gas,
    maxFeePerGas: fees.maxFeePerGas,
    maxPriorityFeePerGas: fees.maxPriorityFeePerGas,
  });
  return { raw, nonce };
}

/** The limit for what the node estimates. A revert here costs nothing. */
async function estimateGas({ client, signer }: ExecutorDeps, step: Step, call: Call): Promise<bigint> {
  try {
    return gasLimit(await client.estimateGas({ account: signer.address as Address, ...call }), call.data);
  } catch (error) {
    // An endpoint that does not answer says nothing about the call.
    if (error instanceof IntendantError) throw error;
    throw new CallWouldRevertError(step.plan.calls[step.callIndex]?.label ?? `call ${step.callIndex}`, whyNot(error));
  }
}

/** What the revert says where the node gave its data, else the node's own line. */
function whyNot(error: unknown): string {
  if (!(error instanceof BaseError)) return stripSecrets(String(error));
  const holder = error.walk((cause) => isHex((cause as { data?: unknown }).data)) as { data?: Hex } | null;
  if (holder?.data !== undefined && holder.data !== "0x") return decodeRevert(holder.data).message;
  return stripSecrets(error.details || error.shortMessage);
}

async function waitForReceipt(deps: ExecutorDeps, hash: Hex): Promise<TransactionReceipt> {
  try {
    return await deps.client.waitForTransactionReceipt({
      hash,
      timeout: deps.receiptTimeoutMs,
      pollingInterval: deps.pollingIntervalMs,
      confirmations: deps.confirmations,
    });
  } catch (cause) {
    throw new ExecutionPendingError(hash, cause);
  }
}
