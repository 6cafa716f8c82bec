import type { LlamaContextSequence, LlamaGrammar, LlamaModel, SequenceEvaluateOptions, Token } from "node-llama-cpp";
import { LlamaGrammarEvaluationState } from "node-llama-cpp";
import { jsonEnd } from "./jsonEnd.ts";

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
  readonly signal?: AbortSignal;
};

/** Why the answer ended: the model's own end (or complete JSON), or the token limit. */
export type FinishReason = "stop" | "length";

/** A piece of the answer; the last one carries the reason. `tokens` counts what was sampled for this piece. */
export type Piece = { readonly text: string; readonly tokens: number; readonly finish?: FinishReason };

type Source = {
  readonly model: LlamaModel;
  readonly sequence: LlamaContextSequence;
  readonly prompt: readonly Token[];
  readonly sampling: Sampling;
};

/** Streams the answer to a tokenised prompt; one async hop per token and nothing else, so that small models stay fast. */
export async function* generateTokens({ model, sequence, prompt, sampling }: Source): AsyncGenerator<Piece> {
  const end = sampling.grammar === undefined ? undefined : jsonEnd();
  const text = textAssembler(model, sampling.stop);
  const recent: Token[] = [];
  let count = 0;
  let finish: FinishReason | undefined;
  for await (const token of sequence.evaluate([...prompt], evaluateOptions(model, sampling))) {
    sampling.signal?.throwIfAborted();
    count += 1;
    recent.push(token);
    if (endsWithAny(recent, sampling.stopTokens)) {
      finish = "stop";
      break;
    }
    const { piece, stopped } = text.push(token);
    if (stopped || end?.push(piece) === true) finish = "stop";
    else if (count >= sampling.maxTokens) finish = "length";
    if (finish !== undefined) {
      yield { text: piece + (stopped ? "" : text.rest()), tokens: count, finish };
      return;
    }
    if (piece !== "") {
      yield { text: piece, tokens: count };
      count = 0;
    }
  }
  sampling.signal?.throwIfAborted();
  yield { text: text.rest(), tokens: count, finish: finish ?? "stop" };
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

type Assembler = { push(token: Token): { piece: string; stopped: boolean }; rest(): string };

/** Tokens → text: waits for split characters and, where stop texts are given, holds back what may be the start of one. */
function textAssembler(model: LlamaModel, stop: readonly string[]): Assembler {
  const hold = Math.max(0, ...stop.map((text) => text.length - 1));
  let last: Token[] = [];
  let pending: Token[] = [];
  let held = "";
  return {
    push(token) {
      pending.push(token);
      const decoded = model.detokenize(pending, false, last);
      if (decoded.endsWith("\uFFFD") && pending.length < 4) return { piece: "", stopped: false };
      last = [...last, ...pending].slice(-4);
      pending = [];
      held += decoded;
      const at = Math.min(...stop.map((text) => held.indexOf(text)).filter((index) => index >= 0));
      if (Number.isFinite(at)) return { piece: held.slice(0, at), stopped: true };
      const piece = held.slice(0, held.length - hold);
      held = held.slice(piece.length);
      return { piece, stopped: false };
    },
    rest: () => held + (pending.length === 0 ? "" : model.detokenize(pending, false, last)),
  };
}
