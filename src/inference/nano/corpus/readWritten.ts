import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CorpusRecord } from "./record.ts";
import { readShorthand } from "./shorthand.ts";

/** A request written by hand, and the file it stands in, without the ending. */
export type Written = { readonly record: CorpusRecord; readonly name: string };

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), "written");

/** Every written record of a folder (the corpus by default) in a fixed order: JSON lines, and shorthand in `.txt`. */
export function readWritten(folder = FOLDER): readonly Written[] {
  return readdirSync(folder)
    .filter((name) => /\.(jsonl|txt)$/.test(name))
    .sort()
    .flatMap((name) => readRecords(join(folder, name)).map((record) => ({ record, name: name.replace(/\.\w+$/, "") })));
}

/** The records of one file. Errors: ShorthandError, SyntaxError. */
export function readRecords(path: string): readonly CorpusRecord[] {
  const source = readFileSync(path, "utf8");
  if (path.endsWith(".txt")) return readShorthand(source);
  const lines = source.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => JSON.parse(line) as CorpusRecord);
}
