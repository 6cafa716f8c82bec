import {
  ModelAnswerInvalidError,
  ModelAnswerTooLargeError,
  ModelRequestRejectedError,
  ModelUnauthorisedError,
  ModelUnavailableError,
} from "./errors.ts";

/** A server that speaks the OpenAI protocol. */
export type Connection = {
  /** Base URL, as `https://api.example.com/v1`. */
  readonly url: string;
  /** Secret; leaves the process only in the Authorization header. */
  readonly key?: string;
  /** Longest wait for one whole answer. */
  readonly timeoutMs: number;
};

/** No draft comes near this; a server that sends more is cut off. */
export const MAX_ANSWER_BYTES = 1_000_000;
/** How much of an error's body is looked at. */
const MAX_COMPLAINT_BYTES = 16_384;

type Request = { readonly path: string; readonly body?: unknown; readonly signal: AbortSignal };

/**
 * One request, one JSON answer: POST with a body, GET without.
 *
 * Node's own fetch and not @langchain/openai (1.4.7 would fit core 1.4.0 and Node 20): one endpoint is needed, and that
 * client reads keys and addresses from the environment by itself, reads bodies of any size, follows redirects, retries
 * on its own, and quotes the server in its errors.
 *
 * Redirects are not followed: the words and the key go to the host that was set, or nowhere.
 *
 * @throws ModelUnavailableError, ModelUnauthorisedError, ModelRequestRejectedError, ModelAnswerTooLargeError,
 * ModelAnswerInvalidError (not JSON)
 */
export async function requestJson(connection: Connection, { path, body, signal }: Request): Promise<unknown> {
  const host = hostOf(connection);
  let response: Response;
  try {
    response = await fetch(`${connection.url.replace(/\/+$/, "")}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(connection.key === undefined ? {} : { authorization: `Bearer ${connection.key}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: "manual",
      signal,
    });
  } catch (error) {
    throw new ModelUnavailableError(host, hideKey(reasonOf(error), connection));
  }
  if (!response.ok) throw await refusal(response, connection);
  const text = await readBounded(response, MAX_ANSWER_BYTES, host);
  try {
    return JSON.parse(text);
  } catch {
    throw new ModelAnswerInvalidError(host, "the body is not JSON", hideKey(text, connection));
  }
}

/** Host and port, as messages name a connection. */
export function hostOf({ url }: Connection): string {
  return new URL(url).host;
}

async function refusal(response: Response, connection: Connection): Promise<Error> {
  const host = hostOf(connection);
  const { status } = response;
  if (status === 401 || status === 403) {
    await response.body?.cancel().catch(() => undefined); // the connection may be gone already
    return new ModelUnauthorisedError(host, status, connection.key !== undefined);
  }
  const said = hideKey(await complaintOf(response, host), connection);
  if (status === 408 || status === 429 || status >= 500)
    return new ModelUnavailableError(host, `HTTP ${status} ${said}`);
  return new ModelRequestRejectedError(host, status, status < 400 ? `redirects, which are not followed ${said}` : said);
}

/** `{"error":{"message":…}}`, or the text as it is. */
async function complaintOf(response: Response, host: string): Promise<string> {
  const text = await readBounded(response, MAX_COMPLAINT_BYTES, host).catch(() => "");
  try {
    const { error } = JSON.parse(text) as { error?: { message?: unknown } | string };
    const message = typeof error === "object" ? error?.message : error;
    return typeof message === "string" ? message : text;
  } catch {
    return text;
  }
}

async function readBounded(response: Response, maxBytes: number, host: string): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of response.body ?? []) {
      size += part.byteLength;
      if (size > maxBytes) throw new ModelAnswerTooLargeError(host, maxBytes);
      parts.push(part);
    }
  } catch (error) {
    if (error instanceof ModelAnswerTooLargeError) throw error;
    throw new ModelUnavailableError(host, reasonOf(error));
  }
  return Buffer.concat(parts).toString("utf8");
}

/** A server may send back what it was given. */
export function hideKey(text: string, { key }: Connection): string {
  return key === undefined ? text : text.replaceAll(key, "***");
}

/** What went wrong below HTTP, in a few words: the system's code, or the time that is up. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "the connection failed";
  if (error.name === "TimeoutError") return "no whole answer in time";
  const { code, message } = (error.cause ?? error) as { code?: unknown; message?: unknown };
  return typeof code === "string" ? code : `the connection failed: ${String(message)}`;
}
