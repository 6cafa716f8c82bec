import type { JsonSchema } from "../schemaToGrammar.ts";
import { strictSchema, WRAPPED } from "./strictSchema.ts";

/** One way to ask for JSON of a schema. */
export type AnswerFormat = {
  readonly name: "json_schema" | "json_schema_strict" | "json_object" | "text";
  /** `response_format` of the request. */
  readonly responseFormat: (schema: JsonSchema) => unknown;
  /** What the system message must say, because the server will not hold the model to the schema. */
  readonly instruction: (schema: JsonSchema) => string | undefined;
  readonly unwrap: (value: unknown) => unknown;
};

const same = (value: unknown): unknown => value;
const nothing = (): undefined => undefined;
const inWords = (schema: JsonSchema): string =>
  `Answer with one JSON object of this JSON Schema, and with nothing else:\n${JSON.stringify(schema)}`;
const named = (schema: JsonSchema): unknown => ({
  type: "json_schema",
  json_schema: { name: "draft", strict: true, schema },
});

/**
 * From the strongest promise to none: the schema as it is (llama.cpp, vLLM, Ollama, LM Studio), in OpenAI's dialect,
 * any JSON, plain text. A server that rejects or ignores one is asked in the next.
 */
export const answerFormats: readonly AnswerFormat[] = [
  { name: "json_schema", responseFormat: named, instruction: nothing, unwrap: same },
  {
    name: "json_schema_strict",
    responseFormat: (schema) => named(strictSchema(schema)),
    instruction: nothing,
    unwrap: (value) => (value as Readonly<Record<string, unknown>> | null)?.[WRAPPED],
  },
  { name: "json_object", responseFormat: () => ({ type: "json_object" }), instruction: inWords, unwrap: same },
  { name: "text", responseFormat: nothing, instruction: inWords, unwrap: same },
];
