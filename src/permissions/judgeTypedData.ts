import { isAddressEqual } from "viem";
import type { Finding } from "../domain/verdict.ts";
import { judgePermissions, type PermissionFacts } from "./judgePermissions.ts";
import { permissionsOfTypedData, readTypedData, type TypedData } from "./permissionsOfTypedData.ts";

/**
 * Findings on a typed-data signature: what it permits, and whether its domain is this chain and a contract. A signature
 * for another chain is of no use to an honest page here, and one without a chain id can be used on all of them.
 */
export function judgeTypedData(input: unknown, facts: PermissionFacts): readonly Finding[] {
  const found = judgePermissions(permissionsOfTypedData(input), facts);
  const data = readTypedData(input);
  return data === undefined ? found : [...found, ...judgeDomain(data.domain, facts)];
}

type Domain = TypedData["domain"];

function judgeDomain({ chainId, verifyingContract }: Domain, { chainId: here, standing, owner }: PermissionFacts) {
  const found: Finding[] = [];
  const say = (code: string, severity: Finding["severity"], evidence: string) =>
    found.push({
      code: `permission.${code}`,
      severity,
      subject: verifyingContract ?? "signature",
      evidence,
      source: "permissions",
    });
  if (chainId !== undefined && chainId !== BigInt(here))
    say("wrong-chain", "danger", `the signature is for chain ${chainId}, this is chain ${here}`);
  if (chainId === undefined) say("any-chain", "warn", "the signature names no chain: it may be used on others");
  if (verifyingContract !== undefined && isAddressEqual(verifyingContract, owner))
    say("wrong-contract", "danger", "the signature is for the account itself");
  else if (verifyingContract !== undefined && standing(verifyingContract) === "key")
    say("wrong-contract", "danger", `there is no contract at ${verifyingContract}`);
  return found;
}
