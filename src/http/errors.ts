import { STATUS_CODES } from "node:http";
import { z } from "zod";
import { IntendantError, stripSecrets } from "../domain/error.ts";

/** HTTP status by error code; what is not listed is the caller's fault and cannot be processed (422). */
const STATUS: Readonly<Record<string, number>> = {
  validation_failed: 400,
  config_invalid: 400,
  not_found: 404,
  state_conflict: 409,
  plan_expired: 409,
  plan_hash_mismatch: 409,
  acknowledgement_missing: 409,
  wallet_signs: 409,
  late_bound_calls: 409,
  intent_ambiguous: 409,
  idempotency_in_flight: 409,
  idempotency_key_reused: 422,
  paused: 423,
  rpc_unavailable: 503,
  model_unavailable: 503,
  database_unavailable: 503,
  execution_pending: 503,
  overloaded: 503,
  internal: 500,
};

/** RFC 9457 problem details, with our code and what to change. */
export const problemDetailsSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  code: z.string(),
  retryable: z.boolean(),
  facts: z.array(z.string()),
});

export type ProblemDetails = z.infer<typeof problemDetailsSchema>;

/** Any thrown value → problem details. Unknown errors say nothing of the inside. */
export function toProblemDetails(error: unknown): ProblemDetails {
  if (error instanceof IntendantError) {
    return details(STATUS[error.code] ?? 422, error.code, error.message, {
      facts: [...error.facts],
      retryable: error.retry !== "never",
    });
  }
  const framework = error as { statusCode?: number; message?: string; validation?: unknown; code?: string };
  if (framework.validation !== undefined)
    return details(400, "validation_failed", stripSecrets(framework.message ?? ""), {});
  if (framework.statusCode !== undefined && framework.statusCode < 500) {
    return details(framework.statusCode, frameworkCode(framework.statusCode), framework.message ?? "", {});
  }
  return details(500, "internal", "Something failed inside Intendant; the log has the details.", { retryable: true });
}

function frameworkCode(status: number): string {
  if (status === 404) return "not_found";
  if (status === 413) return "payload_too_large";
  return "validation_failed";
}

function details(
  status: number,
  code: string,
  detail: string,
  extra: { readonly facts?: string[]; readonly retryable?: boolean },
): ProblemDetails {
  const title = STATUS_CODES[status] ?? "Error";
  return {
    type: "about:blank",
    title,
    status,
    detail,
    code,
    retryable: extra.retryable ?? false,
    facts: extra.facts ?? [],
  };
}

/** A request that the schema cannot judge: says which field to change. */
export class ValidationFailedError extends IntendantError {
  readonly code = "validation_failed";
}
