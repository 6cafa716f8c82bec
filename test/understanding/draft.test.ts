import { readdirSync, readFileSync } from "node:fs";
import { getLlama } from "node-llama-cpp";
import { describe, expect, it } from "vitest";
import { toPair } from "../../src/inference/nano/prepare.ts";
import { UnreachableError } from "../../src/inference/nano/spanFinder.ts";
import { type DraftSchema, draftJsonSchema } from "../../src/understanding/draft.ts";

const FOLDER = new URL("../../src/inference/nano/corpus/written/", import.meta.url);
const records = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".jsonl"))
  .flatMap((name) => readFileSync(new URL(name, FOLDER), "utf8").trim().split("\n"))
  .map((line) => JSON.parse(line) as Parameters<typeof toPair>[0]);

/** Checks a value against the subset of JSON Schema that the draft uses, key order included. */
function accepts(schema: DraftSchema, value: unknown): boolean {
  if ("$ref" in schema) {
    const definition = draftJsonSchema.$defs[schema.$ref.replace("#/$defs/", "")];
    return definition !== undefined && accepts(definition, value);
  }
  if ("const" in schema) return value === schema.const;
  if ("enum" in schema) return schema.enum.some((entry) => entry === value);
  if ("oneOf" in schema) return schema.oneOf.some((one) => accepts(one, value));
  if (schema.type === "array") {
    return (
      Array.isArray(value) &&
      value.length >= schema.minItems &&
      value.length <= schema.maxItems &&
      value.every((entry) => accepts(schema.items, entry))
    );
  }
  if (schema.type !== "object" || typeof value !== "object" || value === null) return false;
  const keys = Object.keys(schema.properties);
  return (
    Object.keys(value).join() === keys.join() &&
    Object.entries(value).every(([key, entry]) => accepts(schema.properties[key] ?? { enum: [] }, entry))
  );
}

function pairOf(record: Parameters<typeof toPair>[0]) {
  try {
    return toPair(record);
  } catch (error) {
    if (error instanceof UnreachableError) return undefined;
    throw error;
  }
}

describe("draft", () => {
  it("behavior: at least 97 % of the written requests survive mask, draft and reading back to their label", () => {
    const pairs = records.map(pairOf);
    const reached = pairs.filter((pair) => pair !== undefined).length;
    expect(records.length).toBeGreaterThan(2000);
    expect(reached / records.length).toBeGreaterThan(0.97);
  });

  it("behavior: every one of their drafts is what the schema allows, keys in order", () => {
    const rejected = records
      .map(pairOf)
      .filter((pair) => pair !== undefined)
      .filter((pair) => !accepts(draftJsonSchema, JSON.parse(pair.completion)))
      .map((pair) => pair.completion);
    expect(rejected).toEqual([]);
  });

  it("behavior: the schema turns away what a model must not write", () => {
    const swap = { type: "swap", sell: "T1", buy: "T2", amount: { token: "N1" }, side: "sell", limit: null };
    const act = (...actions: readonly unknown[]) => ({ kind: "act", actions, constraints: [] });
    expect(accepts(draftJsonSchema, act(swap))).toBe(true);
    expect(accepts(draftJsonSchema, act({ ...swap, sell: "USDC" }))).toBe(false);
    expect(accepts(draftJsonSchema, act({ ...swap, amount: { token: "100" } }))).toBe(false);
    expect(accepts(draftJsonSchema, act({ ...swap, calldata: "0x" }))).toBe(false);
    expect(accepts(draftJsonSchema, act({ type: "transfer", asset: "T1", amount: "all", to: "0x0" }))).toBe(false);
  });

  it("behavior: a grammar can be built from the schema", async () => {
    const llama = await getLlama({ gpu: false, build: "never" });
    const grammar = await llama.createGrammarForJsonSchema(draftJsonSchema as never);
    expect(grammar.grammar).toContain('\\"swap\\"');
    await llama.dispose();
  });
});
