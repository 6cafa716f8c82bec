import type { IncomingMessage, ServerResponse } from "node:http";
import { inspect } from "node:util";
import { HumanMessage } from "@langchain/core/messages";
import { afterEach, describe, expect, test } from "vitest";
import { composeModel } from "../../src/compose/model.ts";
import { readConfig } from "../../src/config.ts";
import { type IntendantError, toProblem } from "../../src/domain/error.ts";
import type { UsageRecord } from "../../src/domain/usage.ts";
import {
  ModelAnswerInvalidError,
  ModelAnswerTooLargeError,
  ModelRequestRejectedError,
  ModelUnauthorisedError,
  ModelUnavailableError,
} from "../../src/inference/remote/errors.ts";
import { loadRemoteModel } from "../../src/inference/remote/loadRemoteModel.ts";
import { MAX_ANSWER_BYTES } from "../../src/inference/remote/requestJson.ts";
import { listen } from "./openAiServer.ts";

const KEY = "sk-test-Zm9vYmFy0123456789";
const SCHEMA = { type: "object", properties: { a: { const: 1 } }, required: ["a"], additionalProperties: false };

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const status =
  (code: number, body = "{}", headers: Readonly<Record<string, string>> = {}): Answer =>
  (_request, response) =>
    void response.writeHead(code, headers).end(body);
const say = (content: unknown): Answer => status(200, JSON.stringify({ choices: [{ message: { content } }] }));
const endless =
  (head: string): Answer =>
  (_request, response) => {
    response.writeHead(200);
    response.write(head);
    const more = () => {
      while (!response.destroyed && response.write("x".repeat(65_536)));
      if (!response.destroyed) response.once("drain", more);
    };
    more();
  };
const trickle: Answer = (_request, response) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write(" "), 20);
  response.on("close", () => clearInterval(timer));
};

/** What a server does, and the error that says so. */
const HOSTILE: readonly (readonly [string, Answer, abstract new (...args: never[]) => IntendantError])[] = [
  ["never answers", () => undefined, ModelUnavailableError],
  ["never ends", trickle, ModelUnavailableError],
  ["hangs up", (request) => void request.socket.destroy(), ModelUnavailableError],
  [
    "breaks off",
    (_q, response) => void response.writeHead(200).write("{", () => response.destroy()),
    ModelUnavailableError,
  ],
  ["fails", status(500, `{"error":{"message":"stack trace of ${KEY}"}}`), ModelUnavailableError],
  ["is overloaded", status(429, "slow down"), ModelUnavailableError],
  ["wants another key", status(401, `bad key ${KEY}`), ModelUnauthorisedError],
  ["forbids", status(403), ModelUnauthorisedError],
  ["redirects", status(307, "", { location: "http://127.0.0.1:1/v1" }), ModelRequestRejectedError],
  ["says 400 to everything", status(400, `{"error":{"message":"no ${KEY}\\u001b[31m"}}`), ModelRequestRejectedError],
  ["sends a huge body", endless('{"choices":['), ModelAnswerTooLargeError],
  ["sends a page", status(200, `<html>${KEY}</html>`), ModelAnswerInvalidError],
  ["sends other JSON", status(200, '{"choices":[]}'), ModelAnswerInvalidError],
  ["sends null", status(200, "null"), ModelAnswerInvalidError],
  ["says nothing", say(null), ModelAnswerInvalidError],
  ["sends words", say(`\u001b]0;owned\u0007 ${KEY}`), ModelAnswerInvalidError],
  ["sends JSON of another schema", say('{"a":2}'), ModelAnswerInvalidError],
  ["sends more than was asked for", say('{"a":1,"b":2}'), ModelAnswerInvalidError],
  ["sends brackets without end", say("{".repeat(200_000)), ModelAnswerInvalidError],
];

describe("remote model on a hostile server", () => {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const server of open.splice(0)) await server.close();
  });

  test.each(HOSTILE)("error: it %s", async (_name, answer, expected) => {
    const server = await listen((request, response) =>
      request.method === "GET" ? status(200)(request, response) : answer(request, response),
    );
    open.push(server);
    const records: UsageRecord[] = [];
    const { model } = await loadRemoteModel({
      url: server.url,
      name: "m",
      key: KEY,
      timeoutMs: 1_500,
      onUsage: (record) => void records.push(record),
    });
    const began = performance.now();
    const failed: unknown = await model
      .withStructuredOutput(SCHEMA)
      .invoke([new HumanMessage("words")])
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(expected);
    expect(performance.now() - began).toBeLessThan(6_000);
    expect(records).toHaveLength(1);
    const shown = JSON.stringify(toProblem(failed)) + inspect(failed, { depth: 9, showHidden: true });
    expect(shown).not.toContain(KEY);
    const { facts } = toProblem(failed);
    expect(facts.join("")).not.toMatch(/\p{Cc}/u);
    expect(facts.join("").length).toBeLessThan(600);
    expect(inspect(model, { depth: 9, showHidden: true }) + JSON.stringify(model)).not.toContain(KEY);
  });

  test("behavior: of a huge body little more than the limit is taken", async () => {
    let sent = 0;
    const server = await listen((_request, response) => {
      endless('{"choices":[')(_request, response);
      response.on("close", () => {
        sent = response.socket?.bytesWritten ?? response.req.socket.bytesWritten;
      });
    });
    open.push(server);
    // A list of models may be long, an answer may not.
    const { model } = await loadRemoteModel({ url: server.url, name: "m" });
    await expect(model.invoke([new HumanMessage("words")])).rejects.toThrow(ModelAnswerTooLargeError);
    await expect.poll(() => sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(MAX_ANSWER_BYTES + 16_000_000); // and what the system's buffers hold
  });

  test("behavior: an abort of the caller is the caller's reason", async () => {
    const server = await listen((request, response) => {
      if (request.method === "GET") status(200)(request, response);
    });
    open.push(server);
    const { model } = await loadRemoteModel({ url: server.url, name: "m", timeoutMs: 20_000 });
    const controller = new AbortController();
    const pending = model.invoke([new HumanMessage("words")], { signal: controller.signal });
    setTimeout(() => controller.abort(), 100);
    await expect(pending).rejects.toThrow(/abort/i);
  });

  test.each([
    [status(401), ModelUnauthorisedError],
    [status(503), ModelUnavailableError],
  ])("error: a start that cannot work says so", async (answer, expected) => {
    const server = await listen(answer);
    open.push(server);
    const settings = { INTENDANT_MODEL_URL: server.url, INTENDANT_MODEL_NAME: "m" };
    await expect(composeModel(readConfig({}, settings), async () => undefined)).rejects.toThrow(expected);
  });

  test("error: ModelUnavailableError where nothing listens", async () => {
    const { url, close } = await listen(status(200));
    await close();
    const failed: unknown = await loadRemoteModel({ url, name: "m" }).catch((error) => error);
    expect(failed).toBeInstanceOf(ModelUnavailableError);
    expect(toProblem(failed).facts).toContain("ECONNREFUSED");
  });
});

describe("settings of a remote model", () => {
  const read = (settings: Readonly<Record<string, string>>) => () =>
    readConfig({}, { INTENDANT_MODEL_NAME: "m", ...settings });

  test("default: https with a key, http only where it stays here or without one", () => {
    for (const settings of [
      { INTENDANT_MODEL_URL: "https://api.example.com/v1", INTENDANT_MODEL_KEY: KEY },
      { INTENDANT_MODEL_URL: "http://localhost:8080/v1", INTENDANT_MODEL_KEY: KEY },
      { INTENDANT_MODEL_URL: "http://192.168.1.5:11434/v1" },
    ])
      expect(read(settings)).not.toThrow();
  });

  test.each([
    ["a key over http", { INTENDANT_MODEL_URL: "http://api.example.com/v1", INTENDANT_MODEL_KEY: KEY }],
    ["a key that breaks the header", { INTENDANT_MODEL_URL: "https://a.b/v1", INTENDANT_MODEL_KEY: `${KEY}\n` }],
    ["credentials in the address", { INTENDANT_MODEL_URL: `https://user:${KEY}@a.b/v1` }],
    ["a key in the address", { INTENDANT_MODEL_URL: `https://a.b/v1?key=${KEY}` }],
    ["another scheme", { INTENDANT_MODEL_URL: "file:///etc/passwd" }],
    ["two models", { INTENDANT_MODEL_URL: "https://a.b/v1", INTENDANT_MODEL: "x.gguf" }],
    ["no name", { INTENDANT_MODEL_URL: "https://a.b/v1", INTENDANT_MODEL_NAME: "" }],
    ["no address", { INTENDANT_MODEL_KEY: KEY }],
  ])("error: ConfigError for %s, without the secret", (_name, settings) => {
    expect(read(settings)).toThrow(/INTENDANT_MODEL/);
    expect(read(settings)).not.toThrow(KEY);
  });
});
