import type { Reader } from "../chain/reader.ts";
import type { ReadDeps } from "./types.ts";

/** The same reads, all at the block of one reader: an answer never mixes two states. */
export function pinReads<Deps extends ReadDeps>(deps: Deps, reader: Reader): Deps {
  return { ...deps, reader: async () => reader };
}
