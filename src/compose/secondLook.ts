import type { Address } from "viem";
import type { Reader } from "../chain/reader.ts";
import { riskOf, type Scanner } from "../check/scanner.ts";
import { toProblem } from "../domain/error.ts";
import type { TokenRisk } from "../domain/evidence.ts";
import type { TokenScan } from "../domain/tokenRisk.ts";
import { readFingerprint } from "../risk/fingerprint.ts";
import { type Recheck, recheckToken } from "../risk/recheckToken.ts";

type Blocks = { readonly planned: Reader; readonly latest: Reader };

/**
 * What a bought token is right before sending. The scan of the plan's block holds where code and stored accounts are the same
 * at the latest one and the intended amount is bought and sold again there; anything else, and whatever could not be looked at,
 * is scanned anew at the latest block. Never throws: a failure is evidence, too.
 */
export function composeSecondLook(
  scanner: Scanner,
): (blocks: Blocks, token: Address, intended?: bigint) => Promise<TokenRisk> {
  return async ({ planned, latest }, token, intended) => {
    const anew = () => riskOf(scanner, latest, token, intended);
    if (intended === undefined || planned.blockHash === latest.blockHash) return await anew();
    const [{ scan }, again] = await Promise.all([
      riskOf(scanner, planned, token, intended),
      recheck({ planned, latest }, token, intended),
    ]);
    const known = scan === undefined || scan.verdict === "unknown" ? undefined : seenAgain(scan, again);
    return known === undefined ? await anew() : { token, scan: known };
  };
}

async function recheck({ planned, latest }: Blocks, token: Address, spend: bigint): Promise<Recheck> {
  try {
    const fingerprint = await readFingerprint(planned, token);
    return await recheckToken({ reader: latest, token, fingerprint, spend });
  } catch (error) {
    return { verdict: "unknown", block: latest.block, findings: [], reasons: [toProblem(error).message] };
  }
}

/**
 * The earlier scan with what the second look found; undefined where the earlier one cannot be relied on. It keeps its own block:
 * most of it was seen there. Where the second look blocks, what it saw at its block is all that counts.
 */
function seenAgain(scan: TokenScan, { verdict, block, findings }: Recheck): TokenScan | undefined {
  if (verdict === "block") return { ...scan, block: `${block}`, verdict, findings };
  if (verdict !== "holds") return undefined;
  const kept = scan.findings.filter(({ name }) => !findings.some((one) => one.name === name));
  const worst = findings.length > 0 && scan.verdict === "allow" ? "warn" : scan.verdict;
  return { ...scan, verdict: worst, findings: [...findings, ...kept] };
}
