import type { Address } from "viem";
import type { Reader } from "../chain/reader.ts";
import type { RiskFinding, RiskVerdict, TokenScan, Unchecked } from "../domain/tokenRisk.ts";
import { type ActiveRequest, activeTraps, freshAccount } from "./activeTraps.ts";
import { readCodeFacts } from "./codeFacts.ts";
import { ProbeUnavailableError } from "./errors.ts";
import { judgeIdentity } from "./identity.ts";
import { judgeLatent } from "./judgeLatent.ts";
import { latentTraps } from "./latentTraps.ts";
import { readMetadata } from "./metadata.ts";
import { type PowerHolder, readHolder } from "./readHolder.ts";
import { runSale } from "./saleRun.ts";
import { readTargets } from "./targets.ts";
import { findPair } from "./trade.ts";
import type { TradePair } from "./types.ts";

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
    const later = await powers(now, buyer);
    return end([...identity, ...active, ...later.findings], later.unchecked);
  } catch (error) {
    if (error instanceof ProbeUnavailableError) return end(identity, [{ check: "trading", why: error.message }]);
    throw error;
  }
}

type Powers = { readonly findings: readonly RiskFinding[]; readonly unchecked: readonly Unchecked[] };

async function powers({ reader, token, pair }: ActiveRequest, buyer: Address): Promise<Powers> {
  const [targets, facts] = await Promise.all([readTargets(reader, { token, pair }), readCodeFacts(reader, token)]);
  const proxy = await proxyFindings(reader, facts.implementation, facts.admin);
  const run = await saleThatWorks(reader, { token, pair, buyer });
  if (run === undefined)
    return {
      findings: proxy,
      unchecked: [{ check: "powers of owners", why: "nothing can be sold even without them" }],
    };
  const [stranger, friend] = [freshAccount(), freshAccount()];
  const found = await latentTraps({ run, targets, stranger, friend });
  const holders = new Map<string, PowerHolder>();
  for (const { caller } of found) if (!holders.has(caller)) holders.set(caller, await readHolder(reader, caller));
  const judged = judgeLatent(found, {
    token,
    seller: buyer,
    declared: new Set(
      [...facts.declared, ...targets.slice(1).flatMap(({ declared }) => declared)].map((one) => one.toLowerCase()),
    ),
    holderOf: (account) => holders.get(account) ?? { kind: "key" },
  });
  return {
    findings: judged.some(({ name }) => name === "is_proxy") ? judged : [...proxy, ...judged],
    unchecked: facts.unread.map((why) => ({ check: "powers of owners", why })),
  };
}

async function saleThatWorks(
  reader: Reader,
  { token, pair, buyer }: { readonly token: Address; readonly pair: TradePair; readonly buyer: Address },
) {
  const spend = pair.path.length === 2 ? pair.baseReserve / 10_000n : 10n ** 15n;
  const base = { reader, token, pair, buyer, spend, parts: [5_000n] } as const;
  const { bought = 0n } = await runSale({ ...base, bought: 0n, parts: [] });
  if (bought === 0n) return undefined;
  const run = { ...base, bought };
  const { sales } = await runSale(run);
  return sales[0]?.ok === true ? run : undefined;
}

/** Code that can be exchanged is a power over everything; whose it is decides how much it counts. */
async function proxyFindings(
  reader: Reader,
  implementation: Address | undefined,
  admin: Address | undefined,
): Promise<readonly RiskFinding[]> {
  if (implementation === undefined || admin === undefined) return [];
  const { kind } = await readHolder(reader, admin);
  return [{ name: "is_proxy", severity: "warn", evidence: `its code can be exchanged by ${admin}, a ${kind}` }];
}

function verdictOf(findings: readonly RiskFinding[], unchecked: readonly Unchecked[]): RiskVerdict {
  const worst = (...severities: readonly RiskFinding["severity"][]) =>
    findings.some(({ severity }) => severities.includes(severity));
  if (worst("block", "danger")) return "block";
  if (unchecked.length > 0) return "unknown";
  return worst("warn") ? "warn" : "allow";
}
