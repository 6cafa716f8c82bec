import { expect, test } from "vitest";
import { z } from "zod";
import { draftJsonSchema } from "../../understanding/draft.ts";
import { SchemaUnsupportedError } from "../errors.ts";
import { strictSchema } from "./strictSchema.ts";

test("default: wrapped in an object, choices as anyOf, a type beside every value", () => {
  const schema = {
    oneOf: [{ const: "a" }, { enum: ["b", null, true] }, { $ref: "#/$defs/c" }],
    $defs: { c: { const: 1 } },
  };
  expect(strictSchema(schema)).toEqual({
    type: "object",
    properties: {
      answer: {
        anyOf: [
          { type: "string", enum: ["a"] },
          {
            anyOf: [{ type: "string", enum: ["b"] }, { type: "null" }, { type: "boolean", enum: [true] }],
          },
          { $ref: "#/$defs/c" },
        ],
      },
    },
    required: ["answer"],
    additionalProperties: false,
    $defs: { c: { type: "number", enum: [1] } },
  });
});

test("behavior: of the draft nothing is left that the dialect does not know, and it accepts the same drafts", () => {
  const strict = strictSchema(draftJsonSchema);
  const text = JSON.stringify(strict);
  expect(text).not.toMatch(/"(oneOf|const)":/);
  const objects = text.match(/"type":"object"/g)?.length;
  expect(text.match(/"additionalProperties":false/g)?.length).toBe(objects);
  const parser = z.fromJSONSchema(strict as Parameters<typeof z.fromJSONSchema>[0]);
  expect(parser.safeParse({ answer: { kind: "clarify", missing: ["amount"] } }).success).toBe(true);
  expect(parser.safeParse({ answer: { kind: "clarify", missing: [] } }).success).toBe(false);
  expect(parser.safeParse({ kind: "talk" }).success).toBe(false);
});

test("error: SchemaUnsupportedError", () => {
  expect(() => strictSchema({ type: "array" })).toThrow(SchemaUnsupportedError);
});
