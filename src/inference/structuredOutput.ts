import type { BaseLanguageModelInput } from "@langchain/core/language_models/base";
import type { BaseMessage } from "@langchain/core/messages";
import { type Runnable, type RunnableConfig, RunnableLambda } from "@langchain/core/runnables";
import type { SerializableSchema } from "@langchain/core/utils/standard_schema";
import type { ZodV3Like, ZodV4Like } from "@langchain/core/utils/types";
import { z } from "zod";
import { OutputIncompleteError, SchemaUnsupportedError } from "./errors.ts";
import type { JsonSchema } from "./schemaToGrammar.ts";

/** A zod 4 schema, or a JSON Schema. */
export type StructuredSchema<T> = z.ZodType<T> | JsonSchema;

/** A chat model that takes a schema with a call: the local one and the remote one. */
export type SchemaModel = {
  invoke(
    input: BaseLanguageModelInput,
    options?: RunnableConfig & { readonly jsonSchema?: JsonSchema; readonly intentId?: string },
  ): Promise<BaseMessage>;
};

/** What LangChain may hand over as a schema. */
export type AnySchema<T> = SerializableSchema<T> | ZodV4Like<T> | ZodV3Like<T> | Record<string, unknown>;

/** @throws SchemaUnsupportedError for schema languages other than zod 4 and JSON Schema */
export function structuredSchema<T>(schema: AnySchema<T>): StructuredSchema<T> {
  if (schema instanceof z.ZodType) return schema as z.ZodType<T>;
  if ("~standard" in schema || "_def" in schema) throw new SchemaUnsupportedError("a schema library other than zod 4");
  return schema as JsonSchema;
}

/** With `includeRaw`: the model's message and the object parsed from it. */
export type StructuredAnswer<T> = { raw: BaseMessage; parsed: T };

/**
 * Output of one schema; how the model is held to it (a grammar, a promise of its server) is the model's own.
 *
 * @throws OutputIncompleteError when the token limit cut the JSON; a zod schema also throws its own error on values it rejects
 */
export function structuredOutput<T extends Record<string, unknown>>(options: {
  readonly model: SchemaModel;
  readonly schema: StructuredSchema<T>;
  readonly includeRaw: true;
}): Runnable<BaseLanguageModelInput, StructuredAnswer<T>>;
export function structuredOutput<T extends Record<string, unknown>>(options: {
  readonly model: SchemaModel;
  readonly schema: StructuredSchema<T>;
  readonly includeRaw: boolean;
}): Runnable<BaseLanguageModelInput, T> | Runnable<BaseLanguageModelInput, StructuredAnswer<T>>;
export function structuredOutput<T extends Record<string, unknown>>({
  model,
  schema,
  includeRaw,
}: {
  readonly model: SchemaModel;
  readonly schema: StructuredSchema<T>;
  readonly includeRaw: boolean;
}): Runnable<BaseLanguageModelInput, T> | Runnable<BaseLanguageModelInput, StructuredAnswer<T>> {
  const jsonSchema = schema instanceof z.ZodType ? (z.toJSONSchema(schema) as JsonSchema) : schema;
  const ask = async (input: BaseLanguageModelInput, config?: RunnableConfig): Promise<StructuredAnswer<T>> => {
    const intentId: unknown = config?.metadata?.intentId;
    const raw = await model.invoke(input, {
      ...config,
      jsonSchema,
      ...(typeof intentId === "string" ? { intentId } : {}),
    });
    return { raw, parsed: parse(raw, schema) };
  };
  if (includeRaw) return RunnableLambda.from(ask);
  return RunnableLambda.from(
    async (input: BaseLanguageModelInput, config?: RunnableConfig) => (await ask(input, config)).parsed,
  );
}

function parse<T>(raw: BaseMessage, schema: StructuredSchema<T>): T {
  const value = json(raw);
  return schema instanceof z.ZodType ? schema.parse(value) : (value as T);
}

function json(raw: BaseMessage): unknown {
  try {
    return JSON.parse(raw.text);
  } catch {
    const tokens =
      (raw.response_metadata.usage_record as { completionTokens?: number } | undefined)?.completionTokens ?? 0;
    throw new OutputIncompleteError(raw.text, tokens);
  }
}
