import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CorpusRecord } from "./record.ts";

/** One written record in this many is held out of training (3 %); the same rule as in prepare.ts. */
const HOLD_OUT = 33;

/** Every written record in a fixed order, with the file it stands in and whether it is held out of training. */
export function readWritten(): readonly {
  readonly record: CorpusRecord;
  readonly name: string;
  readonly heldOut: boolean;
}[] {
  const folder = join(dirname(fileURLToPath(import.meta.url)), "written");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .sort()
    .flatMap((name) =>
      readFileSync(join(folder, name), "utf8")
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map((line) => ({ line, name })),
    )
    .map(({ line, name }, index) => ({
      record: JSON.parse(line) as CorpusRecord,
      name: name.replace(".jsonl", ""),
      heldOut: index % HOLD_OUT === 7,
    }));
}
