import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { HttpDeps } from "../deps.ts";

const readiness = z.object({ ready: z.boolean(), chain: z.boolean(), database: z.boolean(), model: z.boolean() });

/** Liveness, and readiness of chain, database and model. */
export async function healthRoutes(fastify: FastifyInstance, { deps }: { deps: HttpDeps }): Promise<void> {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  app.get("/healthz", { schema: { response: { 200: z.object({ ok: z.literal(true) }) } } }, async () => ({
    ok: true as const,
  }));
  app.get("/readyz", { schema: { response: { 200: readiness, 503: readiness } } }, async (_request, reply) => {
    const parts = await deps.ready();
    const ready = parts.chain && parts.database && parts.model;
    return reply.status(ready ? 200 : 503).send({ ready, ...parts });
  });
}
