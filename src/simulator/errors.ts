import { IntendantError } from "../domain/error.ts";

/** The node could not run the sequence (refused, silent, answered with another shape). Nothing is known about the plan. */
export class SimulationUnavailableError extends IntendantError {
  readonly code = "simulation_unavailable";
}

/** The reader stands at another block or chain than the plan: simulate at the plan's own block. */
export class SimulationBlockMismatchError extends IntendantError {
  readonly code = "simulation_block_mismatch";
}
