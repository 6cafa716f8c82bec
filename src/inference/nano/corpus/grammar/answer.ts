import { pickWeighted, type Rng } from "../random.ts";
import type { CorpusRecord } from "../record.ts";
import { ANSWERS } from "./answers.ts";
import { drawScene } from "./scene.ts";

/** An incomplete wish, the question, and an answer that completes it (or still does not). */
export function answer(rng: Rng): CorpusRecord {
  return pickWeighted(rng, ANSWERS)(drawScene(rng));
}
