import { fileURLToPath } from "node:url";

/** Path of the embedded model's weights, shipped beside this file. */
export function nanoModelPath(): string {
  return fileURLToPath(new URL("./intendant-nano.gguf", import.meta.url));
}
