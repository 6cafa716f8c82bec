import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { HttpDeps } from "../deps.ts";

const readiness = z.object({ ready: z.boolean(), chain: z.boolean(), database: z.boolean(), model: z.boolean() });

/** Liveness, and readiness of chain, database and model. */
export async function healthRoutes(fastify: FastifyInstance, { deps }: { deps: HttpDeps }): Promise<void> {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const alive = { tags: ["service"], summary: "Is it up", response: { 200: z.object({ ok: z.literal(true) }) } };
  app.get("/healthz", { schema: alive }, async () => ({
    ok: true as const,
  }));
  const ready = {
    tags: ["service"],
    summary: "Do chain, database and model answer",
    response: { 200: readiness, 503: readiness },
  };
  app.get("/readyz", { schema: ready }, async (_request, reply) => {
    const parts = await deps.ready();
    const all = parts.chain && parts.database && parts.model;
    return reply.status(all ? 200 : 503).send({ ready: all, ...parts });
  });
}
