import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import fastify, { type FastifyInstance } from "fastify";
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from "fastify-type-provider-zod";
import type { HttpDeps } from "./deps.ts";
import { toProblemDetails } from "./errors.ts";
import { healthRoutes } from "./routes/health.ts";
import { intentActionRoutes } from "./routes/intentActions.ts";
import { intentEventRoutes } from "./routes/intentEvents.ts";
import { intentRoutes } from "./routes/intents.ts";
import { readRoutes } from "./routes/reads.ts";

/** Largest request body: long conversations fit, floods do not. */
const BODY_LIMIT_BYTES = 1_048_576;

/** Builds the HTTP door; listens to nothing. Tests inject, `serve` listens. */
export async function buildApp(deps: HttpDeps): Promise<FastifyInstance> {
  const app = fastify({
    logger: deps.log,
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: true,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error, request, reply) => {
    const problem = toProblemDetails(error);
    if (problem.status >= 500) request.log.error(error);
    return reply.status(problem.status).type("application/problem+json").send(problem);
  });
  app.setNotFoundHandler((_request, reply) => {
    const problem = {
      ...toProblemDetails({ statusCode: 404, message: "There is nothing at this address: see /openapi.json." }),
    };
    return reply.status(404).type("application/problem+json").send(problem);
  });
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Intendant", version: "0.1.0", description: "Words in, executed transactions out." },
    },
    transform: jsonSchemaTransform,
  });
  await app.register(swaggerUi, { routePrefix: "/docs" });
  app.get("/openapi.json", { schema: { hide: true } }, async () => app.swagger());
  await app.register(healthRoutes, { deps });
  await app.register(intentRoutes, { deps });
  await app.register(intentActionRoutes, { deps });
  await app.register(intentEventRoutes, { deps });
  await app.register(readRoutes, { deps });
  return app;
}
