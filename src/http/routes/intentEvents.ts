import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { type IntentRecord, isPending, isSettled } from "../../domain/record.ts";
import type { RecordEvent } from "../../storage/records.ts";
import type { HttpDeps } from "../deps.ts";
import { idParams, problems } from "../schemas.ts";

const HEARTBEAT_MS = 15_000;
/** Sequence numbers are 32-bit in the database. */
const MAX_SEQ = 2_147_483_647;

const stream = {
  description: "text/event-stream: id = sequence number, event = state, data = { at, state }",
  content: { "text/event-stream": { schema: z.string() } },
};

/** Server-sent events of one intent, resumable by `Last-Event-ID`; ends when nothing can follow any more. */
export async function intentEventRoutes(fastify: FastifyInstance, { deps }: { deps: HttpDeps }): Promise<void> {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  const schema = {
    tags: ["intents"],
    summary: "Every change of state as server-sent events",
    params: idParams,
    response: { 200: stream, ...problems },
  };
  app.get("/v1/intents/:id/events", { schema, exposeHeadRoute: false }, async (request, reply) => {
    const record = await deps.intents.get(request.params.id);
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-cache",
      connection: "keep-alive",
    });
    const end = follow(deps, record, {
      seen: lastSeen(request.headers["last-event-id"]),
      write: (text) => raw.write(text),
      close: () => raw.end(),
    });
    raw.on("close", end);
  });
}

function lastSeen(header: string | string[] | undefined): number {
  const last = Number(Array.isArray(header) ? header[0] : (header ?? 0));
  return Number.isInteger(last) && last > 0 && last <= MAX_SEQ ? last : 0;
}

type Sink = { seen: number; readonly write: (text: string) => void; readonly close: () => void };

/** Replays what was missed, then passes on what comes; a sequence number is never sent twice, nothing after the end. */
function follow(deps: HttpDeps, record: IntentRecord, sink: Sink): () => void {
  let replayed = false;
  let over = false;
  const early: RecordEvent[] = [];
  const push = (event: RecordEvent): void => {
    if (over || event.seq <= sink.seen) return;
    sink.seen = event.seq;
    sink.write(textOf(event));
  };
  const live = (event: RecordEvent): void => {
    push(event);
    if (isOver(event.type)) finish();
  };
  const unsubscribe = deps.intents.subscribe(record.id, (event) => (replayed ? live(event) : early.push(event)));
  const heartbeat = setInterval(() => sink.write(": still here\n\n"), HEARTBEAT_MS);
  const stop = (): void => {
    over = true;
    clearInterval(heartbeat);
    unsubscribe();
  };
  const finish = (): void => {
    if (over) return;
    stop();
    sink.close();
  };
  void deps.intents.events(record.id, sink.seen).then((missed) => {
    const all = [...missed, ...early];
    for (const event of all) push(event);
    replayed = true;
    if (isOver(all.at(-1)?.type ?? record.state)) finish();
  }, finish);
  return stop;
}

function textOf({ seq, type, at, data }: RecordEvent): string {
  return `id: ${seq}\nevent: ${type}\ndata: ${JSON.stringify({ at, ...(data as object) })}\n\n`;
}

function isOver(state: string): boolean {
  const known = state as IntentRecord["state"];
  return isSettled(known) && !isPending(known);
}
