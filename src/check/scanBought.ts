import type { Address } from "viem";
import type { Reader } from "../chain/reader.ts";
import type { TokenRisk } from "../domain/evidence.ts";
import { showText } from "../domain/showText.ts";
import type { Simulation } from "../domain/simulation.ts";
import { isNative } from "../domain/token.ts";
import type { Finding } from "../domain/verdict.ts";
import { riskOf, type Scanner } from "./scanner.ts";
import type { Looked } from "./types.ts";

/** Most tokens of one batch that are scanned; more than that are named as not looked at. */
const MOST = 4;

/** Scans of what comes in and is on no list. */
export async function scanBought(
  reader: Reader,
  {
    simulation,
    scanner,
    isPosition,
  }: { simulation: Simulation; scanner: Scanner; isPosition: (address: Address) => boolean },
): Promise<Looked> {
  const bought = simulation.balanceChanges
    .filter(
      ({ token, delta }) => delta > 0n && !isNative(token) && reader.tokens.byAddress(token.address) === undefined,
    )
    .map(({ token }) => token.address)
    .filter((address) => !isPosition(address));
  const coins = simulation.balanceChanges.find(({ token, delta }) => isNative(token) && delta < 0n);
  const spent = coins === undefined ? undefined : -coins.delta;
  const risks = await Promise.all(bought.slice(0, MOST).map((address) => riskOf(scanner, reader, address, spent)));
  return {
    findings: risks.flatMap(findingsOf),
    unchecked: [
      ...risks.flatMap(openOf),
      ...bought
        .slice(MOST)
        .map((address) => ({ check: `token ${address}`, why: `only ${MOST} tokens are scanned at once` })),
    ],
  };
}

function findingsOf({ token, scan }: TokenRisk): readonly Finding[] {
  return (scan?.findings ?? []).map(({ name, severity, evidence, counterexample = [] }) => ({
    code: `token-risk.${name}`,
    severity,
    subject: token,
    evidence: [evidence, ...counterexample.map((call) => showText(call, 200))].join("; after "),
    source: `token scan at block ${scan?.block}`,
  }));
}

function openOf({ token, scan, failure }: TokenRisk): Looked["unchecked"] {
  if (scan === undefined) return [{ check: `token ${token}`, why: failure ?? "it was not scanned" }];
  return scan.unchecked.map(({ check, why }) => ({ check: `token ${token}, ${check}`, why }));
}
