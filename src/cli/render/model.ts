import type { ListedModel } from "../../compose/models.ts";
import type { ModelInfo } from "../../inference/modelInfo.ts";
import { printable } from "./printable.ts";
import { createTable } from "./table.ts";

/** "on the CPU", "on cuda", "at api.example.com". */
export function placeOf({ device, path }: ModelInfo): string {
  if (device === "remote") return `at ${path}`;
  return device === "cpu" ? "on the CPU" : `on ${device}`;
}

/** The model as `doctor` says it. */
export function describeModel(info: ModelInfo): string {
  const { name, parameters, gpuLayers, contextSize, threads, sha256 } = info;
  if (info.device === "remote") return `${printable(name)} ${placeOf(info)}, answers`;
  return `${printable(name)}, ${parameters} parameters, ${placeOf(info)}, ${gpuLayers} layers on GPU, ${threads} threads, context ${contextSize}, sha256 ${sha256}`;
}

/** The GPU and its memory, or why there is none. */
export function describeGpu({ device, gpu, gpuMemory, flashAttention, notice }: ModelInfo): string {
  if (notice !== undefined) return printable(notice, 1_000);
  if (device === "remote") return "not used: the model is remote";
  if (gpu === false || gpuMemory === undefined) return "not used";
  const { devices, totalBytes, freeBytes } = gpuMemory;
  const memory = `${gigabytes(freeBytes)} of ${gigabytes(totalBytes)} GB free`;
  return `${gpu}: ${printable(devices.join(", "))}, ${memory}, flash attention ${flashAttention === true ? "on" : flashAttention === false ? "off" : "auto"}`;
}

/** Models, and which one is used. */
export function renderModels(models: readonly ListedModel[]): string {
  const table = createTable({ head: ["", "model", "architecture", "MB", "sha256", "where"], right: [3] });
  for (const { name, used, architecture = "", sizeBytes, sha256 = "", kind, where } of models)
    table.push([
      used ? "✔" : "",
      printable(kind === "unusable" ? `(${name})` : name),
      printable(architecture),
      sizeBytes === undefined ? "" : (sizeBytes / 1_000_000).toFixed(1),
      sha256.slice(0, 16),
      kind === "file" || kind === "unusable" ? printable(where) : `${kind}${kind === "remote" ? ` ${where}` : ""}`,
    ]);
  return table.toString();
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}
