import { IntendantError, stripSecrets } from "../../domain/error.ts";

/** The remote model cannot be reached, is overloaded, failed, or did not answer in time. */
export class ModelUnavailableError extends IntendantError {
  readonly code = "model_unavailable";
  constructor(host: string, reason: string) {
    super("The remote model does not answer: check INTENDANT_MODEL_URL and that its server runs, or try again later.", {
      facts: [`host: ${host}`, foreign(reason)],
      retry: "same",
    });
  }
}

/** The server wants a key, or another one. */
export class ModelUnauthorisedError extends IntendantError {
  readonly code = "model_unauthorised";
  constructor(host: string, status: number, keyed: boolean) {
    super("The remote model refused the key: set INTENDANT_MODEL_KEY to a key that may use this model.", {
      facts: [
        `host: ${host}`,
        `HTTP ${status}`,
        keyed ? "a key was sent" : "no key was sent: INTENDANT_MODEL_KEY is empty",
      ],
    });
  }
}

/** The server understood that it was asked and said no: wrong path, unknown model, an unsupported parameter. */
export class ModelRequestRejectedError extends IntendantError {
  readonly code = "model_request_rejected";
  readonly status: number;
  /** What the server said, bounded and without secrets. */
  readonly said: string;
  constructor(host: string, status: number, said: string) {
    super(
      "The remote model rejected the request: check that INTENDANT_MODEL_URL is the base URL of an OpenAI-compatible API (it usually ends in /v1) and that INTENDANT_MODEL_NAME is a model it serves.",
      { facts: [`host: ${host}`, `HTTP ${status}`, foreign(said)] },
    );
    this.status = status;
    this.said = foreign(said);
  }
}

/** What came back is not a chat completion, or its text is not JSON of the schema that was asked for. */
export class ModelAnswerInvalidError extends IntendantError {
  readonly code = "model_answer_invalid";
  constructor(host: string, reason: string, text = "") {
    super(
      "The remote model's answer is not what was asked for: rephrase the request, or set INTENDANT_MODEL_NAME to a model that writes JSON of a schema.",
      { facts: [`host: ${host}`, foreign(reason), ...(text === "" ? [] : [`text: ${foreign(text)}`])], retry: "same" },
    );
  }
}

/** The server sent more than any answer can be; the rest was not read. */
export class ModelAnswerTooLargeError extends IntendantError {
  readonly code = "model_answer_too_large";
  constructor(host: string, maxBytes: number) {
    super(
      "The remote model sent far more than one answer: check that INTENDANT_MODEL_URL is an OpenAI-compatible API.",
      {
        facts: [`host: ${host}`, `most that is read: ${maxBytes} bytes`],
      },
    );
  }
}

/** Text of a stranger's server: no control characters, no credentials, not long. */
function foreign(text: string): string {
  return stripSecrets(text.slice(0, 2_000))
    .replace(/[\p{Cc}\p{Cf}]+/gu, " ")
    .trim()
    .slice(0, 200);
}
