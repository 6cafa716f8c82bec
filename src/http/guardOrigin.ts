import type { FastifyInstance, FastifyRequest } from "fastify";
import { IntendantError } from "../domain/error.ts";

const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "::1", "[::1]"]);

/**
 * Without authentication the loopback address is the only fence, and a web page in the owner's browser is behind it.
 * Refused: a Host that is not this machine (a foreign name that resolves here), and an Origin that is another site.
 */
export function guardOrigin(app: FastifyInstance): void {
  app.addHook("onRequest", async (request) => {
    if (!LOOPBACK.has(request.hostname.toLowerCase()) || isForeign(request)) throw new ForbiddenOriginError();
  });
}

function isForeign(request: FastifyRequest): boolean {
  const { origin } = request.headers;
  return origin !== undefined && origin.toLowerCase() !== `${request.protocol}://${request.host}`.toLowerCase();
}

export class ForbiddenOriginError extends IntendantError {
  readonly code = "forbidden_origin";
  constructor() {
    super("This address answers programs of this machine only: use http://127.0.0.1 and no other site's page.");
  }
}
