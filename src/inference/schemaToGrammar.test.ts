import { describe, expect, test } from "vitest";
import { SchemaUnsupportedError } from "./errors.ts";
import { schemaToGrammar } from "./schemaToGrammar.ts";

describe("schemaToGrammar", () => {
  test("default", () => {
    const schema = {
      type: "object",
      properties: { kind: { const: "act" }, side: { enum: ["sell", "buy"] }, limit: { type: "boolean" } },
      required: ["kind", "side", "limit"],
    };
    expect(schemaToGrammar(schema)).toBe(
      'root ::= "{" "\\"kind\\":" "\\"act\\"" "," "\\"side\\":" ("\\"sell\\"" | "\\"buy\\"") "," "\\"limit\\":" ("true" | "false") "}"\n',
    );
  });

  test("behavior: an optional property brings its own comma", () => {
    const schema = { type: "object", properties: { a: { type: "null" }, b: { type: "null" } }, required: ["a"] };
    expect(schemaToGrammar(schema)).toBe('root ::= "{" "\\"a\\":" "null" ("," "\\"b\\":" "null")? "}"\n');
  });

  test("behavior: definitions become rules and may refer to themselves", () => {
    const schema = {
      $ref: "#/$defs/tree",
      $defs: {
        tree: {
          type: "object",
          properties: { of: { type: "array", items: { $ref: "#/$defs/tree" } } },
          required: ["of"],
        },
      },
    };
    const grammar = schemaToGrammar(schema);
    expect(grammar).toContain("root ::= def--defs-tree\n");
    expect(grammar).toContain('"[" (item1 ("," item1){0,})? "]"');
    expect(grammar).toContain("item1 ::= def--defs-tree\n");
  });

  test("behavior: nested arrays keep their own items", () => {
    const grammar = schemaToGrammar({ type: "array", items: { type: "array", items: { const: 1 } } });
    expect(grammar.match(/^item\d+ ::=/gm)).toHaveLength(2);
  });

  test("error: SchemaUnsupportedError", () => {
    expect(() => schemaToGrammar({ type: "object", properties: { a: { allOf: [] } }, required: ["a"] })).toThrow(
      SchemaUnsupportedError,
    );
    expect(() => schemaToGrammar({ $ref: "#/$defs/none" })).toThrow(SchemaUnsupportedError);
    expect(() => schemaToGrammar({ type: "string", pattern: "^(?=a)$" })).toThrow(SchemaUnsupportedError);
    expect(() => schemaToGrammar({ type: "string", pattern: "a" })).toThrow(SchemaUnsupportedError);
  });
});
