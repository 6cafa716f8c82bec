import type { Message } from "../../src/domain/intent.ts";
import type { IntentRecord } from "../../src/domain/record.ts";
import { mask } from "../../src/understanding/mask.ts";
import type { Request } from "./requests.ts";

/** What became of a request. */
type Observed = {
  readonly request: Request;
  readonly record: IntentRecord;
  /** Transactions of the owner that the chain has. */
  readonly transactions: number;
  /** Where the chain shows something else than was asked for; empty = exactly that. */
  readonly differences: readonly string[];
  /** From the words to the last receipt, consent included. */
  readonly milliseconds: number;
};

export type Outcome = Observed & {
  readonly planned: boolean;
  readonly simulated: boolean;
  readonly executed: boolean;
  /** Exactly the effect asked for; for requests that must not act: nothing sent and the right kind of reply. */
  readonly right: boolean;
  /** Something was sent, and the chain shows another effect than the one asked for. */
  readonly wrong: boolean;
};

export function gradeOutcome(observed: Observed): Outcome {
  const { request, record, transactions, differences } = observed;
  const { ends } = request;
  const matches = differences.length === 0;
  const executed = record.state === "confirmed" && transactions > 0;
  const reply = JSON.stringify([record.question, record.answer, record.understanding]);
  const replied = ends !== undefined && record.state === ends.state && (ends.says?.test(reply) ?? true);
  return {
    ...observed,
    planned: record.plan !== undefined,
    simulated: (record.preview?.balanceChanges.length ?? 0) > 0,
    executed,
    right: matches && (ends === undefined ? executed : replied && transactions === 0),
    wrong: transactions > 0 && !matches,
  };
}

/** One line per request, and for those that were not right everything needed to see why. */
export function showOutcome({ request, record, right, wrong, differences, milliseconds }: Outcome): string {
  const messages = messagesOf(request);
  const mark = right ? "right" : wrong ? "WRONG" : "miss ";
  const line = `${mark} ${record.state.padEnd(18)} ${milliseconds.toFixed(0).padStart(5)} ms  ${messages.at(-1)?.content}`;
  if (right) return line;
  const why = record.error ?? record.verdict?.findings ?? record.question ?? {};
  return [
    line,
    `  the model read: ${mask(messages).prompt.replaceAll("\n", " | ")}`,
    `  understood: ${JSON.stringify(record.understanding)}`,
    `  ended with: ${JSON.stringify(why).slice(0, 600)}`,
    ...differences.slice(0, 6).map((difference) => `  ${difference}`),
  ].join("\n");
}

/** All outcomes and the sums. */
export function showTable(outcomes: readonly Outcome[]): string {
  const acting = outcomes.filter(({ request }) => request.ends === undefined);
  const of = (some: readonly Outcome[], is: (outcome: Outcome) => boolean) => some.filter(is).length;
  const understood = (one: Outcome) => one.record.understanding?.kind === "act";
  return [
    ...outcomes.map(showOutcome),
    `${acting.length} to be executed: ${of(acting, understood)} understood as something to do, ` +
      `${of(acting, (one) => one.planned)} planned, ${of(acting, (one) => one.simulated)} simulated, ` +
      `${of(acting, (one) => one.executed)} executed, ${of(acting, (one) => one.right)} with exactly the effect asked for`,
    `${outcomes.length - acting.length} not to be executed: ${of(outcomes, (one) => one.right) - of(acting, (one) => one.right)} right`,
    `right ${of(outcomes, (one) => one.right)} of ${outcomes.length}, wrong effects ${of(outcomes, (one) => one.wrong)}`,
  ].join("\n");
}

function messagesOf({ said }: Request): readonly Message[] {
  return typeof said === "string" ? [{ role: "user", content: said }] : said;
}
