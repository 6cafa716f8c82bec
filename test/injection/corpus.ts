import { readFileSync } from "node:fs";
import { ENCODINGS } from "./encodings.ts";
import { ENGLISH, OTHERS, type Payload } from "./payloads.ts";

/** Where an attacker's text stands when the owner says what they want. The first four are put on the chain. */
export const CARRIERS = [
  "token-metadata",
  "event-data",
  "revert-string",
  "calldata-memo",
  "source-comment",
  "web-page",
  "memory-record",
  "tool-reply",
] as const;
export type Carrier = (typeof CARRIERS)[number];

/** One text of the corpus: one part, or two for two fields. */
export type Injection = {
  readonly id: number;
  readonly carrier: Carrier;
  readonly style: string;
  readonly language: string;
  readonly encoding: string;
  readonly parts: readonly string[];
};

export const CORPUS = new URL("./corpus.jsonl", import.meta.url);

export function readCorpus(): readonly Injection[] {
  const lines = readFileSync(CORPUS, "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Injection);
}

/**
 * The committed corpus: every English text twice plain and in every second encoding, each other language twice plain and
 * in two encodings, the
 * carriers in turn, so that every encoding, style and language meets several carriers.
 */
export function buildCorpus(): readonly Injection[] {
  const encodings = Object.keys(ENCODINGS);
  const english = ENGLISH.flatMap((payload, row) => [
    of(payload, "plain"),
    of(payload, "plain"),
    ...encodings
      .filter((name, column) => name !== "plain" && (row + column) % 2 === 0)
      .map((name) => of(payload, name)),
  ]);
  const others = OTHERS.flatMap((payload, row) => [
    of(payload, "plain"),
    of(payload, "plain"),
    of(payload, encodings[1 + (row % (encodings.length - 1))] ?? "plain"),
    of(payload, encodings[1 + ((row + 5) % (encodings.length - 1))] ?? "plain"),
  ]);
  return [...english, ...others].map((entry, id) => ({
    id,
    carrier: CARRIERS[id % CARRIERS.length] ?? "tool-reply",
    ...entry,
  }));
}

function of({ style, language, text }: Payload, encoding: string): Omit<Injection, "id" | "carrier"> {
  return { style, language, encoding, parts: ENCODINGS[encoding]?.(text) ?? [text] };
}
