import { createWriteStream, mkdirSync, type WriteStream } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Message, Understanding } from "../../domain/intent.ts";
import { mask } from "../../understanding/mask.ts";
import { toUnderstanding } from "../../understanding/toUnderstanding.ts";
import { canonical } from "./canonical.ts";
import { readWritten } from "./corpus/readWritten.ts";
import { WRITTEN_ON } from "./corpus/record.ts";
import { UnreachableError } from "./spanFinder.ts";
import { toDraft } from "./toDraft.ts";

type Label = Readonly<Record<string, unknown>>;
type LabelledRecord = {
  readonly text?: string;
  readonly messages?: readonly Message[];
  readonly understanding: Label;
  readonly tags?: readonly string[];
};
type Pair = { readonly prompt: string; readonly completion: string; readonly tags: readonly string[] };

/** Counts by reason of what could not become a training pair. */
class Tally {
  readonly dropped = new Map<string, number>();
  kept = 0;

  drop(reason: string): void {
    this.dropped.set(reason, (this.dropped.get(reason) ?? 0) + 1);
  }

  report(name: string): string {
    const lost = [...this.dropped.values()].reduce((sum, count) => sum + count, 0);
    const total = this.kept + lost;
    const lines = [...this.dropped]
      .sort((a, b) => b[1] - a[1])
      .slice(0, 25)
      .map(([reason, count]) => `  ${count} ${reason}`);
    return [
      `${name}: ${this.kept} of ${total} (${((100 * this.kept) / Math.max(1, total)).toFixed(2)} %)`,
      ...lines,
    ].join("\n");
  }
}

/**
 * Turns labelled requests into training pairs: masked prompt, and the draft that gives back exactly the label.
 * A label that the masks cannot reach, or that does not survive the round trip, is counted and left out.
 */
export function toPair(record: LabelledRecord): Pair {
  const messages = record.messages ?? [{ role: "user" as const, content: record.text ?? "" }];
  const masked = mask(messages, { now: WRITTEN_ON });
  const draft = toDraft(
    record.understanding,
    masked.spans,
    messages.map((message) => message.content),
  );
  const { understanding } = toUnderstanding(draft, masked, messages);
  const [got, wanted] = [canonical(comparable(understanding)), canonical(labelled(record.understanding))];
  if (got !== wanted) throw new UnreachableError("round trip", `${got} is not ${wanted}`);
  return { prompt: masked.prompt, completion: JSON.stringify(draft), tags: record.tags ?? [] };
}

/** What a label determines of an understanding: not the words of a question or an answer. */
function comparable(understanding: Understanding): unknown {
  const { kind } = understanding;
  if (kind === "act") return { kind, ...understanding.intent };
  if (kind === "ask") return { kind, ...understanding.question, subject: undefined };
  if (kind === "clarify") return { kind, missing: understanding.missing, why: wrongTurn(understanding.draft) };
  return kind === "control" ? { kind, verb: understanding.verb } : { kind };
}

/** A clarify that a guard made out of an act shows its draft; a label's own clarify has none. */
function wrongTurn(draft: unknown): unknown {
  return draft === undefined ? undefined : "guard";
}

function labelled(label: Label): unknown {
  return label.kind === "ask"
    ? { ...label, subject: undefined }
    : label.kind === "control"
      ? { kind: "control", verb: label.verb }
      : label;
}

function write(out: WriteStream, pair: Pair & { readonly split: string }): Promise<void> | undefined {
  if (out.write(`${JSON.stringify(pair)}\n`)) return undefined;
  return new Promise((resolve) => out.once("drain", () => resolve()));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      count: { type: "string", default: "200000" },
      seed: { type: "string", default: "1" },
      out: { type: "string", default: ".cache/nano" },
      dev: { type: "string", default: "test/eval/sets/dev" },
      verbose: { type: "boolean", default: false },
    },
  });
  mkdirSync(values.out, { recursive: true });
  const [train, dev] = [
    createWriteStream(join(values.out, "train.jsonl")),
    createWriteStream(join(values.out, "dev.jsonl")),
  ];
  const seen = new Set<string>();
  const [held, written] = [new Tally(), new Tally()];
  const add = async (record: LabelledRecord, tally: Tally, out: WriteStream, name: string): Promise<void> => {
    try {
      const pair = toPair(record);
      const twin = out === train && seen.has(pair.prompt);
      if (out === train) seen.add(pair.prompt);
      tally.kept++;
      if (!twin) await write(out, { ...pair, tags: [...pair.tags, name], split: out === dev ? "dev" : "train" });
    } catch (error) {
      if (!(error instanceof UnreachableError)) throw error;
      const field = error.field;
      tally.drop(field);
      if (values.verbose)
        process.stdout.write(
          `${name} ${field}: ${error.facts.join()} <- ${JSON.stringify(record.text ?? record.messages)}\n`,
        );
    }
  };
  for (const { record, name } of readWritten(values.dev)) await add(record, held, dev, name);
  process.stdout.write(`${held.report("development set")}\n`);
  for (const { record, name } of readWritten()) await add(record, written, train, name);
  process.stdout.write(`${written.report("written")}\n`);
  const count = Number(values.count);
  if (count > 0) {
    const { generate } = await import("./corpus/generate.ts");
    const generated = new Tally();
    for (const record of generate({ seed: Number(values.seed), count }))
      await add(record as LabelledRecord, generated, train, "generated");
    process.stdout.write(`${generated.report("generated")}\n`);
  }
  await Promise.all([train, dev].map((out) => new Promise((resolve) => out.end(resolve))));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
