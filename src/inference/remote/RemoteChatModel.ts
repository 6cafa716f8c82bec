import { randomUUID } from "node:crypto";
import type { BaseLanguageModelInput, StructuredOutputMethodOptions } from "@langchain/core/language_models/base";
import { BaseChatModel, type BaseChatModelCallOptions } from "@langchain/core/language_models/chat_models";
import { AIMessage, type BaseMessage } from "@langchain/core/messages";
import type { ChatResult } from "@langchain/core/outputs";
import type { Runnable } from "@langchain/core/runnables";
import type { UsageRecord } from "../../domain/usage.ts";
import type { ModelInfo } from "../modelInfo.ts";
import type { JsonSchema } from "../schemaToGrammar.ts";
import { type AnySchema, type StructuredAnswer, structuredOutput, structuredSchema } from "../structuredOutput.ts";
import { complete, type Dialect } from "./complete.ts";
import type { Connection } from "./requestJson.ts";

/** Options of one call; those left out take the model's own. */
export type RemoteCallOptions = BaseChatModelCallOptions & {
  readonly temperature?: number;
  readonly seed?: number;
  readonly maxTokens?: number;
  /** The answer is compact JSON of this schema, or an error. */
  readonly jsonSchema?: JsonSchema;
  /** Written into the usage record. Structured output takes it from the run's `metadata.intentId`. */
  readonly intentId?: string;
};

/** What a remote chat model is made of. */
export type RemoteChatModelFields = {
  readonly connection: Connection;
  readonly info: ModelInfo;
  readonly temperature?: number;
  readonly seed?: number;
  readonly maxTokens?: number;
  /** Called and awaited once per inference, also for one that failed or was aborted. */
  readonly onUsage?: (record: UsageRecord) => void | Promise<void>;
};

/** Models that think before they write need more than the draft takes. */
const MAX_TOKENS = 4_096;

/**
 * A LangChain chat model over any server that speaks the OpenAI protocol: same calls, same structured output and same
 * usage records as the local one.
 */
export class RemoteChatModel extends BaseChatModel<RemoteCallOptions> {
  readonly #fields: RemoteChatModelFields;
  readonly #dialect: Dialect = { format: 0, omit: new Set(), maxTokensKey: "max_tokens" };

  constructor(fields: RemoteChatModelFields) {
    super({});
    this.#fields = fields;
  }

  override _llmType(): string {
    return "openai-compatible";
  }

  /** What tells two models apart in a cache or a trace; without the key. */
  override _identifyingParams(): Record<string, unknown> {
    const { info, temperature = 0, seed = 0 } = this.#fields;
    return { model: info.name, host: info.path, temperature, seed };
  }

  /**
   * @throws ModelUnavailableError, ModelUnauthorisedError, ModelRequestRejectedError, ModelAnswerInvalidError,
   * ModelAnswerTooLargeError, MessageUnsupportedError, SchemaUnsupportedError, and the signal's reason when aborted
   */
  override async _generate(messages: BaseMessage[], options: this["ParsedCallOptions"]): Promise<ChatResult> {
    const { connection, info } = this.#fields;
    const { signal, jsonSchema } = options;
    signal?.throwIfAborted();
    const late = AbortSignal.timeout(connection.timeoutMs);
    const tokens = { prompt: 0, completion: 0 };
    const began = performance.now();
    let record: UsageRecord;
    let answered: Awaited<ReturnType<typeof complete>>;
    try {
      answered = await complete({
        connection,
        dialect: this.#dialect,
        model: info.name,
        messages,
        sampling: this.#sampling(options),
        ...(jsonSchema === undefined ? {} : { jsonSchema }),
        signal: signal === undefined ? late : AbortSignal.any([signal, late]),
        onTokens: (prompt, completion) => {
          tokens.prompt += prompt;
          tokens.completion += completion;
        },
      });
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      record = recordOf(info, { tokens, milliseconds: Math.round(performance.now() - began) }, options.intentId);
      await this.#fields.onUsage?.(record);
    }
    return resultOf(answered, record);
  }

  /**
   * A runnable whose answer is an object of `schema` (zod 4 or JSON Schema); `includeRaw` gives the message beside it.
   *
   * @throws what `_generate` throws, and a zod schema's own error on values that it rejects
   */
  override withStructuredOutput<T extends Record<string, unknown>>(
    schema: AnySchema<T>,
    config?: StructuredOutputMethodOptions<false>,
  ): Runnable<BaseLanguageModelInput, T>;
  override withStructuredOutput<T extends Record<string, unknown>>(
    schema: AnySchema<T>,
    config?: StructuredOutputMethodOptions<true>,
  ): Runnable<BaseLanguageModelInput, StructuredAnswer<T>>;
  override withStructuredOutput<T extends Record<string, unknown>>(
    schema: AnySchema<T>,
    config?: StructuredOutputMethodOptions<boolean>,
  ): Runnable<BaseLanguageModelInput, T> | Runnable<BaseLanguageModelInput, StructuredAnswer<T>> {
    return structuredOutput({ model: this, schema: structuredSchema(schema), includeRaw: config?.includeRaw === true });
  }

  #sampling(options: this["ParsedCallOptions"]) {
    const own = this.#fields;
    return {
      temperature: options.temperature ?? own.temperature ?? 0,
      seed: options.seed ?? own.seed ?? 0,
      maxTokens: options.maxTokens ?? own.maxTokens ?? MAX_TOKENS,
      stop: options.stop ?? [],
    };
  }
}

type Counted = {
  readonly tokens: { readonly prompt: number; readonly completion: number };
  readonly milliseconds: number;
};

/** Tokens are what the server says it counted, over every answer that the question took. */
function recordOf(info: ModelInfo, { tokens, milliseconds }: Counted, intentId: string | undefined): UsageRecord {
  return {
    id: randomUUID(),
    at: new Date().toISOString(),
    ...(intentId === undefined ? {} : { intentId }),
    modelSha256: info.sha256,
    modelName: info.name,
    promptTokens: tokens.prompt,
    completionTokens: tokens.completion,
    milliseconds,
    device: info.device,
    gpuLayers: 0,
  };
}

function resultOf(
  { text, finish }: { readonly text: string; readonly finish: string },
  record: UsageRecord,
): ChatResult {
  const { promptTokens, completionTokens } = record;
  const usage = {
    input_tokens: promptTokens,
    output_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
  const message = Object.assign(new AIMessage(text), {
    usage_metadata: usage,
    response_metadata: { finish_reason: finish, model_name: record.modelName, usage_record: record },
  });
  return { generations: [{ text, message }], llmOutput: { tokenUsage: usage } };
}
