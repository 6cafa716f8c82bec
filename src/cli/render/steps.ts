import ora, { type Ora } from "ora";

export type Steps = {
  /** Starts a step; the one before counts as done. */
  begin(text: string): void;
  /** Changes the text of the running step. */
  note(text: string): void;
  done(text?: string): void;
  fail(text?: string): void;
};

/** A spinner per step on a terminal, plain lines elsewhere, nothing when quiet (--json). */
export function createSteps(quiet: boolean): Steps {
  let spinner: Ora | undefined;
  let startedMs = 0;
  const took = () => `${((performance.now() - startedMs) / 1_000).toFixed(2)} s`;
  const end = (symbol: "succeed" | "fail", text?: string) => {
    if (spinner === undefined) return;
    spinner[symbol](`${text ?? spinner.text} (${took()})`);
    spinner = undefined;
  };
  return {
    begin: (text) => {
      end("succeed");
      startedMs = performance.now();
      if (!quiet) spinner = ora({ text, discardStdin: false }).start();
    },
    note: (text) => {
      if (spinner !== undefined) spinner.text = text;
    },
    done: (text) => end("succeed", text),
    fail: (text) => end("fail", text),
  };
}
