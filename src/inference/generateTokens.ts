import type { LlamaContextSequence, LlamaGrammar, LlamaModel, SequenceEvaluateOptions, Token } from "node-llama-cpp";
import { LlamaGrammarEvaluationState } from "node-llama-cpp";
import { jsonEnd } from "./jsonEnd.ts";
import { type PieceTexts, textAssembler } from "./textAssembler.ts";

/** How one answer is sampled and when it ends. */
export type Sampling = {
  /** 0 is greedy: the same prompt gives the same answer. */
  readonly temperature: number;
  readonly seed: number;
  readonly topK?: number;
  readonly topP?: number;
  readonly minP?: number;
  readonly maxTokens: number;
  /** Texts that end the answer and are not part of it. */
  readonly stop: readonly string[];
  /** Token runs of the chat template that end the answer. */
  readonly stopTokens: readonly (readonly Token[])[];
  readonly grammar?: LlamaGrammar;
  /** Reports how probable the answer is. */
  readonly confidence?: boolean;
  readonly signal?: AbortSignal;
};

/** Why the answer ended: the model's own end (or complete JSON), or the token limit. */
export type FinishReason = "stop" | "length";

/**
 * A piece of the answer; the last one carries the reason. `tokens` counts what was sampled for this piece. `probability`
 * is the product of the probabilities of all tokens so far, each among what the grammar allowed; only if asked for.
 */
export type Piece = {
  readonly text: string;
  readonly tokens: number;
  readonly finish?: FinishReason;
  readonly probability?: number;
};

type Source = {
  readonly model: LlamaModel;
  readonly sequence: LlamaContextSequence;
  readonly prompt: readonly Token[];
  readonly sampling: Sampling;
  readonly texts: PieceTexts;
};

/** Streams the answer to a tokenised prompt; little is done per token, so that small models stay fast. */
export async function* generateTokens({ model, sequence, prompt, sampling, texts }: Source): AsyncGenerator<Piece> {
  const end = sampling.grammar === undefined ? undefined : jsonEnd();
  const text = textAssembler({ model, stop: sampling.stop, texts });
  const recent: Token[] = [];
  let reported = 0;
  let finish: FinishReason = "stop";
  let probability = 1;
  const options = evaluateOptions(model, sampling);
  const outputs =
    sampling.confidence === true
      ? sequence.evaluateWithMetadata([...prompt], { confidence: true }, options)
      : sequence.evaluateWithMetadata([...prompt], {}, options);
  for await (const output of outputs) {
    const { token } = output;
    sampling.signal?.throwIfAborted();
    recent.push(token);
    if ("confidence" in output && typeof output.confidence === "number") probability *= output.confidence;
    if (endsWithAny(recent, sampling.stopTokens)) break;
    const { piece, stopped } = text.push(token);
    const complete = end?.push(piece) === true;
    const full = recent.length >= sampling.maxTokens;
    if (stopped) {
      yield { text: piece, tokens: recent.length - reported, finish };
      return;
    }
    if (piece !== "") {
      yield { text: piece, tokens: recent.length - reported };
      reported = recent.length;
    }
    if (complete) break;
    if (full) {
      finish = "length";
      break;
    }
  }
  sampling.signal?.throwIfAborted();
  const known = sampling.confidence === true ? { probability } : {};
  yield { text: text.rest(), tokens: recent.length - reported, finish, ...known };
}

function evaluateOptions(model: LlamaModel, sampling: Sampling): SequenceEvaluateOptions {
  const { temperature, seed, topK, topP, minP, grammar } = sampling;
  return {
    temperature,
    seed,
    ...(topK === undefined ? {} : { topK }),
    ...(topP === undefined ? {} : { topP }),
    ...(minP === undefined ? {} : { minP }),
    ...(grammar === undefined ? {} : { grammarEvaluationState: new LlamaGrammarEvaluationState({ model, grammar }) }),
  };
}

function endsWithAny(tokens: readonly Token[], runs: readonly (readonly Token[])[]): boolean {
  return runs.some(
    (run) => run.length > 0 && run.every((token, at) => tokens[tokens.length - run.length + at] === token),
  );
}
