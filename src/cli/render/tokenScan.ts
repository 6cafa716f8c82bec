import type { TokenScan } from "../../domain/tokenRisk.ts";
import { printable } from "./printable.ts";
import { createTable } from "./table.ts";

/** Verdict, findings with the calls that show them, and what could not be tried. */
export function renderTokenScan({ token, block, verdict, findings, unchecked }: TokenScan): string {
  const table = createTable({ head: ["finding", "severity", "seen"], right: [] });
  for (const { name, severity, evidence, counterexample = [] } of findings)
    table.push([name, severity, [evidence, ...counterexample].map(printable).join("\n")]);
  const open = unchecked.map(({ check, why }) => `not checked: ${check}, ${printable(why)}`);
  const head = `${verdict}: ${token} at block ${block}`;
  return [head, ...(findings.length === 0 ? [] : [table.toString()]), ...open].join("\n");
}
