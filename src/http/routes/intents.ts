import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Message } from "../../domain/intent.ts";
import { type IntentRecord, isSettled, recordSchema, recordStates } from "../../domain/record.ts";
import type { SubmitRequest } from "../../intents/service.ts";
import type { HttpDeps } from "../deps.ts";
import { ValidationFailedError } from "../errors.ts";
import { idempotent } from "../idempotent.ts";
import { idParams, problems, submitSchema } from "../schemas.ts";

type Body = z.infer<typeof submitSchema>;

const listQuery = z.object({
  state: z.enum(recordStates).optional(),
  thread: z.string().optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

/** Longest `Prefer: wait`, in seconds. */
const MAX_WAIT_SECONDS = 120;

/** Create, read and list intents. */
export async function intentRoutes(fastify: FastifyInstance, { deps }: { deps: HttpDeps }): Promise<void> {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  app.post(
    "/v1/intents",
    {
      schema: {
        tags: ["intents"],
        summary: "Understand, plan, guard and simulate; 202 at once, or 200 once settled with Prefer: wait",
        body: submitSchema,
        response: { 200: recordSchema, 202: recordSchema, ...problems },
      },
    },
    async (request, reply) =>
      idempotent(deps, { request, reply }, async () => {
        const record = await deps.intents.submit(await toSubmit(deps, request.body));
        return await answerWithin(deps, record, waitSeconds(request.headers.prefer));
      }),
  );
  app.get(
    "/v1/intents/:id",
    {
      schema: {
        tags: ["intents"],
        summary: "The record of one intent",
        params: idParams,
        response: { 200: recordSchema, ...problems },
      },
    },
    (request) => deps.intents.get(request.params.id),
  );
  app.get(
    "/v1/intents",
    {
      schema: {
        tags: ["intents"],
        summary: "Records, newest first",
        querystring: listQuery,
        response: { 200: z.object({ intents: z.array(recordSchema), cursor: z.string().optional() }), ...problems },
      },
    },
    async (request) => {
      const { state, thread, cursor, limit } = request.query;
      const page = await deps.intents.list({
        limit,
        ...(state === undefined ? {} : { state }),
        ...(thread === undefined ? {} : { thread }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      return { intents: [...page.records], ...(page.cursor === undefined ? {} : { cursor: page.cursor }) };
    },
  );
}

async function toSubmit(deps: HttpDeps, body: Body): Promise<SubmitRequest> {
  const account = body.account ?? deps.defaultAccount;
  if (account === undefined)
    throw new ValidationFailedError("account is needed: name the 0x address whose funds are meant.");
  return {
    messages: await conversation(deps, body),
    account,
    mode: body.mode,
    ...(body.intent === undefined ? {} : { intent: body.intent }),
    ...(body.constraints === undefined ? {} : { constraints: body.constraints }),
    ...(body.thread === undefined ? {} : { thread: body.thread }),
  };
}

async function conversation(deps: HttpDeps, body: Body): Promise<readonly Message[]> {
  if (body.messages !== undefined) return body.messages;
  if (body.text === undefined) return [];
  const before = body.thread === undefined ? [] : await deps.intents.conversation(body.thread);
  return [...before, { role: "user", content: body.text }];
}

/** 202 with the record as it is, or 200 once it has settled within the time the caller waits. */
export async function answerWithin(
  deps: HttpDeps,
  record: IntentRecord,
  seconds: number | undefined,
): Promise<{ status: number; body: IntentRecord }> {
  if (seconds === undefined) return { status: 202, body: record };
  const body = await deps.intents.settled(record.id, seconds * 1_000);
  return { status: isSettled(body.state) ? 200 : 202, body };
}

/** Seconds of `Prefer: wait=N` (RFC 7240), bounded; undefined without it. */
export function waitSeconds(prefer: string | string[] | undefined): number | undefined {
  const text = Array.isArray(prefer) ? prefer.join(",") : (prefer ?? "");
  const match = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,4})/i.exec(text);
  return match?.[1] === undefined ? undefined : Math.min(Number(match[1]), MAX_WAIT_SECONDS);
}
