import type { FastifyReply, FastifyRequest } from "fastify";
import { fromJson, toJson } from "../domain/json.ts";
import type { HttpDeps } from "./deps.ts";
import { ValidationFailedError } from "./errors.ts";

type Answer<Body> = { readonly status: number; readonly body: Body };

const MAX_KEY_LENGTH = 255;

/**
 * Runs a handler under the request's `Idempotency-Key`: the same key and body get the same answer, once done; without a
 * key it just runs. A failure gives the key back, so that the caller may try again. Sets the status, returns the body.
 */
export async function idempotent<Body>(
  deps: HttpDeps,
  http: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  work: () => Promise<Answer<Body>>,
): Promise<Body> {
  const answer = await once(deps, http.request, work);
  http.reply.status(answer.status);
  return answer.body;
}

async function once<Body>(
  deps: HttpDeps,
  request: FastifyRequest,
  work: () => Promise<Answer<Body>>,
): Promise<Answer<Body>> {
  const key = keyOf(request);
  if (key === undefined) return await work();
  const claim = { key, route: `${request.method} ${request.url}`, body: request.body };
  const earlier = await deps.idempotency.claim(claim);
  if (earlier !== "new") return { status: earlier.status, body: fromJson<Body>(earlier.response) };
  try {
    const answer = await work();
    await deps.idempotency.finish(claim, { status: answer.status, response: toJson(answer.body) });
    return answer;
  } catch (error) {
    await deps.idempotency.release(claim);
    throw error;
  }
}

function keyOf({ headers }: FastifyRequest): string | undefined {
  const header = headers["idempotency-key"];
  const key = (Array.isArray(header) ? header[0] : header)?.trim();
  if (key !== undefined && key.length > MAX_KEY_LENGTH)
    throw new ValidationFailedError(`Idempotency-Key has more than ${MAX_KEY_LENGTH} characters: use a shorter one.`);
  return key === "" ? undefined : key;
}
