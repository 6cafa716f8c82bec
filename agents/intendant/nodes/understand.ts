import type { IntendantDeps } from "../deps.ts";
import type { Node } from "./step.ts";

/** Words → typed, grounded understanding. The model drafts, code grounds. */
export function understand(deps: IntendantDeps): Node {
  return async ({ intentId, messages, account }) => ({
    understood: await deps.understand({ intentId, messages, account }),
  });
}
