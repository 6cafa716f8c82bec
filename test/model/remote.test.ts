import { HumanMessage, SystemMessage, type UsageMetadata } from "@langchain/core/messages";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { understandPrompt } from "../../agents/prompts/understand.ts";
import { composeModel } from "../../src/compose/model.ts";
import { readConfig } from "../../src/config.ts";
import type { UsageRecord } from "../../src/domain/usage.ts";
import { MessageUnsupportedError } from "../../src/inference/errors.ts";
import { type ChatModel, loadChatModel } from "../../src/inference/loadChatModel.ts";
import { nanoModelPath } from "../../src/inference/nano/nanoModelPath.ts";
import { ModelAnswerInvalidError, ModelRequestRejectedError } from "../../src/inference/remote/errors.ts";
import { loadRemoteModel, type RemoteModelConfig } from "../../src/inference/remote/loadRemoteModel.ts";
import { draftJsonSchema } from "../../src/understanding/draft.ts";
import { understand } from "../../src/understanding/understand.ts";
import { openAiServer, type Support, type TestServer } from "./openAiServer.ts";

const REQUEST = "user: swap [N1] [T1s] for [T2e]";
const DRAFT = {
  kind: "act",
  actions: [{ type: "swap", sell: "T1", buy: "T2", amount: { token: "N1" }, side: "sell", limit: null }],
  constraints: [],
};
const ask = (text = REQUEST) => [new SystemMessage("Answer with a draft."), new HumanMessage(text)];
const usageOf = (message: { usage_metadata?: unknown }) => message.usage_metadata as UsageMetadata | undefined;

describe("RemoteChatModel", () => {
  const servers: TestServer[] = [];
  let local: ChatModel;

  const serve = async (support?: Support): Promise<TestServer> => {
    const server = await openAiServer(local.model, support);
    servers.push(server);
    return server;
  };
  const reach = async ({ url }: TestServer, more: Partial<RemoteModelConfig> = {}) =>
    await loadRemoteModel({ url, name: "nano", timeoutMs: 20_000, ...more });
  const draftOf = async (support: Support) => {
    const server = await serve(support);
    const { model } = await reach(server);
    const draft = await model.withStructuredOutput(draftJsonSchema).invoke(ask());
    return { draft, seen: server.seen, again: () => model.withStructuredOutput(draftJsonSchema).invoke(ask()) };
  };

  beforeAll(async () => {
    local = await loadChatModel({ modelPath: nanoModelPath(), gpuLayers: 0 });
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });
  afterAll(() => local.dispose());

  test("default: the draft of the model behind the server, greedy, with a seed", async () => {
    const { draft, seen } = await draftOf({});
    expect(draft).toEqual(DRAFT);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ model: "nano", temperature: 0, seed: 0, stream: false, max_tokens: 4_096 });
    expect(seen[0]?.messages.map(({ role }) => role)).toEqual(["system", "user"]);
  });

  test("behavior: the same words are understood the same way, local or remote, through the settings", async () => {
    const server = await serve({ key: "sk-1" });
    const records: UsageRecord[] = [];
    const environment = { INTENDANT_MODEL_URL: server.url, INTENDANT_MODEL_NAME: "nano", INTENDANT_MODEL_KEY: "sk-1" };
    const parts = await composeModel(readConfig({}, environment), async (record) => void records.push(record));
    const { understanding } = await understand({
      messages: [{ role: "user", content: "swap 100 usdc for eth" }],
      prompt: understandPrompt,
      model: (prompt, schema) => parts.ask(prompt, schema, "i-7"),
    });
    expect(understanding).toMatchObject({
      kind: "act",
      intent: { actions: [{ type: "swap", sell: "USDC", buy: "ETH", amount: { value: "100" } }] },
    });
    expect(parts.info).toMatchObject({ device: "remote", name: "nano", sha256: "unknown", gpuLayers: 0 });
    expect(await parts.ready?.()).toBe(true);
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ intentId: "i-7", device: "remote", modelName: "nano" });
    await server.close();
    servers.length = 0;
    expect(await parts.ready?.()).toBe(false);
  });

  test("behavior: tokens are those that the server counted", async () => {
    const records: UsageRecord[] = [];
    const { model } = await reach(await serve(), { onUsage: (record) => void records.push(record) });
    const [answer, here] = [await model.invoke(ask(), { intentId: "i-1" }), await local.model.invoke(ask())];
    expect(answer.text).toBe(here.text);
    expect(usageOf(answer)).toEqual(usageOf(here));
    expect(records[0]).toMatchObject({ promptTokens: usageOf(here)?.input_tokens, intentId: "i-1" });
    expect(records[0]?.completionTokens).toBe(usageOf(here)?.output_tokens);
  });

  test.each([
    ["json_object", { rejects: ["json_schema"] }, ["json_schema", "json_schema", "json_object"]],
    ["text", { rejects: ["json_schema", "json_object"] }, ["json_schema", "json_schema", "json_object", undefined]],
  ] as const)("behavior: falls back to %s, and remembers it", async (_name, support, formats) => {
    const { draft, seen, again } = await draftOf(support);
    expect(draft).toEqual(DRAFT);
    expect(seen.map((asked) => asked.response_format?.type)).toEqual(formats);
    expect(seen.at(-1)?.messages[0]?.content).toContain('"$defs"');
    expect(await again()).toEqual(DRAFT);
    expect(seen).toHaveLength(formats.length + 1);
  });

  test("behavior: strict dialect, as OpenAI wants it, is answered through its wrapping", async () => {
    const { draft, seen } = await draftOf({
      ignoresFormat: true,
      rewrite: (text) => JSON.stringify({ answer: JSON.parse(text) }),
    });
    expect(draft).toEqual(DRAFT);
    expect(seen).toHaveLength(2);
    expect(seen[1]?.response_format?.json_schema?.schema).toMatchObject({
      type: "object",
      required: ["answer"],
    });
  });

  test.each([
    ["a code fence", (text: string) => `Sure!\n\`\`\`json\n${text}\n\`\`\`\nAnything else?`],
    ["thinking before it", (text: string) => `<think>the owner {wants} a swap</think>${text}`],
    ["the same object twice", (text: string) => `${text}\n${text}`],
  ])("behavior: finds the draft in %s", async (_name, rewrite) => {
    expect((await draftOf({ ignoresFormat: true, rewrite })).draft).toEqual(DRAFT);
  });

  test.each([["seed", "max_tokens"], ["temperature"]])(
    "behavior: a server that does not know %s is asked without it",
    async (...rejectsParameters) => {
      const { draft, seen, again } = await draftOf({ rejectsParameters });
      expect(draft).toEqual(DRAFT);
      const tries = seen.length;
      await again();
      expect(seen).toHaveLength(tries + 1);
      for (const parameter of rejectsParameters) expect(seen.at(-1)).not.toHaveProperty(parameter);
    },
  );

  test.each([
    ["nonsense", () => "the quick brown fox"],
    ["JSON of another schema", () => '{"kind":"act","actions":"everything"}'],
    ["an address of its own", (text: string) => text.replace('"T1"', '"0x000000000000000000000000000000000000dEaD"')],
    ["two drafts", (text: string) => `${text} {"kind":"talk"}`],
  ])("error: ModelAnswerInvalidError for %s", async (_name, rewrite) => {
    const records: UsageRecord[] = [];
    const { model } = await reach(await serve({ ignoresFormat: true, rewrite }), {
      onUsage: (record) => void records.push(record),
    });
    await expect(model.withStructuredOutput(draftJsonSchema).invoke(ask())).rejects.toThrow(ModelAnswerInvalidError);
    expect(records).toHaveLength(1);
    expect(records[0]?.completionTokens).toBeGreaterThan(0);
  });

  test("error: ModelAnswerInvalidError says that the token limit cut the answer", async () => {
    const { model } = await reach(await serve({ ignoresFormat: true }), { maxTokens: 2 });
    const failed: unknown = await model
      .withStructuredOutput(draftJsonSchema)
      .invoke(ask())
      .catch((error) => error);
    expect(failed).toBeInstanceOf(ModelAnswerInvalidError);
    expect((failed as ModelAnswerInvalidError).facts.join()).toContain("token limit");
  });

  test("error: ModelRequestRejectedError for a model that the server does not have", async () => {
    const { model } = await reach(await serve(), { name: "gpt-none" });
    await expect(model.invoke(ask())).rejects.toThrow(ModelRequestRejectedError);
  });

  test("error: MessageUnsupportedError", async () => {
    const { model } = await reach(await serve());
    const image = new HumanMessage({ content: [{ type: "image_url", image_url: { url: "data:," } }] });
    await expect(model.invoke([image])).rejects.toThrow(MessageUnsupportedError);
  });
});
