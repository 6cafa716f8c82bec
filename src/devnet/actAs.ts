import { setTimeout as sleep } from "node:timers/promises";
import { type Address, type Client, encodeFunctionData, type Hex } from "viem";
import { IntendantError } from "../domain/error.ts";
import { type BuildCall, DevnetRpcError, request } from "./build/builder.ts";

const GAS: Hex = "0x1c9c380"; // 30M
/** Below this an account gets {@link GIVEN_WEI}. */
const POOR_WEI = 10n ** 18n;
const MINING_TIMEOUT_MS = 5_000;
const RECEIPT_POLL_MS = 10;
const GIVEN_WEI: Hex = "0x3635c9adc5dea00000"; // 1000 ether

type Receipt = { readonly status: Hex; readonly transactionHash: Hex } | null;

/**
 * Sends a call as any account of the local chain, by impersonation, and waits until it is mined.
 * Only for moving the chain around an agent under test; the agent itself signs.
 *
 * @throws DevnetActionError when the call reverts.
 */
export async function actAs(client: Client, from: Address, call: Omit<BuildCall, "from">): Promise<Hex> {
  const data = encodeFunctionData({ abi: call.abi, functionName: call.fn, args: [...(call.args ?? [])] });
  const transaction = { from, to: call.to, data, gas: GAS, value: `0x${(call.value ?? 0n).toString(16)}` };
  await request(client, "anvil_impersonateAccount", [from]);
  try {
    await ensureGasMoney(client, from);
    const hash = await request<Hex>(client, "eth_sendTransaction", [transaction]);
    const receipt = await mined(client, hash);
    if (receipt?.status === "0x1") return hash;
    if (receipt === null) throw new DevnetActionError(call.fn, `not mined within ${MINING_TIMEOUT_MS} ms`);
    throw new DevnetActionError(call.fn, await reason(client, transaction));
  } finally {
    await request(client, "anvil_stopImpersonatingAccount", [from]);
  }
}

async function ensureGasMoney(client: Client, from: Address): Promise<void> {
  const balance = await request<Hex>(client, "eth_getBalance", [from, "latest"]);
  if (BigInt(balance) < POOR_WEI) await request(client, "anvil_setBalance", [from, GIVEN_WEI]);
}

/** The receipt; mines a block where the node does not do so by itself. */
async function mined(client: Client, hash: Hex): Promise<Receipt> {
  if (!(await request<boolean>(client, "anvil_getAutomine", []))) await request(client, "evm_mine", []);
  const read = () => request<Receipt>(client, "eth_getTransactionReceipt", [hash]);
  const deadline = Date.now() + MINING_TIMEOUT_MS;
  let receipt = await read();
  while (receipt === null && Date.now() < deadline) {
    await sleep(RECEIPT_POLL_MS);
    receipt = await read();
  }
  return receipt;
}

async function reason(client: Client, transaction: object): Promise<string> {
  try {
    await request(client, "eth_call", [transaction, "latest"]);
    return "reverted in its block, passes after it";
  } catch (error) {
    return error instanceof DevnetRpcError ? error.reason : "reverted";
  }
}

/** A scripted action on the local chain reverted. */
export class DevnetActionError extends IntendantError {
  readonly code = "devnet_action_failed";
  constructor(action: string, why: string) {
    super(`The scripted action "${action}" reverted; check its amount against balances and caps.`, { facts: [why] });
  }
}

/** Something was asked for that the local chain does not have. */
export class DevnetUnknownError extends IntendantError {
  readonly code = "devnet_unknown";
  constructor(kind: string, name: string, known: readonly string[]) {
    super(`The local chain has no ${kind} "${name}"; use one of those listed.`, { facts: [known.join(", ")] });
  }
}
