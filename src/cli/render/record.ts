import pc from "picocolors";
import type { Action, Amount, Understanding } from "../../domain/intent.ts";
import type { Preview } from "../../domain/preview.ts";
import type { IntentRecord } from "../../domain/record.ts";
import { formatAmount } from "../../preview/format.ts";
import { printable } from "./printable.ts";
import { createTable } from "./table.ts";

type Line = string;

/** What was understood, one line per action. */
export function renderUnderstanding(understanding: Understanding): readonly Line[] {
  switch (understanding.kind) {
    case "act":
      return [
        ...understanding.intent.actions.map((action, index) => `${index + 1}. ${describeAction(action)}`),
        ...(understanding.intent.constraints === undefined
          ? []
          : [printable(`constraints ${JSON.stringify(understanding.intent.constraints)}`)]),
      ];
    case "ask":
      return [
        `question about ${understanding.question.topic}${understanding.question.asset === undefined ? "" : ` of ${understanding.question.asset}`}`,
      ];
    case "clarify":
      return [
        printable(understanding.prompt),
        ...(understanding.options ?? []).map((option) => `  - ${printable(option)}`),
      ];
    case "control":
      return [`control: ${understanding.verb}`];
    case "refuse":
      return [`refused: ${printable(understanding.reason)}`];
    default:
      return [printable(understanding.text)];
  }
}

function describeAction(action: Action): string {
  const fields = Object.entries(action)
    .filter(([key, value]) => key !== "type" && value !== undefined)
    .map(([key, value]) => printable(`${key} ${describeValue(value)}`));
  return `${pc.bold(action.type)} ${fields.join(", ")}`;
}

function describeValue(value: unknown): string {
  if (typeof value === "object" && value !== null && "unit" in value) return describeAmount(value as Amount);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function describeAmount(amount: Amount): string {
  if (amount.unit === "all") return "everything";
  if (amount.unit === "previous") return "what the step before gave";
  if (amount.unit === "usd") return `$${amount.value}`;
  if (amount.unit === "percent") return `${amount.value} %`;
  return amount.unit === "health-factor" ? `until health factor ${amount.value}` : amount.value;
}

/** The markets that were compared by yield, best first. */
export function renderMarkets(preview: Preview): Line | undefined {
  const markets = preview.alternatives.filter((entry) => entry.netApy !== null || entry.apy !== null);
  if (markets.length === 0) return undefined;
  const table = createTable({ head: ["", "market", "asset", "APY after deposit", "net of costs", "why"] });
  for (const entry of markets) {
    const mark = entry.chosen ? pc.green("✔") : "";
    table.push([
      mark,
      printable(entry.label),
      entry.asset ?? "",
      entry.apy ?? "-",
      entry.netApy ?? "-",
      printable(entry.reason),
    ]);
  }
  return table.toString();
}

/** The ways through the pools that were compared. */
export function renderRoutes(preview: Preview): Line | undefined {
  const routes = preview.alternatives.filter((entry) => entry.netApy === null && entry.apy === null);
  if (routes.length === 0) return undefined;
  const table = createTable({ head: ["", "route", "through", "why"] });
  for (const entry of routes)
    table.push([entry.chosen ? pc.green("✔") : "", printable(entry.label), entry.protocol, printable(entry.reason)]);
  return table.toString();
}

/** The calls of the plan, in order. */
export function renderCalls(preview: Preview): Line {
  const table = createTable({ head: ["#", "call", "to", "gas"] });
  for (const [index, call] of preview.calls.entries())
    table.push([index + 1, printable(call.label), call.to, call.gas]);
  return table.toString();
}

/** Simulated balance changes of the owner. */
export function renderChanges(preview: Preview): Line {
  const table = createTable({
    head: ["asset", "before", "after", "change", "US dollars", "at least"],
    right: [1, 2, 3, 4, 5],
  });
  for (const change of preview.balanceChanges) {
    const delta = BigInt(change.delta);
    const show = (amount: bigint) => formatAmount(amount, change.decimals, 8);
    const before = change.before === undefined ? undefined : BigInt(change.before);
    const text = `${delta > 0n ? "+" : ""}${formatAmount(delta, change.decimals, 8)}`;
    table.push([
      printable(change.symbol),
      before === undefined ? "" : show(before),
      before === undefined ? "" : show(before + delta),
      delta > 0n ? pc.green(text) : pc.red(text),
      change.usd ?? "",
      change.min === undefined ? "" : formatAmount(BigInt(change.min), change.decimals, 8),
    ]);
  }
  return table.toString();
}

/** The guards' verdict and findings. */
export function renderVerdict(record: IntentRecord): readonly Line[] {
  const { verdict } = record;
  if (verdict === undefined) return [];
  const color = { allow: pc.green, ask: pc.yellow, deny: pc.red }[verdict.decision];
  return [
    `${color(verdict.decision)} by ${verdict.policies.length} guards (${verdict.policies.join(", ")})`,
    ...verdict.findings.map((finding) => printable(`  ${finding.severity} ${finding.code}: ${finding.evidence}`)),
  ];
}

/** Mined calls with their realised changes. */
export function renderReceipts(record: IntentRecord): readonly Line[] {
  return record.receipts.map((receipt) => {
    const mark = receipt.status === "success" ? pc.green("✔") : pc.red("✖");
    const changes = receipt.changes
      .map(
        (change) =>
          `${BigInt(change.delta) > 0n ? "+" : ""}${formatAmount(BigInt(change.delta), change.decimals, 8)} ${printable(change.symbol)}`,
      )
      .join(", ");
    const drift = receipt.deviations.length === 0 ? "as simulated" : `differs: ${receipt.deviations.join("; ")}`;
    return `${mark} ${printable(receipt.label)} ${pc.dim(`block ${receipt.block}, ${receipt.txHash}`)}\n    ${changes === "" ? "no balance change" : changes} ${pc.dim(`(${drift})`)}`;
  });
}
