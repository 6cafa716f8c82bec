import { availableParallelism } from "node:os";
import {
  type ChatWrapper,
  JinjaTemplateChatWrapper,
  type Llama,
  type LlamaGrammar,
  type LlamaModel,
  resolveChatWrapper,
} from "node-llama-cpp";
import { ModelLoadError } from "./errors.ts";
import { inspectGguf } from "./inspectGguf.ts";
import { intendantFacts, llamaFacts, type ModelInfo } from "./modelInfo.ts";
import { type Opened, openLlama, type StartLlama } from "./openLlama.ts";
import { type JsonSchema, schemaToGrammar } from "./schemaToGrammar.ts";
import { type SequencePool, sequencePool } from "./sequencePool.ts";
import type { PieceTexts } from "./textAssembler.ts";

/** How to load a model. */
export type ModelConfig = {
  readonly modelPath: string;
  /** Layers given to the GPU; "auto" fits them to its memory (none for files below 100 MB), 0 keeps everything on the CPU. Default "auto". */
  readonly gpuLayers?: "auto" | "max" | number;
  /** Flash attention: less memory and time where the backend has it. Default "auto": llama.cpp decides. */
  readonly flashAttention?: "auto" | boolean;
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
 * Loads a GGUF from disk; nothing is downloaded or compiled. A GPU that cannot take it leaves a notice in the facts.
 *
 * @throws ModelMissingError, ModelInvalidError, ModelLoadError
 */
export async function loadGguf(config: ModelConfig, start?: StartLlama): Promise<LoadedModel> {
  const { modelPath, cacheFolder, flashAttention = "auto" } = config;
  const file = await inspectGguf({ path: modelPath, ...(cacheFolder === undefined ? {} : { cacheFolder }) });
  const tiny = file.sizeBytes < TINY_BYTES;
  const wanted = config.gpuLayers ?? "auto";
  const threads = config.threads ?? (tiny ? 1 : availableParallelism());
  const options = {
    modelPath,
    gpuLayers: wanted === "auto" && tiny ? 0 : wanted,
    flashAttention,
    threads,
    sequences: config.sequences ?? 1,
    contextSize: (trained = DEFAULT_CONTEXT) => Math.min(config.contextSize ?? DEFAULT_CONTEXT, trained),
  };
  const opened = await openLlama(options, start);
  try {
    const { sha256 } = file;
    const info = { path: modelPath, sha256, threads, flashAttention, ...(await facts(opened)) };
    return assemble({ info, opened, reusePrefix: config.reusePrefix ?? !tiny });
  } catch (cause) {
    await opened.llama.dispose();
    throw new ModelLoadError(modelPath, cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

async function facts({ llama, model, context, notice }: Opened) {
  const { contextSize } = context;
  return { contextSize, ...(await llamaFacts(llama, model)), ...(notice === undefined ? {} : { notice }) };
}

type Parts = { readonly info: ModelInfo; readonly opened: Opened; readonly reusePrefix: boolean };

function assemble({ info, opened, reusePrefix }: Parts): LoadedModel {
  const { llama, model, context } = opened;
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

/** A model trained on requests alone declares that it has no use for instructions. */
function readsNoSystem(model: LlamaModel): boolean {
  return intendantFacts(model).system_message === "ignored";
}
