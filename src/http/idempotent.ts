import type { FastifyReply, FastifyRequest } from "fastify";
import { toJson } from "../domain/json.ts";
import type { HttpDeps } from "./deps.ts";

type Answer = { readonly status: number; readonly body: unknown };

/**
 * Runs a handler under the request's `Idempotency-Key`: the same key and body get the same answer, once done; without a
 * key it just runs. A failure gives the key back, so that the caller may try again.
 */
export async function idempotent(
  deps: HttpDeps,
  http: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  work: () => Promise<Answer>,
): Promise<unknown> {
  const header = http.request.headers["idempotency-key"];
  const key = Array.isArray(header) ? header[0] : header;
  if (key === undefined || key === "") return send(http.reply, await work());
  const claim = { key, route: http.request.url, body: http.request.body };
  const earlier = await deps.idempotency.claim(claim);
  if (earlier !== "new") return send(http.reply, { status: earlier.status, body: earlier.response });
  try {
    const answer = await work();
    await deps.idempotency.finish(claim, { status: answer.status, response: toJson(answer.body) });
    return send(http.reply, answer);
  } catch (error) {
    await deps.idempotency.release(claim);
    throw error;
  }
}

function send(reply: FastifyReply, answer: Answer): unknown {
  return reply.status(answer.status).send(answer.body);
}
