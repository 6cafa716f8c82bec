import { SchemaUnsupportedError } from "./errors.ts";
import { patternToGrammar } from "./patternToGrammar.ts";

/** The part of JSON Schema (2020-12) that becomes a grammar; other keywords are checked by the caller's own parser. */
export type JsonSchema = { readonly [key: string]: unknown };

type Rules = { readonly named: Map<string, string>; readonly defs: Map<string, JsonSchema> };

/**
 * Turns a JSON Schema into a GBNF grammar for compact JSON: no whitespace, properties in the schema's order,
 * optional properties may be left out.
 *
 * node-llama-cpp's own converter makes every listed property required and lets whitespace in; an absent field means
 * something in a draft (nothing was said), and a small model should not spend tokens on blanks.
 * GBNF: https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md
 *
 * @throws SchemaUnsupportedError
 */
export function schemaToGrammar(schema: JsonSchema): string {
  const rules: Rules = { named: new Map(), defs: new Map() };
  for (const [name, def] of Object.entries(record(schema.$defs ?? {}))) rules.defs.set(`#/$defs/${name}`, record(def));
  rules.defs.set("#", schema);
  const root = expression(schema, rules);
  const lines = [`root ::= ${root}`, ...[...rules.named].map(([name, body]) => `${name} ::= ${body}`)];
  return `${lines.join("\n")}\n`;
}

function expression(schema: JsonSchema, rules: Rules): string {
  if (typeof schema.$ref === "string") return reference(schema.$ref, rules);
  if ("const" in schema) return literal(schema.const);
  if (Array.isArray(schema.enum)) return group(schema.enum.map(literal));
  const choices = schema.oneOf ?? schema.anyOf;
  if (Array.isArray(choices)) return group(choices.map((choice) => expression(record(choice), rules)));
  if (Array.isArray(schema.type)) return group(schema.type.map((type) => expression({ ...schema, type }, rules)));
  switch (schema.type) {
    case "object":
      return object(schema, rules);
    case "array":
      return array(schema, rules);
    case "string":
      return text(schema, rules);
    case "integer":
      return named("integer", '"-"? ("0" | [1-9] [0-9]{0,15})', rules);
    case "number":
      return named("number", '"-"? ("0" | [1-9] [0-9]{0,15}) ("." [0-9]{1,16})? ([eE] [-+]? [0-9]{1,3})?', rules);
    case "boolean":
      return '("true" | "false")';
    case "null":
      return '"null"';
    default:
      throw new SchemaUnsupportedError(
        `type ${JSON.stringify(schema.type)} in ${JSON.stringify(schema).slice(0, 120)}`,
      );
  }
}

function reference(ref: string, rules: Rules): string {
  const def = rules.defs.get(ref);
  if (def === undefined) throw new SchemaUnsupportedError(`$ref ${ref}`);
  const name = `def-${ref.replace(/[^a-zA-Z0-9]+/g, "-")}`;
  if (!rules.named.has(name)) {
    rules.named.set(name, '""'); // taken first, so that a schema may refer to itself
    rules.named.set(name, expression(def, rules));
  }
  return name;
}

/** `{"a":…,"b":…}` where optional members may be missing: each member brings the comma that separates it from the one before. */
function object(schema: JsonSchema, rules: Rules): string {
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const members = Object.entries(record(schema.properties ?? {})).map(([key, value]) => ({
    pair: `${quote(`${JSON.stringify(key)}:`)} ${expression(record(value), rules)}`,
    required: required.has(key),
  }));
  const first = members.findIndex((member) => member.required);
  const tail = (from: number): string =>
    members
      .slice(from)
      .map((member) => (member.required ? `"," ${member.pair}` : `("," ${member.pair})?`))
      .join(" ");
  const heads = members
    .slice(0, first < 0 ? members.length : first + 1)
    .map((member, at) => `${member.pair} ${tail(at + 1)}`.trim());
  const body = group(first < 0 ? [...heads, '""'] : heads);
  return `"{" ${body} "}"`;
}

function array(schema: JsonSchema, rules: Rules): string {
  const body = expression(record(schema.items ?? {}), rules); // before naming: nested arrays take names too
  const item = named(`item${rules.named.size}`, body, rules);
  const min = Number(schema.minItems ?? 0);
  const max = schema.maxItems === undefined ? "" : String(Math.max(0, Number(schema.maxItems) - 1));
  const some = `${item} ("," ${item}){${Math.max(0, min - 1)},${max}}`;
  return min > 0 ? `"[" ${some} "]"` : `"[" (${some})? "]"`;
}

function text(schema: JsonSchema, rules: Rules): string {
  if (typeof schema.pattern === "string") return `"\\"" ${patternToGrammar(schema.pattern)} "\\""`;
  const char = named("char", '[^"\\\\\\x00-\\x1f] | "\\\\" (["\\\\/bfnrt] | "u" [0-9a-fA-F]{4})', rules);
  return `"\\"" ${char}{${Number(schema.minLength ?? 0)},${schema.maxLength === undefined ? "" : Number(schema.maxLength)}} "\\""`;
}

function named(name: string, body: string, rules: Rules): string {
  rules.named.set(name, body);
  return name;
}

function group(choices: readonly string[]): string {
  return choices.length === 1 ? (choices[0] ?? '""') : `(${choices.join(" | ")})`;
}

function literal(value: unknown): string {
  return quote(JSON.stringify(value));
}

function quote(value: string): string {
  return `"${value.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n")}"`;
}

function record(value: unknown): JsonSchema {
  if (typeof value !== "object" || value === null) throw new SchemaUnsupportedError(`schema ${JSON.stringify(value)}`);
  return value as JsonSchema;
}
