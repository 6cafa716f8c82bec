import { SchemaUnsupportedError } from "../errors.ts";
import type { JsonSchema } from "../schemaToGrammar.ts";

/** The one key of the object that strict answers are wrapped in. */
export const WRAPPED = "answer";

/**
 * A schema in the dialect that OpenAI's strict structured output accepts: an object at the root, `anyOf` for choices,
 * a `type` beside every `enum` and `const`.
 * https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
 *
 * @throws SchemaUnsupportedError
 */
export function strictSchema(schema: JsonSchema): JsonSchema {
  const { $defs, ...root } = schema;
  return {
    type: "object",
    properties: { [WRAPPED]: node(root) },
    required: [WRAPPED],
    additionalProperties: false,
    ...($defs === undefined ? {} : { $defs: members($defs) }),
  };
}

function node(schema: JsonSchema): JsonSchema {
  const choices = schema.oneOf ?? schema.anyOf;
  if (Array.isArray(choices)) return { anyOf: choices.map((choice) => node(record(choice))) };
  if ("const" in schema) return values([schema.const]);
  if (Array.isArray(schema.enum)) return values(schema.enum);
  if (schema.type === "array") return { ...schema, items: node(record(schema.items)) };
  if (schema.type !== "object") return schema;
  const properties = members(schema.properties ?? {});
  return { ...schema, properties, required: Object.keys(properties), additionalProperties: false };
}

/** Values of one type are an enum of it; of several, a choice. */
function values(all: readonly unknown[]): JsonSchema {
  const types = [...new Set(all.map(typeOf))];
  const one = (type: string): JsonSchema =>
    type === "null" ? { type } : { type, enum: all.filter((value) => typeOf(value) === type) };
  const [first = "null", ...others] = types;
  return others.length === 0 ? one(first) : { anyOf: types.map(one) };
}

function typeOf(value: unknown): string {
  return value === null ? "null" : typeof value;
}

function members(all: unknown): JsonSchema {
  return Object.fromEntries(Object.entries(record(all)).map(([key, value]) => [key, node(record(value))]));
}

function record(value: unknown): JsonSchema {
  if (typeof value !== "object" || value === null) throw new SchemaUnsupportedError(`schema ${JSON.stringify(value)}`);
  return value as JsonSchema;
}
