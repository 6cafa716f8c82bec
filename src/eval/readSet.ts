import { statSync } from "node:fs";
import { type ErrorOptions, IntendantError } from "../domain/error.ts";
import { readRecords, readWritten } from "../inference/nano/corpus/readWritten.ts";
import type { CorpusRecord } from "../inference/nano/corpus/record.ts";

/**
 * The labelled requests of a file, or of every file of a folder. A record holds `text` or `messages`, `understanding` in
 * the form of intent.md with the intent's fields beside `kind`, and optional `tags`.
 *
 * @throws EvalSetInvalidError
 */
export function readSet(path: string): readonly CorpusRecord[] {
  let records: readonly CorpusRecord[];
  try {
    records = statSync(path).isDirectory() ? readWritten(path).map(({ record }) => record) : readRecords(path);
  } catch (cause) {
    throw new EvalSetInvalidError(path, cause instanceof Error ? cause.message : String(cause), { cause });
  }
  if (records.length === 0) throw new EvalSetInvalidError(path, "it holds no request");
  return records;
}

export class EvalSetInvalidError extends IntendantError {
  readonly code = "eval_set_invalid";
  constructor(path: string, reason: string, options: ErrorOptions = {}) {
    super("The set of requests cannot be read: name an existing file of labelled requests with --set.", {
      ...options,
      facts: [`path: ${path}`, reason.split("\n")[0] ?? ""],
    });
  }
}
