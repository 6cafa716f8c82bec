import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { AIMessage, type BaseMessage, HumanMessage, SystemMessage, type UsageMetadata } from "@langchain/core/messages";
import type { LlamaChatModel } from "../../src/inference/LlamaChatModel.ts";
import type { JsonSchema } from "../../src/inference/schemaToGrammar.ts";

type ChatRequest = {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly temperature?: number;
  readonly seed?: number;
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly response_format?: {
    readonly type: string;
    readonly json_schema?: { readonly schema: JsonSchema };
  };
};

/** What a server supports; servers in the wild differ in this. */
export type Support = {
  /** `response_format` types that are answered with HTTP 400. */
  readonly rejects?: readonly string[];
  /** Answers plain text whatever is asked for. */
  readonly ignoresFormat?: boolean;
  /** Parameters that are answered with HTTP 400. */
  readonly rejectsParameters?: readonly string[];
  /** Changes the text of the answer. */
  readonly rewrite?: (text: string) => string;
  readonly key?: string;
};

export type TestServer = { readonly url: string; readonly seen: ChatRequest[]; close(): Promise<void> };

/** Starts a real HTTP server on a free port. */
export async function listen(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<{
  readonly url: string;
  close(): Promise<void>;
}> {
  const server: Server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** A server of the OpenAI protocol whose answers come from a real model through llama.cpp. */
export async function openAiServer(model: LlamaChatModel, support: Support = {}): Promise<TestServer> {
  const seen: ChatRequest[] = [];
  const server = await listen((request, response) => {
    void handle(request, { model, support, seen }).then(({ status, body }) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    });
  });
  return { ...server, seen };
}

type Reply = { readonly status: number; readonly body: unknown };
type Behind = { readonly model: LlamaChatModel; readonly support: Support; readonly seen: ChatRequest[] };

async function handle(request: IncomingMessage, { model, support, seen }: Behind): Promise<Reply> {
  if (support.key !== undefined && request.headers.authorization !== `Bearer ${support.key}`)
    return refuse(401, `Incorrect API key provided: ${request.headers.authorization}`);
  if (request.url === "/v1/models") return { status: 200, body: { object: "list", data: [{ id: "nano" }] } };
  if (request.url !== "/v1/chat/completions") return refuse(404, "no such page");
  const asked = (await bodyOf(request)) as ChatRequest;
  seen.push(asked);
  if (asked.model !== "nano") return refuse(404, `The model ${asked.model} does not exist`);
  const type = asked.response_format?.type ?? "text";
  if (support.rejects?.includes(type)) return refuse(400, `response_format ${type} is not supported`);
  const unknown = (support.rejectsParameters ?? []).find((key) => key in asked);
  if (unknown !== undefined) return refuse(400, `Unsupported parameter: '${unknown}'`);
  return { status: 200, body: await complete(asked, model, support) };
}

async function complete(asked: ChatRequest, model: LlamaChatModel, { ignoresFormat, rewrite }: Support) {
  const schema = ignoresFormat === true ? undefined : asked.response_format?.json_schema?.schema;
  const answer = await model.invoke(asked.messages.map(toMessage), {
    ...(schema === undefined ? {} : { jsonSchema: schema }),
    ...(asked.temperature === undefined ? {} : { temperature: asked.temperature }),
    ...(asked.seed === undefined ? {} : { seed: asked.seed }),
    maxTokens: asked.max_tokens ?? asked.max_completion_tokens ?? 16,
  });
  const { usage_metadata: counted }: { usage_metadata?: unknown } = answer;
  const usage = counted as UsageMetadata | undefined;
  const content = rewrite === undefined ? answer.text : rewrite(answer.text);
  return {
    object: "chat.completion",
    choices: [
      { index: 0, message: { role: "assistant", content }, finish_reason: answer.response_metadata.finish_reason },
    ],
    usage: { prompt_tokens: usage?.input_tokens, completion_tokens: usage?.output_tokens },
  };
}

function toMessage({ role, content }: { readonly role: string; readonly content: string }): BaseMessage {
  if (role === "system") return new SystemMessage(content);
  return role === "user" ? new HumanMessage(content) : new AIMessage(content);
}

function refuse(status: number, message: string): Reply {
  return { status, body: { error: { message, type: "invalid_request_error" } } };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text);
}
