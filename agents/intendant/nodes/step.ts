import { toProblem } from "../../../src/domain/error.ts";
import type { State, Update } from "../state.ts";

export type Node = (state: State) => Promise<Update>;

/** Runs a node; what it throws becomes the run's named error. Never put around a node that interrupts. */
export function step(node: Node): Node {
  return async (state) => {
    try {
      return await node(state);
    } catch (error) {
      return { error: toProblem(error) };
    }
  };
}
