/** What a caller may do after an error: nothing, the same call again, or a new plan from a fresh quote. */
export type Retry = "never" | "same" | "fresh-quote";

export type ErrorOptions = {
  /** Facts that help the reader: both numbers, the address, the file. Never secrets. */
  readonly facts?: readonly string[];
  readonly cause?: unknown;
  readonly retry?: Retry;
};

/**
 * Base of every error that Intendant throws on purpose.
 *
 * `code` is stable and shown to users and programs; `message` is one sentence that says what to change.
 * Rendered in three places only: HTTP status (src/http/errors.ts), text for the model, JSON log / CLI.
 */
export abstract class IntendantError extends Error {
  abstract readonly code: string;
  readonly facts: readonly string[];
  readonly retry: Retry;

  constructor(message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.facts = options.facts ?? [];
    this.retry = options.retry ?? "never";
  }

  /** JSON form for logs and doors: no stack, no cause. */
  toProblem(): Problem {
    return { code: this.code, message: this.message, facts: [...this.facts], retry: this.retry };
  }
}

/** Serialisable form of an error, as records and doors carry it. */
export type Problem = {
  readonly code: string;
  readonly message: string;
  readonly facts: readonly string[];
  readonly retry: Retry;
};

/** Turns anything thrown into a Problem; unknown errors get code `internal` and no detail that may hold a secret. */
export function toProblem(error: unknown): Problem {
  if (error instanceof IntendantError) return error.toProblem();
  const text = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  return { code: "internal", message: `Unexpected failure: ${stripSecrets(text)}`, facts: [], retry: "never" };
}

/** Removes credentials of URLs and anything that looks like a private key (32-byte hex) from a text. */
export function stripSecrets(text: string): string {
  return text
    .replace(/(\w+:\/\/)[^\s/@]+@/g, "$1***@")
    .replace(/(https?:\/\/[^\s/"']+)(\/[^\s"']*)?/g, "$1")
    .replace(/\b0x[0-9a-fA-F]{64}\b/g, "0x***");
}
