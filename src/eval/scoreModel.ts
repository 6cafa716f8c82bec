import { IntendantError } from "../domain/error.ts";
import type { Message } from "../domain/intent.ts";
import { canonical } from "../inference/nano/canonical.ts";
import { type CorpusRecord, WRITTEN_ON } from "../inference/nano/corpus/record.ts";
import { type DraftModel, type Prompt, understand } from "../understanding/understand.ts";
import { type Scored, score } from "./score.ts";

/** One request of a set, with what became of it. */
export type ScoredCase = Scored & {
  readonly kind: string;
  readonly tags: readonly string[];
  readonly milliseconds: number;
  readonly said: string;
  /** Code of the error that the model answered with. */
  readonly failed?: string;
};

type Options = {
  readonly records: readonly CorpusRecord[];
  /** Wraps the masked conversation with the instructions, as the agent does. */
  readonly prompt: (masked: string) => Prompt;
  readonly model: DraftModel;
  readonly onProgress?: (done: number, all: number) => void;
};

/** What a model can do wrong with one request; anything else ends the measurement. */
const MODELS_FAULT: ReadonlySet<string> = new Set(["output_incomplete", "model_answer_invalid", "prompt_too_long"]);

/** Understands every request of a set with one model, on the agent's own path, and compares with the labels. */
export async function scoreModel({ records, prompt, model, onProgress }: Options): Promise<readonly ScoredCase[]> {
  const cases: ScoredCase[] = [];
  for (const record of records) {
    cases.push(await scoreRecord(record, { prompt, model }));
    onProgress?.(cases.length, records.length);
  }
  return cases;
}

async function scoreRecord(record: CorpusRecord, path: Pick<Options, "prompt" | "model">): Promise<ScoredCase> {
  const messages: readonly Message[] = record.messages ?? [{ role: "user", content: record.text ?? "" }];
  const facts = {
    kind: record.understanding.kind,
    tags: record.tags ?? [],
    said: messages.map((message) => message.content).join(" / "),
  };
  const began = performance.now();
  try {
    const { understanding } = await understand({ messages, context: { now: WRITTEN_ON }, ...path });
    const milliseconds = performance.now() - began;
    return { ...score(understanding, record.understanding), ...facts, milliseconds };
  } catch (error) {
    if (!(error instanceof IntendantError) || !MODELS_FAULT.has(error.code)) throw error;
    const milliseconds = performance.now() - began;
    const want = canonical(record.understanding);
    return { right: false, wrongSilentAct: false, want, got: error.code, ...facts, milliseconds, failed: error.code };
  }
}
