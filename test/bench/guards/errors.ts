import { IntendantError } from "../../../src/domain/error.ts";

/** The benchmark cannot run as asked. */
export class BenchError extends IntendantError {
  readonly code = "bench_cannot_run";
}

/** A corpus file could not be compiled, deployed or given a market: it is counted as not tried, with the reason. */
export class StageError extends IntendantError {
  readonly code = "bench_not_staged";
}
