import { argv, stdout } from "node:process";
import { HumanMessage } from "@langchain/core/messages";
import { loadChatModel } from "../inference/loadChatModel.ts";
import { readWritten } from "../inference/nano/corpus/readWritten.ts";
import { WRITTEN_ON } from "../inference/nano/corpus/record.ts";
import { nanoModelPath } from "../inference/nano/nanoModelPath.ts";
import { draftJsonSchema } from "../understanding/draft.ts";
import { mask } from "../understanding/mask.ts";
import { toUnderstanding } from "../understanding/toUnderstanding.ts";
import { score } from "./score.ts";

type Reading = {
  readonly confidence: number;
  readonly right: boolean;
  readonly wrongAct: boolean;
  readonly act: boolean;
};

/**
 * `npx tsx src/eval/calibrate.ts [model.gguf]`: what asking back below a probability costs and saves, on the
 * development set. The chosen value is written into the GGUF (`train.py --export-only --least-confidence`).
 */
async function main(): Promise<void> {
  const chat = await loadChatModel({ modelPath: argv[2] ?? nanoModelPath(), gpuLayers: 0 });
  const ask = chat.model.withStructuredOutput(draftJsonSchema, { includeRaw: true });
  const readings: Reading[] = [];
  for (const { record } of readWritten("test/eval/sets/dev")) {
    const messages = record.messages ?? [{ role: "user" as const, content: record.text ?? "" }];
    const masked = mask(messages, { now: WRITTEN_ON });
    const { raw, parsed } = await ask.invoke([new HumanMessage(masked.prompt)]);
    const { understanding } = toUnderstanding(parsed, masked, messages);
    const { right, wrongSilentAct } = score(understanding, record.understanding);
    const confidence = Number(raw.response_metadata.confidence);
    readings.push({ confidence, right, wrongAct: wrongSilentAct, act: understanding.kind === "act" });
  }
  await chat.dispose();
  stdout.write("least confidence   exact     wrong silent acts   asked back\n");
  for (const least of [0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]) stdout.write(`${row(readings, least)}\n`);
}

function row(readings: readonly Reading[], least: number): string {
  const asked = readings.filter(({ act, confidence }) => act && confidence < least);
  const kept = readings.filter((one) => !asked.includes(one));
  const percent = (count: number) => `${((100 * count) / readings.length).toFixed(1)} %`;
  const exact = kept.filter(({ right }) => right).length;
  const wrong = kept.filter(({ wrongAct }) => wrongAct).length;
  return `${least.toFixed(2).padEnd(18)} ${percent(exact).padEnd(9)} ${percent(wrong).padEnd(19)} ${percent(asked.length)}`;
}

await main();
