import { availableParallelism } from "node:os";
import {
  type ChatWrapper,
  getLlama,
  JinjaTemplateChatWrapper,
  type Llama,
  type LlamaContext,
  type LlamaGrammar,
  LlamaLogLevel,
  type LlamaModel,
  resolveChatWrapper,
} from "node-llama-cpp";
import { ModelLoadError } from "./errors.ts";
import { inspectGguf } from "./inspectGguf.ts";
import { type JsonSchema, schemaToGrammar } from "./schemaToGrammar.ts";
import { type SequencePool, sequencePool } from "./sequencePool.ts";
import type { PieceTexts } from "./textAssembler.ts";

/** How to load a model. */
export type ModelConfig = {
  readonly modelPath: string;
  /** Layers given to the GPU; "auto" fits them to its memory (none for files below 100 MB), 0 keeps everything on the CPU. Default "auto". */
  readonly gpuLayers?: "auto" | "max" | number;
  /** CPU threads. Default: 1 for files below 100 MB (more only cost hand-overs), else every core. */
  readonly threads?: number;
  /** Tokens one conversation may hold. Default: what the model was trained on, at most 8192. */
  readonly contextSize?: number;
  /** Conversations generated at the same time. Default 1. */
  readonly sequences?: number;
  /** Evaluate the common beginning of two prompts once. Default: for files of 100 MB and more. */
  readonly reusePrefix?: boolean;
  /** Where digests of large model files are kept. */
  readonly cacheFolder?: string;
};

/** Facts about a loaded model, as `/readyz`, `doctor` and usage records show them. */
export type ModelInfo = {
  readonly path: string;
  readonly sha256: string;
  readonly name: string;
  readonly parameters: number;
  /** Compute backend of the build in use: false is CPU only. */
  readonly gpu: "cuda" | "metal" | "vulkan" | false;
  readonly gpuLayers: number;
  readonly contextSize: number;
  readonly threads: number;
  /** Where the inference runs: "cpu", or the GPU backend when it holds layers. */
  readonly device: string;
};

/** A model in memory with everything an inference needs. */
export type LoadedModel = {
  readonly info: ModelInfo;
  readonly model: LlamaModel;
  readonly wrapper: ChatWrapper;
  readonly pool: SequencePool;
  /** System messages are left out: the library would otherwise move their text into the user's turn. */
  readonly ignoresSystem: boolean;
  /** The common beginning of two prompts is evaluated once. */
  readonly reusePrefix: boolean;
  readonly texts: PieceTexts;
  /** Grammar of a schema; built once and kept. */
  readonly grammarOf: (schema: JsonSchema) => Promise<LlamaGrammar>;
  /** Frees model, context and backend. */
  readonly dispose: () => Promise<void>;
};

/** Below this a model is faster on one CPU thread than on several or on a GPU: hand-overs cost more than the work. */
const TINY_BYTES = 100_000_000;
const DEFAULT_CONTEXT = 8192;
/** Schemas made per request must not pile up. */
const MAX_GRAMMARS = 64;

/**
 * Loads a GGUF from disk; nothing is downloaded or compiled.
 *
 * @throws ModelMissingError, ModelInvalidError, ModelLoadError
 */
export async function loadGguf(config: ModelConfig): Promise<LoadedModel> {
  const { modelPath, cacheFolder } = config;
  const file = await inspectGguf({ path: modelPath, ...(cacheFolder === undefined ? {} : { cacheFolder }) });
  const tiny = file.sizeBytes < TINY_BYTES;
  const gpuLayers =
    config.gpuLayers === undefined || config.gpuLayers === "auto" ? (tiny ? 0 : "auto") : config.gpuLayers;
  const complaints: string[] = [];
  let llama: Llama | undefined;
  try {
    llama = await startLlama(gpuLayers !== 0, complaints);
    const model = await llama.loadModel({ modelPath, gpuLayers });
    const contextSize = Math.min(config.contextSize ?? DEFAULT_CONTEXT, model.trainContextSize ?? DEFAULT_CONTEXT);
    const threads = config.threads ?? (tiny ? 1 : availableParallelism());
    const context = await model.createContext({ contextSize, threads, sequences: config.sequences ?? 1 });
    const info = { path: modelPath, sha256: file.sha256, contextSize, threads, ...facts(llama, model) };
    return assemble({ info, llama, model, context, reusePrefix: config.reusePrefix ?? !tiny });
  } catch (cause) {
    await llama?.dispose();
    throw new ModelLoadError(modelPath, firstLine(cause), { cause, facts: complaints.slice(0, 5) });
  }
}

/** Prebuilt binaries only. A model kept off the GPU does not start a GPU backend, which is what takes time and memory. */
function startLlama(gpu: boolean, complaints: string[]): Promise<Llama> {
  return getLlama({
    build: "never",
    progressLogs: false,
    gpu: gpu ? "auto" : false,
    logLevel: LlamaLogLevel.error,
    logger: (_level, message) => complaints.push(message.trim()),
  });
}

function facts(llama: Llama, model: LlamaModel): Omit<ModelInfo, "path" | "sha256" | "contextSize" | "threads"> {
  return {
    name: model.fileInfo.metadata.general.name ?? model.filename ?? "unnamed",
    parameters: countParameters(model),
    gpu: llama.gpu,
    gpuLayers: model.gpuLayers,
    device: llama.gpu === false || model.gpuLayers === 0 ? "cpu" : llama.gpu,
  };
}

function firstLine(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split("\n")[0] ?? "";
}

type Parts = {
  readonly info: ModelInfo;
  readonly llama: Llama;
  readonly model: LlamaModel;
  readonly context: LlamaContext;
  readonly reusePrefix: boolean;
};

function assemble({ info, llama, model, context, reusePrefix }: Parts): LoadedModel {
  const ignoresSystem = readsNoSystem(model);
  return {
    info,
    model,
    wrapper: chatWrapper(model, ignoresSystem),
    ignoresSystem,
    pool: sequencePool(context),
    reusePrefix,
    texts: new Map(),
    grammarOf: grammarCache(llama),
    dispose: () => llama.dispose(),
  };
}

/** By object first (no work at all), then by text, so that equal schemas made per request share one grammar. */
function grammarCache(llama: Llama): LoadedModel["grammarOf"] {
  const byObject = new WeakMap<JsonSchema, Promise<LlamaGrammar>>();
  const byText = new Map<string, Promise<LlamaGrammar>>();
  return async (schema) => {
    const known = byObject.get(schema);
    if (known !== undefined) return known;
    const text = schemaToGrammar(schema);
    const grammar = byText.get(text) ?? llama.createGrammar({ grammar: text });
    if (byText.size >= MAX_GRAMMARS) byText.clear();
    byText.set(text, grammar);
    byObject.set(schema, grammar);
    return grammar;
  };
}

/**
 * The chat template inside the GGUF. For a model that ignores system messages the search of the template for
 * function-call syntax is skipped: it is most of the time that resolving takes.
 */
function chatWrapper(model: LlamaModel, ignoresSystem: boolean): ChatWrapper {
  if (!ignoresSystem) return resolveChatWrapper(model);
  const template = model.fileInfo.metadata.tokenizer?.chat_template ?? "";
  return new JinjaTemplateChatWrapper({ template, functionCallMessageTemplate: "noJinja" });
}

/** Our own GGUF metadata: a model trained on requests alone declares that it has no use for instructions. */
function readsNoSystem(model: LlamaModel): boolean {
  const { intendant } = model.fileInfo.metadata as { readonly intendant?: { readonly system_message?: string } };
  return intendant?.system_message === "ignored";
}

function countParameters(model: LlamaModel): number {
  const tensors = model.fileInfo.fullTensorInfo ?? [];
  return tensors.reduce(
    (sum, tensor) => sum + tensor.dimensions.reduce<number>((product, size) => product * Number(size), 1),
    0,
  );
}
