import { IntendantError } from "../domain/error.ts";
import type { IntentRecord } from "../domain/record.ts";

/** Exit codes of every command (documented in README.md). */
export const EXIT = {
  ok: 0,
  failed: 1,
  badInput: 2,
  needsAnswer: 3,
  blocked: 4,
  executionStopped: 5,
  unavailable: 6,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const UNAVAILABLE: ReadonlySet<string> = new Set([
  "rpc_unavailable",
  "model_missing",
  "model_invalid",
  "model_load_failed",
  "model_unavailable",
  "model_unauthorised",
  "model_request_rejected",
  "model_answer_invalid",
  "model_answer_too_large",
  "model_download_failed",
  "database_unavailable",
  "devnet_start_failed",
  "devnet_port_in_use",
  "anvil_missing",
  "port_in_use",
  "journal_locked",
  "journal_write_failed",
  "external_signer_failed",
  "execution_pending",
]);

/** Exit code of how an intent ended. */
export function exitCodeOf(record: IntentRecord): ExitCode {
  switch (record.state) {
    case "confirmed":
    case "answered":
    case "awaiting_approval":
    case "handed_to_wallet":
    case "cancelled":
      return EXIT.ok;
    case "clarifying":
    case "refused":
      return EXIT.needsAnswer;
    case "blocked":
      return EXIT.blocked;
    case "partially_confirmed":
    case "reverted":
    case "submitted":
      return EXIT.executionStopped;
    default:
      return record.error !== undefined && UNAVAILABLE.has(record.error.code) ? EXIT.unavailable : EXIT.failed;
  }
}

/** Exit code of a command that threw: unavailable things, wrong input, or a failure of ours. */
export function exitCodeOfError(error: unknown): ExitCode {
  if (!(error instanceof IntendantError)) return EXIT.failed;
  return UNAVAILABLE.has(error.code) ? EXIT.unavailable : EXIT.badInput;
}
