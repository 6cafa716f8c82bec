import { readFileSync } from "node:fs";
import { getLlama, LlamaLogLevel } from "node-llama-cpp";
import { expect, test } from "vitest";
import { nanoModelPath } from "../../src/inference/nano/nanoModelPath.ts";

/** Written by src/inference/nano/fixture.py from the trainer's own tokenizer. */
const FIXTURE = new URL("./tokens.jsonl", import.meta.url);

test("behavior: llama.cpp cuts a thousand texts into the same tokens as the trainer", async () => {
  const cases = readFileSync(FIXTURE, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { text: string; ids: number[] });
  expect(cases.length).toBeGreaterThanOrEqual(1000);
  const llama = await getLlama({ build: "never", logLevel: LlamaLogLevel.error, gpu: false });
  const model = await llama.loadModel({ modelPath: nanoModelPath(), gpuLayers: 0, vocabOnly: true });
  const different = cases.filter(({ text, ids }) => JSON.stringify(model.tokenize(text)) !== JSON.stringify(ids));
  const [first] = different;
  await model.dispose();
  await llama.dispose();
  expect({ different: different.length, first }).toEqual({ different: 0, first: undefined });
});
