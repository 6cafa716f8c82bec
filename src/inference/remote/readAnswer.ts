import { z } from "zod";
import { SchemaUnsupportedError } from "../errors.ts";
import { jsonEnd } from "../jsonEnd.ts";
import type { JsonSchema } from "../schemaToGrammar.ts";

/** The object of the schema that an answer holds, or why there is none. */
export type Answer = { readonly value: unknown } | { readonly reason: string };

/** Nothing is searched in an answer that is longer than any draft with its thinking. */
const MAX_LENGTH = 50_000;
/** Objects that are looked at in an answer that is more than JSON. */
const MAX_CANDIDATES = 32;

const parsers = new WeakMap<JsonSchema, z.ZodType>();

/**
 * Reads an answer that should be JSON of the schema and may stand in a code fence or between words. Whatever the server
 * promised, the value is checked; two different objects that both fit are an answer to nothing.
 *
 * @throws SchemaUnsupportedError
 */
export function readAnswer(text: string, schema: JsonSchema, unwrap: (value: unknown) => unknown): Answer {
  const parser = parserOf(schema);
  const found = candidates(text);
  const fitting = found.map(unwrap).filter((value) => parser.safeParse(value).success);
  const [first, second] = [...new Map(fitting.map((value) => [JSON.stringify(value), value])).values()];
  if (second !== undefined) return { reason: "the answer holds several objects of the schema" };
  if (first !== undefined) return { value: first };
  return { reason: found.length === 0 ? "the answer holds no JSON object" : "the answer's JSON is not of the schema" };
}

/** The whole text, or else each outermost `{…}` in it that parses. */
function candidates(text: string): readonly unknown[] {
  const whole = parse(text);
  if (whole !== undefined) return [whole];
  if (text.length > MAX_LENGTH) return [];
  const found: unknown[] = [];
  let at = text.indexOf("{");
  for (let tries = 0; at >= 0 && tries < MAX_CANDIDATES; tries += 1) {
    const end = closing(text, at);
    const value = end < 0 ? undefined : parse(text.slice(at, end));
    if (value !== undefined) found.push(value);
    at = text.indexOf("{", value === undefined ? at + 1 : end);
  }
  return found;
}

/** Index behind the bracket that closes the one at `start`; -1 where none does. */
function closing(text: string, start: number): number {
  const end = jsonEnd();
  for (let at = start; at < text.length; at += 1) if (end.push(text.charAt(at))) return at + 1;
  return -1;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parserOf(schema: JsonSchema): z.ZodType {
  const known = parsers.get(schema);
  if (known !== undefined) return known;
  try {
    const parser = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
    parsers.set(schema, parser);
    return parser;
  } catch (error) {
    throw new SchemaUnsupportedError(error instanceof Error ? error.message : "not a JSON Schema");
  }
}
