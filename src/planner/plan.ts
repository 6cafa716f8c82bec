import { type Plan, sealPlan } from "../domain/plan.ts";
import { emptyDraft } from "./draft.ts";
import { checkGas } from "./gas.ts";
import { openContext } from "./openContext.ts";
import { planAction } from "./planAction.ts";
import { summarise } from "./summarise.ts";
import type { Draft, PlanInput } from "./types.ts";

/**
 * Intent → sealed plan, from one pinned block. Same block and same input give the same plan.
 *
 * 1. settings and constraints, 2. actions in order against a virtual wallet, 3. gas, 4. seal.
 * Throws the named errors of errors.ts and those of protocols and routes; nothing is sent and nothing is signed.
 */
export async function plan(input: PlanInput): Promise<Plan> {
  const context = openContext(input);
  let draft: Draft = emptyDraft;
  for (const [index, action] of context.intent.actions.entries())
    draft = await planAction(context, draft, action, index);
  await checkGas(context, draft);
  const { reader, account, intent, deadlineSeconds, expiresAtSeconds } = context;
  const { calls, quotes, expectations, resolutions, assumptions, alternatives } = draft;
  return sealPlan({
    chainId: reader.chainId,
    account,
    intent,
    block: { number: reader.block, hash: reader.blockHash, timestamp: reader.timestamp },
    deadlineSeconds,
    expiresAtSeconds,
    calls,
    quotes,
    expectations,
    resolutions,
    assumptions,
    alternatives,
    summary: summarise(draft),
  });
}
