import { SimulationUnavailableError } from "../errors.ts";
import type { Backend, Sequence, StepResult } from "../types.ts";
import { BackendUnsupportedError } from "./unsupported.ts";

/**
 * Runs the sequence on the first backend the node supports, and says which one it was.
 * Only "this node cannot do that" moves on to the next backend; a revert or a silent node never does.
 */
export async function firstSupported(
  backends: readonly Backend[],
  sequence: Sequence,
): Promise<{ readonly backend: Backend; readonly results: readonly StepResult[] }> {
  const refusals: string[] = [];
  for (const backend of backends) {
    try {
      return { backend, results: await backend.run(sequence) };
    } catch (error) {
      if (!(error instanceof BackendUnsupportedError)) throw error;
      refusals.push(`${backend.id}: ${error.message}`);
    }
  }
  throw new SimulationUnavailableError("This node can simulate in no way we know; use an RPC with eth_simulateV1.", {
    facts: refusals,
    retry: "never",
  });
}
