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
  "swap [N1] [T1] for [T2]",
  "send [N1] [T1] to [A1]",
  "supply [N1] [T1] and then borrow [N2] [T2]",
  "convert $ [N1] of [T1] into the highest-yielding stablecoin position",
];
const ROUNDS = 12;
const TOKENS_PER_ANSWER = 64;

type Count = { tokens: number; milliseconds: number };

/**
 * The chat model against the same GGUF driven by bare node-llama-cpp: same prompts, same number of answer tokens, rounds
 * taken in turn so that a busy machine slows both alike. Both are stopped by the token limit or the model's own end.
 */
export async function benchInference(modelPath: string = nanoModelPath()): Promise<readonly BenchRow[]> {
  const began = performance.now();
  const chat = await loadChatModel({ modelPath, gpuLayers: 0, maxTokens: TOKENS_PER_ANSWER });
  const loadMs = performance.now() - began;
  const first = performance.now();
  await chat.model.invoke([new HumanMessage(PROMPTS[0] ?? "")]);
  const firstMs = performance.now() - first;
  const llama = await getLlama({ build: "never", logLevel: LlamaLogLevel.error, gpu: false });
  const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
  const context = await model.createContext({ contextSize: chat.info.contextSize, threads: chat.info.threads });
  const bareModel = { model, sequence: context.getSequence(), wrapper: resolveChatWrapper(model) };
  await askBare(bareModel, PROMPTS[0] ?? "");
  const ours: Count = { tokens: 0, milliseconds: 0 };
  const bare: Count = { tokens: 0, milliseconds: 0 };
  const latencies: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const prompt of PROMPTS) {
      latencies.push(await add(ours, () => askChat(chat.model, prompt)));
      await add(bare, () => askBare(bareModel, prompt));
    }
  }
  await chat.dispose();
  await llama.dispose();
  return rows({ loadMs, firstMs, ours, bare, latencies });
}

async function add(count: Count, ask: () => Promise<number>): Promise<number> {
  const began = performance.now();
  count.tokens += await ask();
  const took = performance.now() - began;
  count.milliseconds += took;
  return took;
}

async function askChat(model: Awaited<ReturnType<typeof loadChatModel>>["model"], prompt: string): Promise<number> {
  const answer = await model.invoke([new HumanMessage(prompt)]);
  return (answer.usage_metadata as UsageMetadata | undefined)?.output_tokens ?? 0;
}

type Bare = { readonly model: LlamaModel; readonly sequence: LlamaContextSequence; readonly wrapper: ChatWrapper };

async function askBare({ model, sequence, wrapper }: Bare, prompt: string): Promise<number> {
  await sequence.clearHistory();
  const state = wrapper.generateContextState({
    chatHistory: [
      { type: "user", text: prompt },
      { type: "model", response: [] },
    ],
  });
  let count = 0;
  for await (const _token of sequence.evaluate(state.contextText.tokenize(model.tokenizer), { temperature: 0 })) {
    count += 1;
    if (count >= TOKENS_PER_ANSWER) break;
  }
  return count;
}

function rows(measured: {
  loadMs: number;
  firstMs: number;
  ours: Count;
  bare: Count;
  latencies: number[];
}): BenchRow[] {
  const { loadMs, firstMs, ours, bare, latencies } = measured;
  const median = latencies.sort((a, b) => a - b)[Math.floor(latencies.length / 2)] ?? 0;
  const perSecond = (count: Count): number => (count.tokens / count.milliseconds) * 1000;
  return [
    { name: "inference: load model", value: loadMs, unit: "ms" },
    { name: "inference: first answer", value: firstMs, unit: "ms" },
    { name: "inference: one answer (median)", value: median, unit: "ms" },
    { name: "inference: chat model", value: perSecond(ours), unit: "tokens/s" },
    { name: "inference: bare node-llama-cpp", value: perSecond(bare), unit: "tokens/s" },
    { name: "inference: chat model / bare", value: perSecond(ours) / perSecond(bare), unit: "ratio" },
  ];
}
