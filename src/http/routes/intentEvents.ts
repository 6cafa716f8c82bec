import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { type IntentRecord, isPending, isSettled } from "../../domain/record.ts";
import type { RecordEvent } from "../../storage/records.ts";
import type { HttpDeps } from "../deps.ts";
import { idParams } from "../schemas.ts";

const HEARTBEAT_MS = 15_000;

/** Server-sent events of one intent, resumable by `Last-Event-ID`; ends when nothing can follow any more. */
export async function intentEventRoutes(fastify: FastifyInstance, { deps }: { deps: HttpDeps }): Promise<void> {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  app.get("/v1/intents/:id/events", { schema: { params: idParams } }, async (request, reply) => {
    const record = await deps.intents.get(request.params.id);
    const last = Number(request.headers["last-event-id"] ?? 0);
    reply.hijack();
    const stream = reply.raw;
    stream.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-cache",
      connection: "keep-alive",
    });
    const end = follow(deps, record, {
      seen: Number.isInteger(last) && last > 0 ? last : 0,
      write: (text) => stream.write(text),
      close: () => stream.end(),
    });
    stream.on("close", end);
  });
}

type Sink = { seen: number; readonly write: (text: string) => void; readonly close: () => void };

/** Replays what was missed, then passes on what comes; a sequence number is never sent twice. */
function follow(deps: HttpDeps, record: IntentRecord, sink: Sink): () => void {
  const push = (event: RecordEvent): void => {
    if (event.seq <= sink.seen) return;
    sink.seen = event.seq;
    sink.write(
      `id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify({ at: event.at, ...(event.data as object) })}\n\n`,
    );
    if (isOver(event.type)) finish();
  };
  const early: RecordEvent[] = [];
  let replayed = false;
  const unsubscribe = deps.intents.subscribe(record.id, (event) => (replayed ? push(event) : early.push(event)));
  const heartbeat = setInterval(() => sink.write(": still here\n\n"), HEARTBEAT_MS);
  const stop = (): void => {
    clearInterval(heartbeat);
    unsubscribe();
  };
  const finish = (): void => {
    stop();
    sink.close();
  };
  void deps.intents.events(record.id, sink.seen).then((missed) => {
    replayed = true;
    for (const event of [...missed, ...early]) push(event);
    if (isOver(record.state)) finish();
  }, finish);
  return stop;
}

function isOver(state: string): boolean {
  const known = state as IntentRecord["state"];
  return isSettled(known) && !isPending(known);
}
