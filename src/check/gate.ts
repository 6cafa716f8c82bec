import { OverloadedError } from "./errors.ts";

export type Gate = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * At most `running` pieces of work at a time and `waiting` behind them, in order; what comes on top is refused at once, so
 * that a flood costs nothing and nobody waits without end.
 *
 * @throws {OverloadedError}
 */
export function createGate({ running, waiting }: { readonly running: number; readonly waiting: number }): Gate {
  let active = 0;
  const queue: (() => void)[] = [];
  const enter = async (): Promise<void> => {
    if (active < running) {
      active += 1;
      return;
    }
    if (queue.length >= waiting) throw new OverloadedError(running);
    // Whoever leaves hands its place on: `active` stays what it is.
    await new Promise<void>((resolve) => queue.push(resolve));
  };
  const leave = (): void => {
    const next = queue.shift();
    if (next === undefined) active -= 1;
    else next();
  };
  return async (work) => {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
