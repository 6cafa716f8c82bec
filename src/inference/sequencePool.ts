import type { LlamaContext, LlamaContextSequence } from "node-llama-cpp";

/** Hands out a context's sequences one caller at a time, first come first served. */
export type SequencePool = {
  /** Waits for a free sequence; rejects with the signal's reason when it aborts first. */
  readonly acquire: (signal?: AbortSignal) => Promise<LlamaContextSequence>;
  readonly release: (sequence: LlamaContextSequence) => void;
};

type Waiter = { readonly take: (sequence: LlamaContextSequence) => void };

/** Takes every sequence of `context` into the pool. */
export function sequencePool(context: LlamaContext): SequencePool {
  const free: LlamaContextSequence[] = [];
  while (context.sequencesLeft > 0) free.push(context.getSequence());
  const waiting: Waiter[] = [];
  const acquire = async (signal?: AbortSignal): Promise<LlamaContextSequence> => {
    signal?.throwIfAborted();
    const now = free.shift();
    return now ?? wait(waiting, signal);
  };
  const release = (sequence: LlamaContextSequence): void => {
    const next = waiting.shift();
    if (next === undefined) free.push(sequence);
    else next.take(sequence);
  };
  return { acquire, release };
}

function wait(waiting: Waiter[], signal: AbortSignal | undefined): Promise<LlamaContextSequence> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      waiting.splice(waiting.indexOf(waiter), 1);
      reject(signal?.reason);
    };
    const waiter: Waiter = {
      take: (sequence) => {
        signal?.removeEventListener("abort", abort);
        resolve(sequence);
      },
    };
    waiting.push(waiter);
    signal?.addEventListener("abort", abort, { once: true });
  });
}
