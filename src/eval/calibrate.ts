import { argv, stdout } from "node:process";
import { HumanMessage } from "@langchain/core/messages";
import { type ChatModel, loadChatModel } from "../inference/loadChatModel.ts";
import { readWritten } from "../inference/nano/corpus/readWritten.ts";
import { WRITTEN_ON } from "../inference/nano/corpus/record.ts";
import { nanoModelPath, secondReaderPath } from "../inference/nano/nanoModelPath.ts";
import { draftJsonSchema } from "../understanding/draft.ts";
import { mask } from "../understanding/mask.ts";
import { toUnderstanding } from "../understanding/toUnderstanding.ts";
import { type Reading, weighReadings } from "../understanding/weighReadings.ts";
import { score } from "./score.ts";

/** One request: what each reader made of it, and what becomes of a draft. */
type Case = {
  readonly readings: readonly [Reading, Reading];
  readonly judge: (draft: unknown) => { readonly act: boolean; readonly right: boolean; readonly wrongAct: boolean };
};

const LEAST = [0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98];

/**
 * `npx tsx src/eval/calibrate.ts [first.gguf [second.gguf]]`: what asking back below a probability costs and saves on the
 * development set, for the first reader alone and for the pair. The single bound is written into the GGUF (`train.py
 * --export-only --least-confidence`), those of the pair stand in src/compose/model.ts.
 */
async function main(): Promise<void> {
  const paths = [argv[2] ?? nanoModelPath(), argv[3] ?? secondReaderPath()];
  const [first, second] = await Promise.all(paths.map((modelPath) => loadChatModel({ modelPath, gpuLayers: 0 })));
  if (first === undefined || second === undefined) return;
  const cases = await readAll(first, second);
  await Promise.all([first.dispose(), second.dispose()]);
  stdout.write("first reader alone\nleast          exact     wrong silent acts   asked back\n");
  for (const least of LEAST) {
    const alone = ({ readings: [{ draft, confidence = 0 }] }: Case) => ({ draft, doubtful: confidence < least });
    stdout.write(`${row(least.toFixed(2), cases, alone)}\n`);
  }
  stdout.write("\npair\nagreed, contested\n");
  for (const agreed of [0, 0.5, 0.6, 0.7, 0.8, 0.9])
    for (const contested of LEAST.filter((least) => least >= 0.5)) {
      const pair = ({ readings: [one, two] }: Case) => weighReadings(one, two, { agreed, contested, alone: 1.1 });
      stdout.write(`${row(`${agreed.toFixed(2)} ${contested.toFixed(2)}`, cases, pair)}\n`);
    }
}

async function readAll(first: ChatModel, second: ChatModel): Promise<readonly Case[]> {
  const cases: Case[] = [];
  for (const { record } of readWritten("test/eval/sets/dev")) {
    const messages = record.messages ?? [{ role: "user" as const, content: record.text ?? "" }];
    const masked = mask(messages, { now: WRITTEN_ON });
    const [one, two] = await Promise.all([read(first, masked.prompt), read(second, masked.prompt)]);
    const judge: Case["judge"] = (draft) => {
      const { understanding } = toUnderstanding(draft, masked, messages);
      const { right, wrongSilentAct } = score(understanding, record.understanding);
      return { right, wrongAct: wrongSilentAct, act: understanding.kind === "act" };
    };
    cases.push({ readings: [one, two], judge });
  }
  return cases;
}

async function read({ model }: ChatModel, prompt: string): Promise<Reading> {
  const ask = model.withStructuredOutput(draftJsonSchema, { includeRaw: true });
  const { raw, parsed } = await ask.invoke([new HumanMessage(prompt)]);
  return { draft: parsed, confidence: Number(raw.response_metadata.confidence) };
}

function row(
  head: string,
  cases: readonly Case[],
  read: (one: Case) => { readonly draft: unknown; readonly doubtful?: boolean },
): string {
  let [exact, wrong, asked] = [0, 0, 0];
  for (const one of cases) {
    const { draft, doubtful = false } = read(one);
    const { act, right, wrongAct } = one.judge(draft);
    if (act && doubtful) asked++;
    else [exact, wrong] = [exact + Number(right), wrong + Number(wrongAct)];
  }
  const percent = (count: number) => `${((100 * count) / cases.length).toFixed(1)} %`;
  return `${head.padEnd(14)} ${percent(exact).padEnd(9)} ${percent(wrong).padEnd(19)} ${percent(asked)}`;
}

await main();
