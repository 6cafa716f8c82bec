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

/** How to load a model. */
export type ModelConfig = {
  readonly modelPath: string;
  /** Layers given to the GPU; "auto" fits them to its memory, 0 keeps everything on the CPU. Default "auto". */
  readonly gpuLayers?: "auto" | "max" | number;
  /** CPU threads. Default: 1 below 50 million parameters (more only cost hand-overs), else every core. */
  readonly threads?: number;
  /** Tokens one conversation may hold. Default: what the model was trained on, at most 8192. */
  readonly contextSize?: number;
  /** Conversations generated at the same time. Default 1. */
  readonly sequences?: number;
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
  /** Grammar of a schema; built once and kept. */
  readonly grammarOf: (schema: JsonSchema) => Promise<LlamaGrammar>;
  /** Frees model, context and backend. */
  readonly dispose: () => Promise<void>;
};

const TINY_PARAMETERS = 50_000_000;
const DEFAULT_CONTEXT = 8192;
/** Schemas made per request must not pile up. */
const MAX_GRAMMARS = 64;

/**
 * Loads a GGUF from disk; nothing is downloaded or compiled.
 *
 * @throws ModelMissingError, ModelInvalidError, ModelLoadError
 */
export async function loadGguf(config: ModelConfig): Promise<LoadedModel> {
  const { modelPath } = config;
  const file = await inspectGguf({
    path: modelPath,
    ...(config.cacheFolder === undefined ? {} : { cacheFolder: config.cacheFolder }),
  });
  const llama = await startLlama(config);
  try {
    const model = await llama.loadModel({ modelPath, gpuLayers: config.gpuLayers ?? "auto" });
    const parameters = countParameters(model);
    const tiny = parameters < TINY_PARAMETERS;
    const threads = config.threads ?? (tiny ? 1 : availableParallelism());
    const contextSize = Math.min(config.contextSize ?? DEFAULT_CONTEXT, model.trainContextSize ?? DEFAULT_CONTEXT);
    const context = await model.createContext({ contextSize, threads, sequences: config.sequences ?? 1 });
    const device = llama.gpu === false || model.gpuLayers === 0 ? "cpu" : llama.gpu;
    const name = model.fileInfo.metadata.general.name ?? modelPath.split(/[\\/]/).pop() ?? modelPath;
    const info = {
      path: modelPath,
      sha256: file.sha256,
      name,
      parameters,
      gpu: llama.gpu,
      gpuLayers: model.gpuLayers,
      contextSize,
      threads,
      device,
    };
    return assemble({ info, llama, model, context, tiny });
  } catch (cause) {
    await llama.dispose();
    throw new ModelLoadError(modelPath, cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause), {
      cause,
    });
  }
}

/** Prebuilt binaries only. A model kept off the GPU does not start a GPU backend, which is what takes time and memory. */
async function startLlama({ gpuLayers, modelPath }: ModelConfig): Promise<Llama> {
  try {
    return await getLlama({
      build: "never",
      logLevel: LlamaLogLevel.error,
      progressLogs: false,
      gpu: gpuLayers === 0 ? false : "auto",
    });
  } catch (cause) {
    throw new ModelLoadError(
      modelPath,
      `llama.cpp did not start: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

type Parts = {
  readonly info: ModelInfo;
  readonly llama: Llama;
  readonly model: LlamaModel;
  readonly context: LlamaContext;
  readonly tiny: boolean;
};

function assemble({ info, llama, model, context, tiny }: Parts): LoadedModel {
  const ignoresSystem = readsNoSystem(model);
  return {
    info,
    model,
    wrapper: chatWrapper(model, ignoresSystem),
    ignoresSystem,
    pool: sequencePool(context),
    reusePrefix: !tiny,
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
