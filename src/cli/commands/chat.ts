import { createInterface } from "node:readline/promises";
import pc from "picocolors";
import type { Intendant } from "../../compose/intendant.ts";
import { toProblem } from "../../domain/error.ts";
import { type IntentRecord, isPending } from "../../domain/record.ts";
import { SignerMissingError } from "../../intents/errors.ts";
import type { CliDeps } from "../deps.ts";
import { EXIT } from "../exitCodes.ts";
import { followApproval, followIntent } from "../followIntent.ts";
import { printProblem } from "../render/problem.ts";
import { renderReceipts } from "../render/record.ts";
import type { Steps } from "../render/steps.ts";
import { withIntendant } from "../withIntendant.ts";
import { acceptingWarnings, printRecord } from "./intent.ts";

const GREETING = `Say what you want (“swap 100 usdc for eth”), ask (“what is my health factor?”), or “exit”. Nothing is sent without your yes.`;

/** A conversation on the terminal. A plan waits for a yes to exactly that plan; anything else goes on talking. */
export async function chat(deps: CliDeps): Promise<number> {
  return await withIntendant(deps, { quiet: false }, async (intendant, steps) => {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    process.stdout.write(`\n${GREETING}\n`);
    try {
      await converse(intendant, steps, lines(terminal));
    } finally {
      terminal.close();
    }
    return EXIT.ok;
  });
}

async function* lines(terminal: ReturnType<typeof createInterface>): AsyncIterable<string> {
  terminal.setPrompt(pc.cyan("you › "));
  terminal.prompt();
  for await (const line of terminal) {
    const text = line.trim();
    if (/^(exit|quit|bye)$/i.test(text)) return;
    if (text !== "") yield text;
    terminal.prompt();
  }
}

async function converse(intendant: Intendant, steps: Steps, said: AsyncIterable<string>): Promise<void> {
  const account = intendant.account;
  if (account === undefined) throw new SignerMissingError();
  let pending: IntentRecord | undefined;
  let thread: string | undefined;
  for await (const text of said) {
    try {
      if (pending !== undefined && /^(y|yes|approve|go|ok)$/i.test(text)) {
        const ended = await followApproval(intendant, pending, steps);
        process.stdout.write(`${renderReceipts(ended).join("\n")}\n${ended.state}\n`);
        if (ended.error !== undefined) printProblem(ended.error, false);
        pending = undefined;
        continue;
      }
      const before = thread === undefined ? [] : await intendant.intents.conversation(thread);
      const messages = [...before, { role: "user" as const, content: text }];
      const record = await followIntent(
        intendant,
        { messages, account, mode: "auto", ...(thread === undefined ? {} : { thread }) },
        steps,
      );
      thread = record.thread;
      printRecord(record);
      pending = isPending(record.state) ? record : undefined;
      if (pending !== undefined)
        process.stdout.write(`${pc.bold("yes")} to execute${acceptingWarnings(pending)}, or say what to change.\n`);
    } catch (error) {
      printProblem(toProblem(error), false);
    }
  }
}
