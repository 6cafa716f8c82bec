import { type Address, hashTypedData, type TypedDataDefinition } from "viem";
import type { Reader } from "../chain/reader.ts";
import { knownAddresses } from "../evidence/knownAddresses.ts";
import { judgeTypedData } from "../permissions/judgeTypedData.ts";
import { callOfTypedData, permissionsOfTypedData, readTypedData } from "../permissions/permissionsOfTypedData.ts";
import { checkCalls } from "./checkCalls.ts";
import { readFacts } from "./readFacts.ts";
import { say } from "./say.ts";
import type { CheckDeps, Looked } from "./types.ts";

type Signed = { readonly account: Address; readonly typedData: unknown };

/**
 * What a typed-data signature lets others do: its domain, what it permits, and, where it carries a call (a Safe's transaction,
 * an ERC-2771 request), what that call does in the name of the account it is for.
 *
 * @throws {RpcUnavailableError}
 */
export async function checkTypedData(deps: CheckDeps, reader: Reader, signed: Signed): Promise<Looked> {
  const { account, typedData } = signed;
  if (!isHashable(typedData))
    return {
      findings: [
        say("not-eip712", "block", "signature", "it is no valid EIP-712 data: wallets differ in what they would sign"),
      ],
      unchecked: [],
    };
  const verifyingContract = readTypedData(typedData)?.domain.verifyingContract;
  const facts = await readFacts({
    reader,
    owner: account,
    nowSeconds: deps.nowSeconds(),
    permissions: permissionsOfTypedData(typedData),
    more: verifyingContract === undefined ? [] : [verifyingContract],
    known: knownAddresses(reader, deps.protocols),
    prices: deps.prices,
  });
  const findings = judgeTypedData(typedData, facts);
  const inner = callOfTypedData(typedData);
  if (inner === undefined || inner.delegated) return { findings, unchecked: [] };
  const carried = await checkCalls(deps, reader, { account: inner.account, calls: [inner.call] });
  return { ...carried, findings: unique([...findings, ...carried.findings]) };
}

/** Types and values fit, so that every wallet hashes the same bytes. */
function isHashable(typedData: unknown): boolean {
  try {
    return hashTypedData(typedData as TypedDataDefinition) !== "0x";
  } catch {
    return false;
  }
}

/** Permissions of a carried call are found from both ends. */
function unique(findings: Looked["findings"]): Looked["findings"] {
  return [...new Map(findings.map((one) => [`${one.code} ${one.subject} ${one.evidence}`, one])).values()];
}
