import type { ApprovalsAudit, CheckResult, PermissionHeld } from "../../domain/check.ts";
import type { Finding } from "../../domain/verdict.ts";
import { printable } from "./printable.ts";
import { renderChanges } from "./record.ts";
import { createTable } from "./table.ts";

/** Verdict, findings, what could not be looked at, and what the calls would change. */
export function renderCheck({ verdict, block, findings, unchecked, preview }: CheckResult): string {
  const changes = preview?.balanceChanges.length ? [`Simulated changes at block ${block}`, renderChanges(preview)] : [];
  return [`${verdict} at block ${block}`, ...findingsTable(findings), ...openLines(unchecked), ...changes].join("\n");
}

/** Who may take what, worst first, each with what speaks against it. */
export function renderAudit({
  verdict,
  account,
  block,
  findings,
  held,
  unchecked,
  revokeIntent,
}: ApprovalsAudit): string {
  const table = createTable({ head: ["what", "asset", "amount", "spender", "findings"] });
  for (const one of held)
    table.push([
      one.kind,
      printable(one.asset),
      amountOf(one),
      `${one.spenderLabel}\n${one.spender}`,
      one.findings.map(({ severity, code }) => `${severity} ${code}`).join("\n"),
    ]);
  const count = `${held.length === 1 ? "1 permission stands" : `${held.length} permissions stand`}`;
  const advice = revokeIntent === undefined ? [] : [`--revoke takes back ${revokeIntent.actions.length} of them`];
  return [
    `${verdict}: ${count} for ${account} at block ${block}`,
    ...findingsTable(findings),
    ...(held.length === 0 ? [] : [table.toString()]),
    ...openLines(unchecked),
    ...advice,
  ].join("\n");
}

function amountOf({ amount, unlimited, endsAt }: PermissionHeld): string {
  return `${unlimited ? "no limit" : `${amount} units`}${endsAt === undefined ? "" : `\nuntil ${endsAt}`}`;
}

function findingsTable(findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return [];
  const table = createTable({ head: ["severity", "finding", "seen"] });
  for (const { severity, code, evidence } of findings) table.push([severity, code, printable(evidence)]);
  return [table.toString()];
}

function openLines(unchecked: CheckResult["unchecked"]): readonly string[] {
  return unchecked.map(({ check, why }) => `not checked: ${printable(check)}, ${printable(why)}`);
}
