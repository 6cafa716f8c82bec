import { readFileSync } from "node:fs";
import type { Address, Hex } from "viem";
import type { Config } from "../config.ts";
import { KeystoreError } from "../executor/errors.ts";
import { externalSigner, keystoreSigner, rawKeySigner, type Signer } from "../executor/signer.ts";
import type { ChainParts } from "./chain.ts";

/** The signer of the settings: keystore, external signer, raw key (local chain), or the local chain's first account. */
export async function composeSigner(config: Config, chain: ChainParts): Promise<Signer | undefined> {
  if (config.INTENDANT_KEYSTORE !== undefined) {
    return keystoreSigner(config.INTENDANT_KEYSTORE, readPassword(config.INTENDANT_KEYSTORE_PASSWORD_FILE ?? ""));
  }
  if (config.INTENDANT_SIGNER_URL !== undefined && config.INTENDANT_ACCOUNT !== undefined) {
    return externalSigner(config.INTENDANT_SIGNER_URL, config.INTENDANT_ACCOUNT as Address);
  }
  const key = config.INTENDANT_PRIVATE_KEY ?? chain.devnet?.accounts[0]?.privateKey;
  return key === undefined ? undefined : rawKeySigner(key as Hex, chain.chainId);
}

function readPassword(path: string): string {
  try {
    return readFileSync(path, "utf8").trimEnd();
  } catch (cause) {
    throw new KeystoreError(path, "its password file cannot be read", cause);
  }
}
