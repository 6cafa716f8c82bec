import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import fastify, { type FastifyInstance } from "fastify";
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from "fastify-type-provider-zod";
import { allowedMethods } from "./allowedMethods.ts";
import type { HttpDeps } from "./deps.ts";
import { MethodNotAllowedError, NoSuchAddressError, toProblemDetails } from "./errors.ts";
import { guardOrigin } from "./guardOrigin.ts";
import { jsonBody } from "./jsonBody.ts";
import { checkRoutes } from "./routes/checks.ts";
import { healthRoutes } from "./routes/health.ts";
import { intentActionRoutes } from "./routes/intentActions.ts";
import { intentEventRoutes } from "./routes/intentEvents.ts";
import { intentRoutes } from "./routes/intents.ts";
import { readRoutes } from "./routes/reads.ts";

/** Largest request body: long conversations fit, floods do not. */
const BODY_LIMIT_BYTES = 1_048_576;

/** What a caller is told to wait when too much is under way: about one scan. */
const RETRY_SECONDS = 5;

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
    if (problem.code === "overloaded") reply.header("retry-after", RETRY_SECONDS);
    return reply.status(problem.status).type("application/problem+json").send(problem);
  });
  const methodsOf = allowedMethods(app);
  app.setNotFoundHandler((request, reply) => {
    const methods = methodsOf(request.url.split("?")[0] ?? "");
    if (methods.length === 0) throw new NoSuchAddressError();
    reply.header("allow", methods.join(", "));
    throw new MethodNotAllowedError(request.method, methods);
  });
  guardOrigin(app);
  jsonBody(app);
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Intendant", version: "0.1.0", description: "Words in, executed transactions out." },
      tags: [
        { name: "intents", description: "From words to a plan, consent and execution." },
        { name: "reads", description: "What the chain and Intendant's own books say." },
        { name: "checks", description: "The guards, for any wallet: tokens, calls, signatures." },
        { name: "service", description: "Is it up, is it ready." },
      ],
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
  await app.register(checkRoutes, { deps });
  return app;
}
