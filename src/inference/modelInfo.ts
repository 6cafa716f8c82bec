import type { Llama, LlamaModel } from "node-llama-cpp";

/** Facts about a loaded model, as `/readyz`, `doctor` and usage records show them. */
export type ModelInfo = {
  /** File of a local model; host of a remote one. */
  readonly path: string;
  /** Digest of the weights; "unknown" for a remote model. */
  readonly sha256: string;
  readonly name: string;
  readonly parameters: number;
  /** Compute backend of the build in use: false is CPU only. */
  readonly gpu: "cuda" | "metal" | "vulkan" | false;
  readonly gpuLayers: number;
  readonly contextSize: number;
  readonly threads: number;
  /** Where the inference runs: "cpu", the GPU backend when it holds layers, or "remote". */
  readonly device: string;
  /** Setting that the context was made with; "auto" leaves it to llama.cpp. */
  readonly flashAttention?: "auto" | boolean;
  /** The GPUs that the backend sees; absent without one. */
  readonly gpuMemory?: GpuMemory;
  /** Probability of an answer below which the model's maker advises to ask back; absent where it says none. */
  readonly leastConfidence?: number;
  /** What the owner should know: the GPU was wanted and is not used, and why. */
  readonly notice?: string;
};

/** Video memory of all GPUs together, right after loading. */
export type GpuMemory = {
  readonly devices: readonly string[];
  readonly totalBytes: number;
  readonly freeBytes: number;
};

type LlamaFacts = Pick<
  ModelInfo,
  "name" | "parameters" | "gpu" | "gpuLayers" | "device" | "gpuMemory" | "leastConfidence"
>;

/** What llama.cpp says of a model it has loaded and of the machine. */
export async function llamaFacts(llama: Llama, model: LlamaModel): Promise<LlamaFacts> {
  const least = Number(intendantFacts(model).least_confidence);
  return {
    ...(least > 0 && least < 1 ? { leastConfidence: least } : {}),
    name: String(model.fileInfo.metadata.general.name ?? model.filename ?? "unnamed"),
    parameters: countParameters(model),
    gpu: llama.gpu,
    gpuLayers: model.gpuLayers,
    device: llama.gpu === false || model.gpuLayers === 0 ? "cpu" : llama.gpu,
    ...(llama.gpu === false ? {} : { gpuMemory: await gpuMemory(llama) }),
  };
}

/** Our own GGUF metadata, `intendant.*`: what a model that was made for this task says of itself. */
export function intendantFacts(model: LlamaModel): {
  readonly system_message?: string;
  readonly least_confidence?: string;
} {
  const { intendant } = model.fileInfo.metadata as { readonly intendant?: ReturnType<typeof intendantFacts> };
  return intendant ?? {};
}

async function gpuMemory(llama: Llama): Promise<GpuMemory> {
  const [devices, { total, free }] = await Promise.all([llama.getGpuDeviceNames(), llama.getVramState()]);
  return { devices, totalBytes: total, freeBytes: free };
}

function countParameters(model: LlamaModel): number {
  const tensors = model.fileInfo.fullTensorInfo ?? [];
  return tensors.reduce(
    (sum, tensor) => sum + tensor.dimensions.reduce<number>((product, size) => product * Number(size), 1),
    0,
  );
}
