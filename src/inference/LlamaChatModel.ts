import type { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import type { BaseLanguageModelInput, StructuredOutputMethodOptions } from "@langchain/core/language_models/base";
import { BaseChatModel, type BaseChatModelCallOptions } from "@langchain/core/language_models/chat_models";
import { AIMessage, AIMessageChunk, type BaseMessage, type UsageMetadata } from "@langchain/core/messages";
import { ChatGenerationChunk, type ChatResult } from "@langchain/core/outputs";
import type { Runnable } from "@langchain/core/runnables";
import type { UsageRecord } from "../domain/usage.ts";
import type { Piece } from "./generateTokens.ts";
import { infer, type Outcome } from "./infer.ts";
import type { LoadedModel } from "./loadGguf.ts";
import type { JsonSchema } from "./schemaToGrammar.ts";
import { type AnySchema, type StructuredAnswer, structuredOutput, structuredSchema } from "./structuredOutput.ts";

/** Options of one call; those left out take the model's own. */
export type LlamaCallOptions = BaseChatModelCallOptions & {
  readonly temperature?: number;
  readonly seed?: number;
  readonly topK?: number;
  readonly topP?: number;
  readonly minP?: number;
  readonly maxTokens?: number;
  /** Constrains the answer to compact JSON of this schema. */
  readonly jsonSchema?: JsonSchema;
  /** Written into the usage record. Structured output takes it from the run's `metadata.intentId`. */
  readonly intentId?: string;
};

/** What a chat model is made of. */
export type LlamaChatModelFields = {
  readonly loaded: LoadedModel;
  readonly temperature?: number;
  readonly seed?: number;
  readonly maxTokens?: number;
  /** Called and awaited once per inference, also for one that failed or was aborted. */
  readonly onUsage?: (record: UsageRecord) => void | Promise<void>;
};

const MAX_TOKENS = 1024;

/**
 * A LangChain chat model over node-llama-cpp: any GGUF, through its own chat template.
 *
 * Greedy by default. Structured output is a grammar made from the schema, so what comes back always parses.
 * Calls beyond the number of sequences wait their turn.
 */
export class LlamaChatModel extends BaseChatModel<LlamaCallOptions> {
  readonly #fields: LlamaChatModelFields;

  constructor(fields: LlamaChatModelFields) {
    super({});
    this.#fields = fields;
  }

  override _llmType(): string {
    return "llama-cpp";
  }

  /** What tells two models apart in a cache or a trace. */
  override _identifyingParams(): Record<string, unknown> {
    const { info } = this.#fields.loaded;
    return {
      model: info.name,
      sha256: info.sha256,
      temperature: this.#fields.temperature ?? 0,
      seed: this.#fields.seed ?? 0,
    };
  }

  /** @throws PromptTooLongError, PromptIncompleteError, MessageUnsupportedError, SchemaUnsupportedError, and the signal's reason when aborted */
  override async _generate(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    runManager?: CallbackManagerForLLMRun,
  ): Promise<ChatResult> {
    const pieces = this.#infer(messages, options);
    let text = "";
    let step = await pieces.next();
    while (step.done !== true) {
      text += step.value.text;
      if (runManager !== undefined && runManager.handlers.length > 0)
        await runManager.handleLLMNewToken(step.value.text);
      step = await pieces.next();
    }
    const facts = metadataOf(step.value);
    return {
      generations: [{ text, message: Object.assign(new AIMessage(text), facts) }],
      llmOutput: { tokenUsage: facts.usage_metadata },
    };
  }

  /** Streams text pieces; the last chunk is empty and carries usage and response metadata. */
  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const pieces = this.#infer(messages, options);
    let ended = false;
    try {
      let step = await pieces.next();
      while (step.done !== true) {
        const { text } = step.value;
        const chunk = new ChatGenerationChunk({ text, message: new AIMessageChunk(text) });
        if (text !== "") yield chunk;
        if (text !== "")
          await runManager?.handleLLMNewToken(text, undefined, undefined, undefined, undefined, { chunk });
        step = await pieces.next();
      }
      ended = true;
      yield new ChatGenerationChunk({
        text: "",
        message: Object.assign(new AIMessageChunk(""), metadataOf(step.value)),
      });
    } finally {
      if (!ended) await pieces.return(undefined as never);
    }
  }

  /**
   * A runnable whose answer is an object of `schema` (zod 4 or JSON Schema); `includeRaw` gives the message beside it.
   *
   * @throws SchemaUnsupportedError, OutputIncompleteError, and a zod schema's own error on values that it rejects
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

  #infer(messages: readonly BaseMessage[], options: this["ParsedCallOptions"]): AsyncGenerator<Piece, Outcome> {
    const { loaded, onUsage } = this.#fields;
    const { topK, topP, minP, jsonSchema, intentId } = options;
    return infer({
      loaded,
      messages,
      sampling: {
        temperature: options.temperature ?? this.#fields.temperature ?? 0,
        seed: options.seed ?? this.#fields.seed ?? 0,
        maxTokens: options.maxTokens ?? this.#fields.maxTokens ?? MAX_TOKENS,
        stop: options.stop ?? [],
        ...(topK === undefined ? {} : { topK }),
        ...(topP === undefined ? {} : { topP }),
        ...(minP === undefined ? {} : { minP }),
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      },
      ...(jsonSchema === undefined ? {} : { jsonSchema }),
      ...(intentId === undefined ? {} : { intentId }),
      ...(onUsage === undefined ? {} : { onUsage }),
    });
  }
}

type Facts = {
  usage_metadata: UsageMetadata;
  response_metadata: { finish_reason: string; model_name: string; usage_record: UsageRecord; confidence?: number };
};

function metadataOf({ finish, record, confidence }: Outcome): Facts {
  const { promptTokens, completionTokens } = record;
  return {
    usage_metadata: {
      input_tokens: promptTokens,
      output_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
    },
    response_metadata: {
      finish_reason: finish,
      model_name: record.modelName,
      usage_record: record,
      ...(confidence === undefined ? {} : { confidence }),
    },
  };
}
