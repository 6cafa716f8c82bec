import { readFileSync } from "node:fs";
import { Keystore } from "ox";
import {
  type Address,
  getAddress,
  type Hex,
  parseTransaction,
  recoverTransactionAddress,
  type TransactionSerializableEIP1559,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { ExternalSignerError, KeystoreError, RawKeyForbiddenError } from "./errors.ts";

const DEVNET_CHAIN_ID = 31337;

/** Signs transactions of one account. Holds the key, or a way to whoever holds it; never shows it. */
export type Signer = {
  readonly address: Address;
  signTransaction(transaction: TransactionSerializableEIP1559): Promise<Hex>;
};

/**
 * Signer of a raw private key, for the local chain only.
 * @throws {RawKeyForbiddenError} on every other chain.
 */
export function rawKeySigner(privateKey: Hex, chainId: number): Signer {
  if (chainId !== DEVNET_CHAIN_ID) throw new RawKeyForbiddenError(chainId);
  return fromPrivateKey(privateKey);
}

/**
 * Signer of a keystore v3 file (Web3 Secret Storage, scrypt or pbkdf2).
 * @throws {KeystoreError} when the file is missing, is not a keystore, or the password is wrong.
 */
export async function keystoreSigner(path: string, password: string): Promise<Signer> {
  const keystore = readKeystore(path);
  try {
    const key = await Keystore.toKeyAsync(keystore, { password });
    return fromPrivateKey(Keystore.decrypt(keystore, key));
  } catch (cause) {
    throw new KeystoreError(path, "the password is wrong or the file is damaged", cause);
  }
}

function readKeystore(path: string): Keystore.Keystore {
  try {
    const parsed = JSON.parse(readFileSync(path, "utf8")) as Keystore.Keystore;
    if (parsed.version !== 3 || parsed.crypto === undefined)
      throw new KeystoreError(path, "it is not a keystore of version 3");
    return parsed;
  } catch (cause) {
    if (cause instanceof KeystoreError) throw cause;
    throw new KeystoreError(path, "the file is missing or is not JSON", cause);
  }
}

/**
 * Signer behind JSON-RPC `eth_signTransaction` (Web3Signer, Clef). What comes back is checked: same sender, target,
 * value, data and nonce, or it is refused.
 */
export function externalSigner(url: string, address: Address): Signer {
  return {
    address: getAddress(address),
    signTransaction: async (transaction) => {
      const raw = await requestSignature(url, address, transaction);
      await assertSameTransaction(raw, address, transaction);
      return raw;
    },
  };
}

async function requestSignature(url: string, from: Address, transaction: TransactionSerializableEIP1559): Promise<Hex> {
  const hex = (value: bigint | number | undefined): Hex => `0x${(value ?? 0).toString(16)}`;
  const params = {
    from,
    to: transaction.to,
    data: transaction.data,
    value: hex(transaction.value),
    nonce: hex(transaction.nonce),
    gas: hex(transaction.gas),
    maxFeePerGas: hex(transaction.maxFeePerGas),
    maxPriorityFeePerGas: hex(transaction.maxPriorityFeePerGas),
    chainId: hex(transaction.chainId),
    type: "0x2",
  };
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_signTransaction", params: [params] }),
      signal: AbortSignal.timeout(60_000),
    });
    const body = (await response.json()) as { result?: Hex | { raw?: Hex }; error?: { message?: string } };
    const raw = typeof body.result === "string" ? body.result : body.result?.raw;
    if (raw === undefined) throw new ExternalSignerError(body.error?.message ?? `status ${response.status}`);
    return raw;
  } catch (cause) {
    if (cause instanceof ExternalSignerError) throw cause;
    throw new ExternalSignerError("it does not answer", cause);
  }
}

/** Fees, gas and type are compared too: a signer that raises them, or signs a delegation, spends what nobody asked for. */
async function assertSameTransaction(raw: Hex, from: Address, wanted: TransactionSerializableEIP1559): Promise<void> {
  const { signed, sender } = await readSigned(raw);
  const same =
    signed.type === "eip1559" &&
    sender.toLowerCase() === from.toLowerCase() &&
    signed.to?.toLowerCase() === wanted.to?.toLowerCase() &&
    (signed.value ?? 0n) === (wanted.value ?? 0n) &&
    (signed.data ?? "0x") === (wanted.data ?? "0x") &&
    (signed.nonce ?? 0) === (wanted.nonce ?? 0) &&
    signed.gas === wanted.gas &&
    (signed.maxFeePerGas ?? 0n) === (wanted.maxFeePerGas ?? 0n) &&
    (signed.maxPriorityFeePerGas ?? 0n) === (wanted.maxPriorityFeePerGas ?? 0n) &&
    (signed.accessList ?? []).length === 0 &&
    signed.chainId === wanted.chainId;
  if (!same) throw new ExternalSignerError("it returned another transaction than the one asked for");
}

async function readSigned(raw: Hex) {
  try {
    const sender = await recoverTransactionAddress({ serializedTransaction: raw as `0x02${string}` });
    return { signed: parseTransaction(raw), sender };
  } catch (cause) {
    throw new ExternalSignerError("what it returned is not a signed transaction", cause);
  }
}

function fromPrivateKey(privateKey: Hex): Signer {
  const account = privateKeyToAccount(privateKey);
  return { address: account.address, signTransaction: (transaction) => account.signTransaction(transaction) };
}
