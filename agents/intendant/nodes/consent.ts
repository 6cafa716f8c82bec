import { interrupt } from "@langchain/langgraph";
import type { IntendantDeps } from "../deps.ts";
import type { Consent } from "../state.ts";
import type { Node } from "./step.ts";

/**
 * Waits for a person's yes. `interrupt` works by throwing and the node runs again from its top on resume, so it does
 * nothing else. Whoever resumes has checked the hash; a resume without consent ends the run.
 */
export function consent(deps: IntendantDeps): Node {
  return async ({ plan, mode, verdict }) => {
    const planHash = String((plan as { id?: string } | undefined)?.id ?? "");
    if (verdict !== undefined && deps.mayProceedAlone({ mode, verdict }))
      return { consent: { planHash, acknowledged: [] } };
    const given = interrupt<{ planHash: string }, Consent | null>({ planHash });
    return given !== null && given.planHash === planHash ? { consent: given } : {};
  };
}
