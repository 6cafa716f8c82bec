import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { HumanMessage } from "@langchain/core/messages";
import { draftJsonSchema } from "../../understanding/draft.ts";
import { loadChatModel } from "../loadChatModel.ts";
import { nanoModelPath } from "./nanoModelPath.ts";

type Pair = { readonly prompt: string; readonly completion: string; readonly tags: readonly string[] };
type Score = { right: number; all: number };

const CACHE = fileURLToPath(new URL("../../../.cache/nano/", import.meta.url));
/** The trainer holds out one generated pair in this many (data.py). */
const HOLD_OUT = 250;

/** Held-out pairs: the written ones of dev.jsonl and the generated ones that the trainer set aside. */
function heldOut(): readonly Pair[] {
  const train = readPairs(`${CACHE}train.jsonl`);
  return [
    ...readPairs(`${CACHE}dev.jsonl`),
    ...train.filter((pair, index) => index % HOLD_OUT === 0 && pair.tags.includes("generated")),
  ];
}

function readPairs(path: string): readonly Pair[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Pair);
}

/** Source, and the kind of draft: the action's type for one action, "chain" for several. */
function labelsOf({ completion, tags }: Pair): readonly string[] {
  const source = tags.includes("generated") ? "generated" : "written";
  const draft = JSON.parse(completion) as { kind: string; actions?: readonly { type: string }[] };
  const [first, second] = draft.actions ?? [];
  const kind = draft.kind === "act" ? `act:${second === undefined ? first?.type : "chain"}` : draft.kind;
  return [source, `${source} ${kind}`];
}

/** `npx tsx src/inference/nano/evaluate.ts [--pairs file.jsonl] [--model file.gguf]`: exact drafts through the real path, grammar included. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { pairs: { type: "string" }, model: { type: "string" }, misses: { type: "boolean" } },
  });
  const pairs = values.pairs === undefined ? heldOut() : readPairs(values.pairs);
  const chat = await loadChatModel({ modelPath: values.model ?? nanoModelPath(), gpuLayers: 0 });
  const ask = chat.model.withStructuredOutput(draftJsonSchema, { includeRaw: true });
  const scores = new Map<string, Score>();
  for (const pair of pairs) {
    const { raw } = await ask.invoke([new HumanMessage(pair.prompt)]);
    const right = raw.text === pair.completion;
    for (const label of labelsOf(pair)) {
      const score = scores.get(label) ?? { right: 0, all: 0 };
      scores.set(label, { right: score.right + Number(right), all: score.all + 1 });
    }
    if (!right && values.misses)
      process.stdout.write(`${pair.prompt}\n  want ${pair.completion}\n  got  ${raw.text}\n`);
  }
  await chat.dispose();
  for (const [label, { right, all }] of [...scores].sort(([, a], [, b]) => b.all - a.all)) {
    process.stdout.write(`${label.padEnd(36)} ${right} of ${all} (${((100 * right) / all).toFixed(1)} %)\n`);
  }
}

await main();
