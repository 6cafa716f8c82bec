import type { Address } from "viem";
import type { Reader } from "../chain/reader.ts";
import type { RiskFinding } from "../domain/tokenRisk.ts";
import { freshAccount, judgeOneSale, runSized } from "./activeTraps.ts";
import { ProbeUnavailableError } from "./errors.ts";
import { changesSince, type Fingerprint } from "./fingerprint.ts";
import { findPair } from "./trade.ts";

export type RecheckRequest = {
  readonly reader: Reader;
  readonly token: Address;
  /** Taken beside the scan that is to be relied on. */
  readonly fingerprint: Fingerprint;
  /** Wei that the owner is about to spend. */
  readonly spend: bigint;
};

/** `holds`: the earlier scan may be relied on; `rescan`: something that it rests on is another; `unknown`: could not look. */
export type Recheck = {
  readonly verdict: "holds" | "rescan" | "block" | "unknown";
  readonly block: bigint;
  readonly findings: readonly RiskFinding[];
  /** What changed, or why nothing could be seen. */
  readonly reasons: readonly string[];
};

/**
 * Right before a trade of a scanned token: its code, its proxy's code and the accounts in its storage are still the same, and
 * the intended amount can be bought and nine tenths of it sold again at this block. Taxes from 10 % are findings, from 30 % they
 * block. What changed in between without a trace in those, a limit or a tax, shows in the sale.
 */
export async function recheckToken({ reader, token, fingerprint, spend }: RecheckRequest): Promise<Recheck> {
  const of = { block: reader.block };
  try {
    const [reasons, pair] = await Promise.all([changesSince(reader, token, fingerprint), findPair(reader, token)]);
    if (pair === undefined)
      return { ...of, verdict: "unknown", findings: [], reasons: ["no pair leads to it any more"] };
    const findings = judgeOneSale(await runSized({ reader, token, pair, buyer: freshAccount() }, spend));
    const blocks = findings.some(({ severity }) => severity === "block" || severity === "danger");
    return { ...of, verdict: blocks ? "block" : reasons.length > 0 ? "rescan" : "holds", findings, reasons };
  } catch (error) {
    if (error instanceof ProbeUnavailableError)
      return { ...of, verdict: "unknown", findings: [], reasons: [error.message] };
    throw error;
  }
}
