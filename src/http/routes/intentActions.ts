import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { recordSchema } from "../../domain/record.ts";
import { assertWarningsRead } from "../../intents/assertApprovable.ts";
import { unsignedCalls, unsignedCallsSchema } from "../../wallet/unsignedCalls.ts";
import type { HttpDeps } from "../deps.ts";
import { idempotent } from "../idempotent.ts";
import { idParams, problems } from "../schemas.ts";
import { answerWithin, waitSeconds } from "./intents.ts";

const approval = z.strictObject({
  planHash: z.string().regex(/^0x[0-9a-f]{64}$/, "the planHash of the preview"),
  acknowledged: z.array(z.string()).default([]),
});
const answerBody = z.strictObject({ text: z.string().trim().min(1).max(200_000) });
const format = z.object({
  format: z.enum(["eip5792", "sequential", "safe"]).default("eip5792"),
  acknowledged: z
    .string()
    .default("")
    .transform((codes) => codes.split(",").filter((code) => code !== ""))
    .describe("codes of the warnings that were read, separated by commas"),
});
const records = { 200: recordSchema, 202: recordSchema, ...problems };

/** What a caller may do with an intent: reply, approve, take its calls, cancel. */
export async function intentActionRoutes(fastify: FastifyInstance, { deps }: { deps: HttpDeps }): Promise<void> {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  app.post(
    "/v1/intents/:id/answers",
    {
      schema: {
        tags: ["intents"],
        summary: "Reply to a clarification: the conversation goes on in a new intent of the same thread",
        params: idParams,
        body: answerBody,
        response: records,
      },
    },
    async (request, reply) =>
      idempotent(deps, { request, reply }, async () => {
        const record = await deps.intents.answer(request.params.id, request.body.text);
        return await answerWithin(deps, record, waitSeconds(request.headers.prefer));
      }),
  );
  app.post(
    "/v1/intents/:id/approve",
    {
      schema: {
        tags: ["intents"],
        summary: "Consent to one plan by its hash; it is executed",
        params: idParams,
        body: approval,
        response: records,
      },
    },
    async (request, reply) =>
      idempotent(deps, { request, reply }, async () => {
        const record = await deps.intents.approve(request.params.id, request.body);
        return await answerWithin(deps, record, waitSeconds(request.headers.prefer));
      }),
  );
  app.post(
    "/v1/intents/:id/cancel",
    { schema: { tags: ["intents"], summary: "Cancel before broadcast", params: idParams, response: records } },
    async (request, reply) =>
      idempotent(deps, { request, reply }, async () => ({
        status: 200,
        body: await deps.intents.cancel(request.params.id),
      })),
  );
  app.get(
    "/v1/intents/:id/calls",
    {
      schema: {
        tags: ["intents"],
        summary: "Unsigned calls of the plan for a wallet",
        params: idParams,
        querystring: format,
        response: { 200: unsignedCallsSchema, ...problems },
      },
    },
    async (request) => {
      const record = await deps.intents.get(request.params.id);
      const calls = unsignedCalls(record, request.query.format);
      assertWarningsRead(record, request.query.acknowledged);
      await deps.intents.handToWallet(request.params.id, request.query.acknowledged);
      return calls;
    },
  );
}
