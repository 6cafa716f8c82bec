import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { understandPrompt } from "../../agents/prompts/understand.ts";
import { composeModel } from "../../src/compose/model.ts";
import { readConfig } from "../../src/config.ts";
import type { Message } from "../../src/domain/intent.ts";
import { readRecords, readWritten } from "../../src/inference/nano/corpus/readWritten.ts";
import type { CorpusRecord } from "../../src/inference/nano/corpus/record.ts";
import { understand } from "../../src/understanding/understand.ts";
import { type Scored, score } from "./score.ts";

/**
 * `npm run eval -- [--set file.jsonl] [--misses]`: exact understanding of a labelled set, by the model of the settings
 * (`INTENDANT_MODEL` for another one). A line of a set holds `text` or `messages`, `understanding` in the form of
 * intent.md with the intent's fields beside `kind`, and optional `tags`. Without --set: the written requests that the
 * embedded model's training holds out. Greedy decoding: two runs agree.
 */
const { values } = parseArgs({ options: { set: { type: "string" }, misses: { type: "boolean", default: false } } });

type Case = Scored & {
  readonly kind: string;
  readonly tags: readonly string[];
  readonly milliseconds: number;
  readonly said: string;
};

const model = await composeModel(readConfig(), async () => undefined);
const cases: Case[] = [];
for (const record of readSet(values.set)) cases.push(await run(record));
await model.close();
print(cases);
process.exit(0);

function readSet(path: string | undefined): readonly CorpusRecord[] {
  if (path !== undefined) return readRecords(path);
  return readWritten(fileURLToPath(new URL("sets/test", import.meta.url))).map(({ record }) => record);
}

async function run(record: CorpusRecord): Promise<Case> {
  const messages: readonly Message[] = record.messages ?? [{ role: "user", content: record.text ?? "" }];
  const began = performance.now();
  const { understanding } = await understand({
    messages,
    prompt: understandPrompt,
    model: (prompt, schema) => model.ask(prompt, schema, "eval"),
  });
  const milliseconds = performance.now() - began;
  const said = messages.map((message) => message.content).join(" / ");
  return {
    ...score(understanding, record.understanding),
    kind: record.understanding.kind,
    tags: record.tags ?? [],
    milliseconds,
    said,
  };
}

function print(all: readonly Case[]): void {
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const share = (part: readonly Case[]) => {
    const right = part.filter((one) => one.right).length;
    return `${String(right).padStart(5)} of ${String(part.length).padEnd(5)} ${((100 * right) / Math.max(1, part.length)).toFixed(1).padStart(5)} %`;
  };
  say(`${"exact understanding".padEnd(28)}${share(all)}`);
  for (const kind of new Set(all.map((one) => one.kind)))
    say(`  ${kind.padEnd(26)}${share(all.filter((one) => one.kind === kind))}`);
  for (const tag of new Set(all.flatMap((one) => one.tags)))
    say(`  #${tag.padEnd(25)}${share(all.filter((one) => one.tags.includes(tag)))}`);
  say(
    `${"wrong silent acts".padEnd(28)}${String(all.filter((one) => one.wrongSilentAct).length).padStart(5)} of ${all.length}`,
  );
  const times = all.map((one) => one.milliseconds).sort((a, b) => a - b);
  const at = (part: number) => (times[Math.floor((times.length - 1) * part)] ?? 0).toFixed(0);
  say(`milliseconds                median ${at(0.5)}, 95th percentile ${at(0.95)}; model sha256 ${model.info.sha256}`);
  if (values.misses)
    for (const one of all.filter((entry) => !entry.right)) say(`\n${one.said}\n  want ${one.want}\n  got  ${one.got}`);
}
