import { HumanMessage, type UsageMetadata } from "@langchain/core/messages";
import {
  type ChatWrapper,
  getLlama,
  type LlamaContextSequence,
  LlamaLogLevel,
  type LlamaModel,
  resolveChatWrapper,
} from "node-llama-cpp";
import { loadChatModel } from "../../src/inference/loadChatModel.ts";
import { nanoModelPath } from "../../src/inference/nano/nanoModelPath.ts";

/** One measured number. */
export type BenchRow = { readonly name: string; readonly value: number; readonly unit: string };

const PROMPTS = [
  "user: swap [N1] [T1s] for [T2e]",
  "user: send [N1] [T1s] to [A1]",
  "user: supply [N1] [T1s] to [P1l] and then borrow [N2] [T2s] there",
  "user: convert $ [N1] of [T1e] into the highest-yielding stablecoin position",
];
const ROUNDS = 25;
const TOKENS_PER_ANSWER = 64;

/** One way to answer a prompt; gives the number of tokens it generated. */
type Ask = (prompt: string) => Promise<number>;
/** Milliseconds of every round and tokens of one answer, per prompt. */
type Runs = Map<string, { tokens: number; readonly milliseconds: number[] }>;

/**
 * The chat model against the same GGUF driven by bare node-llama-cpp: same prompts, same greedy answers, no grammar.
 * The two take turns and the median of every prompt counts, so that a busy machine slows both alike.
 */
export async function benchInference(modelPath: string = nanoModelPath()): Promise<readonly BenchRow[]> {
  const before = process.memoryUsage().rss;
  const began = performance.now();
  const chat = await loadChatModel({ modelPath, gpuLayers: 0, maxTokens: TOKENS_PER_ANSWER });
  const loadMs = performance.now() - began;
  const memoryMb = (process.memoryUsage().rss - before) / 1e6;
  const ours: Ask = async (prompt) => {
    const answer = await chat.model.invoke([new HumanMessage(prompt)]);
    return (answer.usage_metadata as UsageMetadata | undefined)?.output_tokens ?? 0;
  };
  const llama = await getLlama({ build: "never", logLevel: LlamaLogLevel.error, gpu: false });
  const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
  const context = await model.createContext({ contextSize: chat.info.contextSize, threads: chat.info.threads });
  const bare = askBare({ model, sequence: context.getSequence(), wrapper: resolveChatWrapper(model) });
  const first = performance.now();
  await ours(PROMPTS[0] ?? "");
  const firstMs = performance.now() - first;
  await bare(PROMPTS[0] ?? "");
  const runs = await compare(ours, bare);
  await chat.dispose();
  await llama.dispose();
  return rows({ loadMs, memoryMb, firstMs, ...runs });
}

async function compare(ours: Ask, bare: Ask): Promise<{ ours: Runs; bare: Runs }> {
  const runs = { ours: new Map(), bare: new Map() };
  for (let round = 0; round < ROUNDS; round++) {
    for (const prompt of PROMPTS) {
      const turns = [() => time(runs.ours, ours, prompt), () => time(runs.bare, bare, prompt)];
      for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn();
    }
  }
  return runs;
}

async function time(runs: Runs, ask: Ask, prompt: string): Promise<void> {
  const run = runs.get(prompt) ?? { tokens: 0, milliseconds: [] };
  runs.set(prompt, run);
  const began = performance.now();
  run.tokens = await ask(prompt);
  run.milliseconds.push(performance.now() - began);
}

function askBare({
  model,
  sequence,
  wrapper,
}: {
  model: LlamaModel;
  sequence: LlamaContextSequence;
  wrapper: ChatWrapper;
}): Ask {
  return async (prompt) => {
    await sequence.clearHistory();
    const { contextText } = wrapper.generateContextState({
      chatHistory: [
        { type: "user", text: prompt },
        { type: "model", response: [] },
      ],
    });
    let count = 0;
    for await (const _token of sequence.evaluate(contextText.tokenize(model.tokenizer), { temperature: 0 })) {
      count += 1;
      if (count >= TOKENS_PER_ANSWER) break;
    }
    return count;
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Answer tokens per second over one answer to each prompt, every prompt at its median time. */
function perSecond(runs: Runs): number {
  const all = [...runs.values()];
  const milliseconds = all.reduce((sum, run) => sum + median(run.milliseconds), 0);
  return (all.reduce((sum, run) => sum + run.tokens, 0) / milliseconds) * 1000;
}

function rows(measured: {
  loadMs: number;
  memoryMb: number;
  firstMs: number;
  ours: Runs;
  bare: Runs;
}): readonly BenchRow[] {
  const { loadMs, memoryMb, firstMs, ours, bare } = measured;
  return [
    { name: "inference: load model", value: loadMs, unit: "ms" },
    { name: "inference: resident memory of model and llama.cpp", value: memoryMb, unit: "MB" },
    { name: "inference: first answer", value: firstMs, unit: "ms" },
    {
      name: "inference: one answer (median)",
      value: median([...ours.values()].flatMap((run) => run.milliseconds)),
      unit: "ms",
    },
    { name: "inference: chat model", value: perSecond(ours), unit: "tokens/s" },
    { name: "inference: bare node-llama-cpp", value: perSecond(bare), unit: "tokens/s" },
    { name: "inference: chat model / bare", value: perSecond(ours) / perSecond(bare), unit: "ratio" },
  ];
}
