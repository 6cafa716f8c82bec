import { HumanMessage, SystemMessage, ToolMessage, type UsageMetadata } from "@langchain/core/messages";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { UsageRecord } from "../../src/domain/usage.ts";
import { MessageUnsupportedError, OutputIncompleteError, PromptTooLongError } from "../../src/inference/errors.ts";
import { type ChatModel, loadChatModel } from "../../src/inference/loadChatModel.ts";
import { nanoModelPath } from "../../src/inference/nano/nanoModelPath.ts";

const REQUEST = "user: swap [N1] [T1s] for [T2e]";
const SWAP =
  '{"kind":"act","actions":[{"type":"swap","sell":"T1","buy":"T2","amount":{"token":"N1"},"side":"sell","limit":null}],"constraints":[]}';
const ask = (text: string) => [new SystemMessage("Answer with a draft."), new HumanMessage(text)];
const usageOf = (message: { usage_metadata?: unknown }) => message.usage_metadata as UsageMetadata | undefined;
const side = z.object({ side: z.enum(["sell", "buy"]), limit: z.null().optional() });

describe("LlamaChatModel", () => {
  const records: UsageRecord[] = [];
  let chat: ChatModel;

  beforeAll(async () => {
    chat = await loadChatModel({
      modelPath: nanoModelPath(),
      gpuLayers: 0,
      onUsage: (record) => void records.push(record),
    });
  });
  afterAll(() => chat.dispose());

  test("default", async () => {
    const answer = await chat.model.invoke(ask(REQUEST));
    expect(answer.content).toBe(SWAP);
  });

  test("behavior: facts about the model", () => {
    expect(chat.info).toMatchObject({ name: "intendant-nano", gpu: false, gpuLayers: 0, device: "cpu", threads: 1 });
    expect(chat.info.parameters).toBeGreaterThan(1_000_000);
    expect(chat.info.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test("behavior: greedy answers are the same every time", async () => {
    const answers = await Promise.all([1, 2, 3].map(() => chat.model.invoke(ask(REQUEST))));
    expect(new Set(answers.map((answer) => answer.content)).size).toBe(1);
  });

  test("behavior: streaming gives the same text in pieces, then the usage", async () => {
    const pieces: string[] = [];
    let output = 0;
    for await (const chunk of await chat.model.stream(ask(REQUEST))) {
      pieces.push(chunk.text);
      output = usageOf(chunk)?.output_tokens ?? output;
    }
    expect(pieces.join("")).toBe(SWAP);
    expect(pieces.filter((piece) => piece !== "").length).toBeGreaterThan(3);
    expect(output).toBeGreaterThan(3);
  });

  test("behavior: a system message costs this model nothing", async () => {
    const [long, short] = await Promise.all([
      chat.model.invoke(ask(REQUEST)),
      chat.model.invoke([new HumanMessage(REQUEST)]),
    ]);
    expect(long.usage_metadata).toEqual(short.usage_metadata);
  });

  test("behavior: every inference leaves a usage record with counted tokens", async () => {
    records.length = 0;
    const answer = await chat.model.invoke(ask(REQUEST), { intentId: "i-1" });
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      intentId: "i-1",
      modelSha256: chat.info.sha256,
      modelName: "intendant-nano",
      device: "cpu",
      gpuLayers: 0,
    });
    expect(records[0]?.promptTokens).toBe(usageOf(answer)?.input_tokens);
    expect(records[0]?.completionTokens).toBe(usageOf(answer)?.output_tokens);
    expect(records[0]?.milliseconds).toBeGreaterThan(0);
  });

  test("behavior: structured output obeys the schema and parses", async () => {
    const parsed = await chat.model.withStructuredOutput(side).invoke(ask(REQUEST));
    expect(["sell", "buy"]).toContain(parsed.side);
    const { raw } = await chat.model
      .withStructuredOutput(side, { includeRaw: true })
      .invoke(ask(REQUEST), { metadata: { intentId: "i-2" } });
    expect(raw.text).not.toMatch(/\s/);
    expect(records.at(-1)?.intentId).toBe("i-2");
  });

  test("behavior: stop texts end the answer and are not part of it", async () => {
    const answer = await chat.model.invoke(ask(REQUEST), { stop: ['"buy"'] });
    expect(answer.content).toBe(SWAP.slice(0, SWAP.indexOf('"buy"')));
  });

  test("behavior: the token limit ends the answer and says so", async () => {
    const answer = await chat.model.invoke(ask(REQUEST), { maxTokens: 4 });
    expect(usageOf(answer)?.output_tokens).toBe(4);
    expect(answer.response_metadata.finish_reason).toBe("length");
    expect(SWAP.startsWith(answer.text)).toBe(true);
  });

  test("behavior: an abort ends the inference, and the next one runs", async () => {
    const controller = new AbortController();
    const pending = chat.model.invoke(ask(REQUEST), { signal: controller.signal });
    controller.abort();
    await expect(pending).rejects.toThrow();
    expect((await chat.model.invoke(ask(REQUEST))).content).toBe(SWAP);
  });

  test("behavior: keeping the common beginning of prompts changes no answer", async () => {
    const keeping = await loadChatModel({ modelPath: nanoModelPath(), gpuLayers: 0, reusePrefix: true, sequences: 2 });
    const requests = [REQUEST, "user: send [N1] [T1s] to [A1]", REQUEST, `${REQUEST} please`];
    const texts = (answers: readonly { text: string }[]) => answers.map((answer) => answer.text);
    const kept = await Promise.all(requests.map((request) => keeping.model.invoke(ask(request))));
    const fresh = await Promise.all(requests.map((request) => chat.model.invoke(ask(request))));
    await keeping.dispose();
    expect(texts(kept)).toEqual(texts(fresh));
  });

  test("error: PromptTooLongError", async () => {
    await expect(chat.model.invoke(ask("swap ".repeat(3000)))).rejects.toThrow(PromptTooLongError);
  });

  test("error: OutputIncompleteError", async () => {
    const short = await loadChatModel({ modelPath: nanoModelPath(), gpuLayers: 0, maxTokens: 1 });
    await expect(short.model.withStructuredOutput(side).invoke(ask(REQUEST))).rejects.toThrow(OutputIncompleteError);
    await short.dispose();
  });

  test("error: MessageUnsupportedError", async () => {
    await expect(chat.model.invoke([new ToolMessage({ content: "x", tool_call_id: "1" })])).rejects.toThrow(
      MessageUnsupportedError,
    );
  });
});
