import { getLlama, type Llama, type LlamaContext, LlamaLogLevel, type LlamaModel } from "node-llama-cpp";
import { ModelLoadError } from "./errors.ts";

/** What to open and where to put it. */
export type OpenOptions = {
  readonly modelPath: string;
  readonly gpuLayers: "auto" | "max" | number;
  readonly flashAttention: "auto" | boolean;
  readonly threads: number;
  readonly sequences: number;
  /** Context for a model that was trained on so many tokens. */
  readonly contextSize: (trained: number | undefined) => number;
};

/** A model that llama.cpp holds, with a context. */
export type Opened = {
  readonly llama: Llama;
  readonly model: LlamaModel;
  readonly context: LlamaContext;
  /** Why the GPU that was wanted is not used. */
  readonly notice?: string;
};

/** Starts a backend; what llama.cpp has to complain of goes to `complain`. */
export type StartLlama = (options: {
  readonly gpu: boolean;
  readonly complain: (line: string) => void;
}) => Promise<Llama>;

/**
 * Opens a model on the GPU where layers are wanted there, and on the CPU when that fails, with a notice that says so.
 *
 * @throws ModelLoadError when the CPU cannot hold it either
 */
export async function openLlama(options: OpenOptions, start: StartLlama = startLlama): Promise<Opened> {
  if (options.gpuLayers === 0) return unwrap(await attempt(options, false, start), options);
  const onGpu = await attempt(options, true, start);
  if ("opened" in onGpu) {
    const { llama } = onGpu.opened;
    const missing = options.gpuLayers !== "auto" && llama.gpu === false;
    return missing ? { ...onGpu.opened, notice: noticeOf("no GPU backend works here") } : onGpu.opened;
  }
  if (!onGpu.sawGpu) return unwrap(onGpu, options);
  const onCpu = unwrap(await attempt({ ...options, gpuLayers: 0 }, false, start), options);
  return { ...onCpu, notice: noticeOf(onGpu.reason) };
}

type Attempt =
  | { readonly opened: Opened }
  | {
      readonly cause: unknown;
      readonly reason: string;
      readonly complaints: readonly string[];
      /** False when the attempt ran on the CPU, so that another one there would fail the same way. */
      readonly sawGpu: boolean;
    };

/** Most complaints that are kept: the backend goes on complaining for as long as it lives. */
const COMPLAINTS = 5;

async function attempt(options: OpenOptions, gpu: boolean, start: StartLlama): Promise<Attempt> {
  const { modelPath, gpuLayers, flashAttention, threads, sequences } = options;
  const complaints: string[] = [];
  let llama: Llama | undefined;
  try {
    const complain = (line: string) => {
      if (complaints.length < COMPLAINTS) complaints.push(line);
    };
    llama = await start({ gpu, complain });
    const model = await llama.loadModel({ modelPath, gpuLayers, defaultContextFlashAttention: flashAttention });
    const contextSize = options.contextSize(model.trainContextSize);
    const context = await model.createContext({ contextSize, threads, sequences, flashAttention });
    return { opened: { llama, model, context } };
  } catch (cause) {
    const sawGpu = gpu && llama?.gpu !== false;
    await llama?.dispose();
    return { cause, reason: firstLine(cause), complaints, sawGpu };
  }
}

function unwrap(tried: Attempt, { modelPath }: OpenOptions): Opened {
  if ("opened" in tried) return tried.opened;
  throw new ModelLoadError(modelPath, tried.reason, { cause: tried.cause, facts: tried.complaints });
}

/** Prebuilt binaries only. A model kept off the GPU does not start a GPU backend, which is what takes time and memory. */
const startLlama: StartLlama = ({ gpu, complain }) =>
  getLlama({
    build: "never",
    progressLogs: false,
    gpu: gpu ? "auto" : false,
    logLevel: LlamaLogLevel.error,
    logger: (_level, message) => complain(message.trim()),
  });

function noticeOf(reason: string): string {
  return `The model runs on the CPU, not on the GPU: ${reason}. Lower INTENDANT_GPU_LAYERS, or set it to 0 to keep to the CPU.`;
}

function firstLine(cause: unknown): string {
  return ((cause instanceof Error ? cause.message : String(cause)).split("\n")[0] ?? "").replace(/\.$/, "");
}
