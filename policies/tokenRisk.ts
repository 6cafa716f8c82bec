import type { Evidence, TokenRisk } from "../src/domain/evidence.ts";
import type { TokenScan } from "../src/domain/tokenRisk.ts";
import type { Finding, Severity } from "../src/domain/verdict.ts";
import { listedToken, sameAddress } from "./lib/assets.ts";
import type { Mandate } from "./mandate.ts";
import type { Policy } from "./policy.ts";

const id = "token-risk";

/**
 * Every token that a plan buys and no list names was bought and sold in a sandbox by somebody who did not make the plan. What
 * the scan blocks is denied; a warning, and what could not be tried, asks. The owner's list of trusted tokens dismisses
 * warnings, which is said, and never a block. No scan, or one that failed: deny.
 */
export const tokenRisk: Policy<Mandate["trustedTokens"]> = {
  id,
  reads: "plan",
  rule: (mandate) => mandate.trustedTokens,
  check: (evidence, trusted) => boughtUnlisted(evidence).flatMap((token) => judge(evidence, token, trusted)),
};

function boughtUnlisted(evidence: Evidence): readonly string[] {
  const bought = evidence.decoded.flatMap(({ effect }) => (effect?.type === "swap" ? [effect.buy.toLowerCase()] : []));
  return [...new Set(bought)].filter((token) => listedToken(evidence, token) === undefined);
}

function judge(
  { tokenRisks = [], plan }: Evidence,
  token: string,
  trusted: Mandate["trustedTokens"],
): readonly Finding[] {
  const risk = tokenRisks.find((one) => sameAddress(one.token, token));
  const { scan } = risk ?? {};
  // A scan of another token or chain says nothing of this one.
  if (scan === undefined || !sameAddress(scan.token, token) || scan.chainId !== plan.chainId)
    return [say("no-scan", "danger", token, `${token} was not scanned: ${failureOf(risk)}; send the intent again`)];
  const found = findingsOf(scan);
  const vouched = trusted.find((one) => one.chainId === plan.chainId && sameAddress(one.address, token));
  const dismissed = vouched === undefined ? [] : found.filter(({ severity }) => severity === "warn");
  if (dismissed.length === 0) return found;
  const codes = dismissed.map(({ code }) => code).join(", ");
  return [
    ...found.map((one) => (dismissed.includes(one) ? { ...one, severity: "info" as const } : one)),
    say("dismissed", "info", token, `the owner's trusted tokens dismiss ${codes}: ${vouched?.reason}`),
  ];
}

function failureOf(risk: TokenRisk | undefined): string {
  return risk?.failure ?? "there is no scan of it";
}

function findingsOf({ token, block, verdict, findings, unchecked }: TokenScan): readonly Finding[] {
  const at = `scan at block ${block}`;
  const told = findings.map(({ name, severity, evidence, counterexample = [] }) =>
    say(name, severity, token, `${[evidence, ...counterexample].join("; after ")} (${at})`),
  );
  // What a scanner calls by a word that is not known here is not let through.
  const known = ["allow", "warn", "block", "unknown"].includes(verdict);
  const denied = told.some(({ severity }) => severity === "danger" || severity === "block");
  const asked = told.some(({ severity }) => severity === "warn");
  return [
    ...told,
    ...(!known || (verdict === "block" && !denied)
      ? [say("refused", "block", token, `the scanner refuses this token (${at})`)]
      : []),
    ...(verdict === "warn" && !asked && !denied
      ? [say("warned", "warn", token, `the scanner warns of this token (${at})`)]
      : []),
    ...(unchecked.length > 0 || verdict === "unknown"
      ? [say("unknown", "warn", token, `not tried: ${openOf(unchecked)} (${at})`)]
      : []),
    ...(told.length === 0 && unchecked.length === 0
      ? [say("as-it-should", "info", token, `on no list; bought and sold in a sandbox as it should (${at})`)]
      : []),
  ];
}

function openOf(unchecked: TokenScan["unchecked"]): string {
  return unchecked.map(({ check, why }) => `${check} (${why})`).join(", ") || "everything";
}

function say(code: string, severity: Severity, subject: string, evidence: string): Finding {
  return { code: `${id}.${code}`, severity, subject, evidence, source: id };
}
