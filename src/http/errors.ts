import { STATUS_CODES } from "node:http";
import { z } from "zod";
import { IntendantError, stripSecrets } from "../domain/error.ts";

/** HTTP status by error code; what is not listed is the caller's fault and cannot be processed (422). */
const STATUS: Readonly<Record<string, number>> = {
  validation_failed: 400,
  config_invalid: 400,
  forbidden_origin: 403,
  not_found: 404,
  method_not_allowed: 405,
  state_conflict: 409,
  plan_expired: 409,
  plan_stale: 409,
  plan_hash_mismatch: 409,
  plan_tampered: 409,
  acknowledgement_missing: 409,
  wallet_signs: 409,
  late_bound_calls: 409,
  intent_ambiguous: 409,
  idempotency_in_flight: 409,
  idempotency_key_reused: 422,
  paused: 423,
  rpc_unavailable: 503,
  external_signer_failed: 503,
  model_unavailable: 503,
  model_unauthorised: 503,
  model_request_rejected: 503,
  model_answer_invalid: 503,
  model_answer_too_large: 503,
  database_unavailable: 503,
  execution_pending: 503,
  overloaded: 503,
  scan_late: 503,
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
  return frameworkProblem(error as FrameworkError);
}

type FrameworkError = {
  readonly statusCode?: number;
  readonly message?: string;
  readonly validation?: readonly { readonly instancePath: string; readonly message?: string }[];
  readonly validationContext?: string;
};

/** What the web framework threw: a request of the wrong form, or a failure of ours. */
function frameworkProblem({ statusCode, message, validation, validationContext }: FrameworkError): ProblemDetails {
  if (validation !== undefined) {
    const facts = validation.map((issue) => `${place(validationContext, issue.instancePath)}: ${issue.message ?? ""}`);
    return details(400, "validation_failed", `The request needs to change: ${facts.join("; ")}.`, { facts });
  }
  if (statusCode === undefined || statusCode >= 500) {
    const detail = "Something failed inside Intendant; the log has the details.";
    return details(500, "internal", detail, { retryable: true });
  }
  return details(statusCode, FRAMEWORK_CODES[statusCode] ?? "validation_failed", stripSecrets(message ?? ""), {});
}

const FRAMEWORK_CODES: Readonly<Record<number, string>> = {
  404: "not_found",
  413: "payload_too_large",
  415: "unsupported_media_type",
};

/** "body.text", "querystring.limit". */
function place(context: string | undefined, path: string): string {
  const inner = path.split("/").filter((segment) => segment !== "");
  return [context ?? "request", ...inner].join(".");
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

export class NoSuchAddressError extends IntendantError {
  readonly code = "not_found";
  constructor() {
    super("There is nothing at this address: see /openapi.json.");
  }
}

export class MethodNotAllowedError extends IntendantError {
  readonly code = "method_not_allowed";
  constructor(method: string, allowed: readonly string[]) {
    super(`This address does not take ${method}: use ${allowed.join(" or ")}.`);
  }
}
