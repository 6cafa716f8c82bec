import type { Address } from "viem";
import type { Reader } from "../chain/reader.ts";
import type { RiskFinding, RiskVerdict, TokenScan, Unchecked } from "../domain/tokenRisk.ts";
import { activeTraps, freshAccount } from "./activeTraps.ts";
import { ProbeUnavailableError } from "./errors.ts";
import { judgeIdentity } from "./identity.ts";
import { readMetadata } from "./metadata.ts";
import { readPowers } from "./powers.ts";
import { findPair } from "./trade.ts";

export type ScanRequest = {
  readonly reader: Reader;
  readonly token: Address;
  /** Wei that the owner means to spend on it. */
  readonly intended?: bigint;
};

/**
 * Buys and sells a token in a sandbox on top of the reader's block, now and after what its privileged accounts could do, and
 * says what it found, with the calls that show it. What could not be tried is `unchecked`, and then the verdict is never
 * "allow". Works on any node with `eth_simulateV1`; sends nothing.
 */
export async function scanToken({ reader, token, intended }: ScanRequest): Promise<TokenScan> {
  const of = { token, chainId: reader.chainId, block: reader.block.toString() };
  const end = (findings: readonly RiskFinding[], unchecked: readonly Unchecked[]): TokenScan => ({
    ...of,
    findings,
    unchecked,
    verdict: verdictOf(findings, unchecked),
  });
  const code = await reader.client.getCode({ address: token, blockNumber: reader.block });
  if (code === undefined || code === "0x") return end([], [{ check: "everything", why: "there is no contract" }]);
  const metadata = await readMetadata(reader, token);
  const identity = judgeIdentity({ token, metadata, listed: reader.tokens.all });
  const pair = await findPair(reader, token);
  if (pair === undefined) return end(identity, [{ check: "trading", why: "no Uniswap v2 pair leads to it" }]);
  const buyer = freshAccount();
  const now = { reader, token, pair, accounts: [buyer, freshAccount()] as const };
  try {
    const active = await activeTraps({ ...now, ...(intended === undefined ? {} : { intended }) });
    const later = await readPowers({ reader, token, pair, buyer });
    const issuer = reader.tokens.byAddress(token) === undefined ? undefined : "the issuer of a listed token";
    return end([...identity, ...active, ...heldBy(issuer, later.findings)], later.unchecked);
  } catch (error) {
    if (error instanceof ProbeUnavailableError) return end(identity, [{ check: "trading", why: error.message }]);
    throw error;
  }
}

/** Powers over a token that the chain's list knows by address are its issuer's: told, and no objection. */
function heldBy(issuer: string | undefined, findings: readonly RiskFinding[]): readonly RiskFinding[] {
  return issuer === undefined
    ? findings
    : findings.map((one) => ({ ...one, severity: "info", evidence: `${one.evidence}; this is a power of ${issuer}` }));
}

function verdictOf(findings: readonly RiskFinding[], unchecked: readonly Unchecked[]): RiskVerdict {
  const worst = (...severities: readonly RiskFinding["severity"][]) =>
    findings.some(({ severity }) => severities.includes(severity));
  if (worst("block", "danger")) return "block";
  if (unchecked.length > 0) return "unknown";
  return worst("warn") ? "warn" : "allow";
}
