import { describe, expect, test } from "vitest";
import { understandingSchema } from "../../../domain/intent.ts";
import { generate } from "./generate.ts";
import { readWritten } from "./readWritten.ts";
import type { CorpusRecord, Label } from "./record.ts";

/** The public form of a corpus label: what is not trained on (prompt, reason, text) is filled with nothing. */
function published(label: Label): unknown {
  const { kind, ...rest } = label;
  switch (kind) {
    case "act":
      return { kind, intent: rest };
    case "ask":
      return { kind, question: rest };
    case "clarify":
      return { kind, prompt: "", ...rest };
    case "refuse":
      return { kind, reason: "" };
    case "talk":
      return { kind, text: "" };
    default:
      return label;
  }
}

function lastText(record: CorpusRecord): string {
  return record.text ?? record.messages?.at(-1)?.content ?? "";
}

describe("generate", () => {
  test("default: every label is valid in the published form", () => {
    for (const record of generate({ seed: 3, count: 3000 })) {
      const parsed = understandingSchema.safeParse(published(record.understanding));
      expect(parsed.error, `${JSON.stringify(record)}`).toBeUndefined();
    }
  });

  test("behavior: the same seed gives the same records, another seed others", () => {
    const take = (seed: number) => JSON.stringify([...generate({ seed, count: 200 })]);
    expect(take(5)).toBe(take(5));
    expect(take(5)).not.toBe(take(6));
  });

  test("behavior: no slot is left open and no text is empty", () => {
    for (const record of generate({ seed: 4, count: 3000 })) {
      const text = lastText(record);
      expect(text.trim().length, JSON.stringify(record)).toBeGreaterThan(0);
      if (!record.tags?.includes("written")) expect(text).not.toMatch(/[{}]|\(.*\|.*\)|undefined|NaN/);
    }
  });

  test("behavior: a recipient of a payment stands in the owner's own words", () => {
    for (const record of generate({ seed: 8, count: 3000 })) {
      if (record.understanding.kind !== "act") continue;
      const own = (
        record.messages?.filter((message) => message.role === "user").map((message) => message.content) ?? [
          record.text ?? "",
        ]
      ).join("\n");
      for (const action of record.understanding.actions)
        if (action.type === "transfer") expect(own.toLowerCase()).toContain(action.to.toLowerCase());
    }
  });

  test("behavior: all families of issue 2 appear, each with at least two percent", () => {
    const counts = new Map<string, number>();
    for (const record of generate({ seed: 9, count: 4000 })) {
      const tag = record.tags?.[0] ?? "";
      counts.set(tag, (counts.get(tag) ?? 0) + 1);
    }
    for (const family of [
      "swap",
      "transfer",
      "supply",
      "withdraw",
      "borrow",
      "repay",
      "earn",
      "chain",
      "clarify",
      "follow-up",
    ])
      expect(counts.get(family) ?? 0, family).toBeGreaterThan(80);
  });
});

describe("written requests", () => {
  test("default: every label is valid in the published form", () => {
    const written = readWritten();
    expect(written.length).toBeGreaterThan(10_000);
    for (const { record, name } of written) {
      const parsed = understandingSchema.safeParse(published(record.understanding));
      expect(parsed.error, `${name}: ${JSON.stringify(record)}`).toBeUndefined();
    }
  });
});
