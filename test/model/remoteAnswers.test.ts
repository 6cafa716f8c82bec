import type { IncomingMessage, ServerResponse } from "node:http";
import { HumanMessage } from "@langchain/core/messages";
import { afterEach, expect, test } from "vitest";
import { ModelAnswerInvalidError } from "../../src/inference/remote/errors.ts";
import { loadRemoteModel } from "../../src/inference/remote/loadRemoteModel.ts";
import { listen } from "./openAiServer.ts";

const DRAFT = { kind: "talk" };
const SCHEMA = {
  type: "object",
  properties: { kind: { enum: ["talk", "refuse"] } },
  required: ["kind"],
  additionalProperties: false,
};
const open: { close(): Promise<void> }[] = [];

/** A server that answers every question with what `reply` makes of its body. */
async function answering(reply: (asked: Readonly<Record<string, unknown>>) => { status: number; body: object }) {
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const { status, body } = text === "" ? { status: 200, body: {} } : reply(JSON.parse(text));
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
  const server = await listen((request, response) => void handle(request, response));
  open.push(server);
  const { model } = await loadRemoteModel({ url: server.url, name: "m", timeoutMs: 5_000 });
  return { ask: () => model.withStructuredOutput<typeof DRAFT>(SCHEMA).invoke([new HumanMessage("hi")]) };
}

const answer = (content: string, finish_reason = "stop") => ({
  status: 200,
  body: { choices: [{ finish_reason, message: { content } }] },
});

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

test.each(["length", "content_filter"])(
  "error: a draft in the thinking of an answer cut by %s is none",
  async (finish) => {
    const thinking = await answering(() => answer('<think>it could be {"kind":"refuse"}, but', finish));
    await expect(thinking.ask()).rejects.toThrow(ModelAnswerInvalidError);
    const whole = await answering(() => answer(JSON.stringify(DRAFT), finish));
    expect(await whole.ask()).toEqual(DRAFT);
  },
);

test("behavior: questions at the same time all learn what the server does not know", async () => {
  const formats: unknown[] = [];
  const { ask } = await answering((asked) => {
    if ("max_tokens" in asked || "seed" in asked)
      return { status: 400, body: { error: { message: "unknown: max_tokens, seed" } } };
    formats.push((asked.response_format as { json_schema: { schema: unknown } }).json_schema.schema);
    return answer(JSON.stringify(DRAFT));
  });
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([DRAFT, DRAFT, DRAFT]);
  expect(formats).toEqual([SCHEMA, SCHEMA, SCHEMA]);
});
