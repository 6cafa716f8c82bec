import { createInterface } from "node:readline/promises";
import pc from "picocolors";
import type { Intendant } from "../../compose/intendant.ts";
import { type IntentRecord, isPending } from "../../domain/record.ts";
import { SignerMissingError } from "../../intents/errors.ts";
import type { SubmitRequest } from "../../intents/service.ts";
import type { CliDeps } from "../deps.ts";
import { exitCodeOf } from "../exitCodes.ts";
import { followApproval, followIntent } from "../followIntent.ts";
import { renderAnswer } from "../render/answer.ts";
import { printProblem } from "../render/problem.ts";
import {
  renderCalls,
  renderChanges,
  renderMarkets,
  renderReceipts,
  renderRoutes,
  renderUnderstanding,
  renderVerdict,
} from "../render/record.ts";
import type { Steps } from "../render/steps.ts";
import { withIntendant } from "../withIntendant.ts";

type Options = { readonly yes?: boolean; readonly json?: boolean };

/** One intent from words to, with consent, execution. Without a terminal and without --yes it stops at the preview. */
export async function intent(deps: CliDeps, words: readonly string[], options: Options): Promise<number> {
  const quiet = options.json === true;
  return await withIntendant(deps, { quiet }, async (intendant, steps) => {
    const account = intendant.account;
    if (account === undefined) throw new SignerMissingError();
    const request = { messages: [{ role: "user" as const, content: words.join(" ") }], account, mode: "auto" as const };
    return await carryOut(intendant, request, steps, options);
  });
}

/** Plans one intent, shows it, asks, executes after a yes; the exit code of how it ended. */
export async function carryOut(
  intendant: Intendant,
  request: SubmitRequest,
  steps: Steps,
  options: Options,
): Promise<number> {
  const quiet = options.json === true;
  const planned = await followIntent(intendant, request, steps);
  if (!quiet) printRecord(planned);
  const approved = isPending(planned.state) && (await consents(planned, options));
  const ended = approved ? await finishApproved(intendant, planned, steps, quiet) : planned;
  if (quiet) process.stdout.write(`${JSON.stringify(ended)}\n`);
  return exitCodeOf(ended);
}

async function finishApproved(
  intendant: Intendant,
  planned: IntentRecord,
  steps: Steps,
  quiet: boolean,
): Promise<IntentRecord> {
  const ended = await followApproval(intendant, planned, steps);
  if (!quiet) {
    process.stdout.write(`\n${renderReceipts(ended).join("\n")}\n`);
    if (ended.error !== undefined) printProblem(ended.error, false);
  }
  return ended;
}

async function consents(record: IntentRecord, options: Options): Promise<boolean> {
  if (options.yes === true) return record.verdict?.decision === "allow";
  if (!process.stdin.isTTY || options.json === true) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const question = `\nExecute plan ${record.plan?.id ?? ""}${acceptingWarnings(record)}? [y/N] `;
    return /^y(es)?$/i.test((await terminal.question(question)).trim());
  } finally {
    terminal.close();
  }
}

/** A yes accepts the warnings, so that the question names them. */
export function acceptingWarnings({ verdict }: IntentRecord): string {
  const warned = (verdict?.findings ?? []).filter(({ severity }) => severity === "warn").map(({ code }) => code);
  return warned.length === 0 ? "" : ` and accept ${[...new Set(warned)].join(", ")}`;
}

/** Everything a person needs before saying yes. */
export function printRecord(record: IntentRecord): void {
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  if (record.understanding !== undefined)
    say(`\n${pc.bold("Understood")}\n${renderUnderstanding(record.understanding).join("\n")}`);
  if (record.answer !== undefined && record.understanding?.kind !== "refuse") say(`\n${renderAnswer(record.answer)}`);
  if (record.preview !== undefined) {
    const compared = renderMarkets(record.preview);
    if (compared !== undefined) say(`\n${pc.bold("Markets compared")}\n${compared}`);
    const routes = renderRoutes(record.preview);
    if (routes !== undefined) say(`\n${pc.bold("Routes compared")}\n${routes}`);
    say(`\n${pc.bold("Plan")} ${record.preview.summary}\n${renderCalls(record.preview)}`);
    for (const assumption of record.preview.assumptions) say(`  ${pc.dim("assumed:")} ${assumption}`);
    say(`\n${pc.bold("Verdict")} ${renderVerdict(record).join("\n")}`);
    say(`\n${pc.bold("Simulated changes")} gas $${record.preview.fees.gasUsd}\n${renderChanges(record.preview)}`);
  }
  if (record.error !== undefined) printProblem(record.error, false);
}
