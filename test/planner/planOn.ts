import type { Account } from "viem";
import { oraclePrices } from "../../src/chain/prices.ts";
import type { Intent } from "../../src/domain/intent.ts";
import { intentSchema } from "../../src/domain/intent.ts";
import type { Plan } from "../../src/domain/plan.ts";
import { plan } from "../../src/planner/plan.ts";
import type { PlanInput } from "../../src/planner/types.ts";
import type { TestChain } from "../setup/devnet.ts";

type Overrides = Partial<Pick<PlanInput, "resolveRecipient" | "findRoute">> & {
  readonly account?: Account;
  readonly options?: Partial<PlanInput["options"]>;
};

/** Plans an intent on the chain's latest block for the owner, at that block's time. */
export async function planOn(
  chain: TestChain,
  intent: { readonly actions: readonly object[]; readonly constraints?: Intent["constraints"] },
  { account = chain.owner, options, ...rest }: Overrides = {},
): Promise<Plan> {
  const reader = await chain.reader();
  return plan({
    reader,
    protocols: chain.protocols,
    prices: oraclePrices,
    intent: intentSchema.parse(intent),
    account: account.address,
    options: { nowSeconds: reader.timestamp, ...options },
    ...rest,
  });
}
