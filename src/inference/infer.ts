import { randomUUID } from "node:crypto";
import type { BaseMessage } from "@langchain/core/messages";
import type { LlamaContextSequence, Token } from "node-llama-cpp";
import type { UsageRecord } from "../domain/usage.ts";
import { PromptTooLongError } from "./errors.ts";
import { type FinishReason, generateTokens, type Piece, type Sampling } from "./generateTokens.ts";
import type { LoadedModel } from "./loadGguf.ts";
import { promptOf } from "./promptOf.ts";
import type { JsonSchema } from "./schemaToGrammar.ts";

/** One inference over a loaded model. */
export type Inference = {
  readonly loaded: LoadedModel;
  readonly messages: readonly BaseMessage[];
  /** `maxTokens` is cut to what the context leaves. */
  readonly sampling: Omit<Sampling, "stopTokens" | "grammar">;
  readonly jsonSchema?: JsonSchema;
  readonly intentId?: string;
  readonly onUsage?: (record: UsageRecord) => void | Promise<void>;
};

/** What is known when an answer has ended. */
export type Outcome = {
  readonly finish: FinishReason;
  readonly record: UsageRecord;
  /** Probability of the whole answer, 0 to 1; of structured answers only. */
  readonly confidence?: number;
};

/**
 * Waits for a sequence, streams the answer, and leaves a usage record: also when it fails, is aborted, or the reader stops early.
 *
 * @throws PromptTooLongError, PromptIncompleteError, MessageUnsupportedError, SchemaUnsupportedError, and the signal's reason
 */
export async function* infer(inference: Inference): AsyncGenerator<Piece, Outcome> {
  const { loaded, messages, sampling } = inference;
  const heard = loaded.ignoresSystem ? messages.filter((message) => message.type !== "system") : messages;
  const prompt = promptOf({ model: loaded.model, wrapper: loaded.wrapper, messages: heard });
  const room = loaded.info.contextSize - prompt.tokens.length;
  if (room < 1) throw new PromptTooLongError(prompt.tokens.length, loaded.info.contextSize);
  const grammar = inference.jsonSchema === undefined ? {} : { grammar: await loaded.grammarOf(inference.jsonSchema) };
  const sequence = await loaded.pool.acquire(sampling.signal);
  const began = performance.now();
  let completionTokens = 0;
  let finish: FinishReason = "stop";
  let record: UsageRecord;
  let confidence: number | undefined;
  try {
    const fresh = await alignSequence(sequence, prompt.tokens, loaded.reusePrefix);
    const limits = {
      ...sampling,
      ...grammar,
      confidence: inference.jsonSchema !== undefined,
      stopTokens: prompt.stopTokens,
      maxTokens: Math.min(sampling.maxTokens, room),
    };
    for await (const piece of generateTokens({
      model: loaded.model,
      sequence,
      prompt: fresh,
      sampling: limits,
      texts: loaded.texts,
    })) {
      completionTokens += piece.tokens;
      finish = piece.finish ?? finish;
      confidence = piece.probability ?? confidence;
      yield piece;
    }
  } finally {
    loaded.pool.release(sequence);
    const milliseconds = Math.round(performance.now() - began);
    record = recordOf(inference, { promptTokens: prompt.tokens.length, completionTokens, milliseconds });
    await inference.onUsage?.(record);
  }
  return { finish, record, ...(confidence === undefined ? {} : { confidence }) };
}

/**
 * Brings the sequence to the prompt and returns the tokens still to be evaluated. A large model keeps the common
 * beginning (instructions, legend); a tiny one starts clean, which is as fast and the same to the bit every time.
 */
async function alignSequence(
  sequence: LlamaContextSequence,
  prompt: readonly Token[],
  reusePrefix: boolean,
): Promise<readonly Token[]> {
  if (!reusePrefix) {
    if (sequence.nextTokenIndex > 0) await sequence.clearHistory();
    return prompt;
  }
  await sequence.adaptStateToTokens(prompt.slice(0, -1), false);
  return prompt.slice(sequence.nextTokenIndex);
}

function recordOf(
  { loaded, intentId }: Inference,
  counted: Pick<UsageRecord, "promptTokens" | "completionTokens" | "milliseconds">,
): UsageRecord {
  const { sha256, name, device, gpuLayers } = loaded.info;
  return {
    id: randomUUID(),
    at: new Date().toISOString(),
    ...(intentId === undefined ? {} : { intentId }),
    modelSha256: sha256,
    modelName: name,
    ...counted,
    device,
    gpuLayers,
  };
}
