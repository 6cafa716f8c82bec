import { fileURLToPath } from "node:url";

/** Path of the embedded model's weights, shipped beside this file. */
export function nanoModelPath(): string {
  return fileURLToPath(new URL("./intendant-nano.gguf", import.meta.url));
}

/** Path of the second reader's weights: trained apart from the first one, so that the two seldom err alike. */
export function secondReaderPath(): string {
  return fileURLToPath(new URL("./intendant-nano-second.gguf", import.meta.url));
}
