import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readGgufFileInfo } from "node-llama-cpp";
import { ModelInvalidError } from "./errors.ts";
import { type GgufFile, inspectGguf } from "./inspectGguf.ts";

/** A GGUF and what its own metadata says. */
export type GgufDescription = GgufFile & { readonly name: string; readonly architecture: string };

/**
 * Reads a GGUF's header; the weights are hashed, not loaded.
 *
 * @throws ModelMissingError, ModelInvalidError
 */
export async function describeGguf(options: {
  readonly path: string;
  readonly cacheFolder?: string;
}): Promise<GgufDescription> {
  const file = await inspectGguf(options);
  try {
    const { metadata } = await readGgufFileInfo(file.path, {
      sourceType: "filesystem",
      readTensorInfo: false,
      spliceSplitFiles: false,
      logWarnings: false,
      ignoreKeys: [
        "tokenizer.ggml.tokens",
        "tokenizer.ggml.scores",
        "tokenizer.ggml.token_type",
        "tokenizer.ggml.merges",
      ],
    });
    // What a file says of itself may be of any type.
    const { name, architecture }: { name?: unknown; architecture?: unknown } = metadata.general;
    return { ...file, name: String(name ?? "unnamed"), architecture: String(architecture) };
  } catch (cause) {
    throw new ModelInvalidError(file.path, cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** Paths of a folder's GGUF files by name; of a split model only the first part. None where there is no folder. */
export async function ggufFilesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => /\.gguf$/i.test(name))
    .filter((name) => Number(/-(\d{5})-of-\d{5}\.gguf$/i.exec(name)?.[1] ?? 1) === 1)
    .sort()
    .map((name) => join(folder, name));
}
