import type { Address } from "viem";
import { healthFacts, positionFacts, sayHolding, sumUsd } from "./holdingFacts.ts";
import { readPortfolio } from "./readPortfolio.ts";
import { type Answer, toAnswer } from "./toAnswer.ts";
import type { ReadDeps } from "./types.ts";

/** Everything one account holds and owes, at one block. */
export async function describePortfolio(deps: ReadDeps, { owner }: { readonly owner: Address }): Promise<Answer> {
  const { balances, positions, totalUsd, block, chainId } = await readPortfolio(deps, owner);
  const supplied = positions.flatMap((open) => open.supplied);
  const borrowed = positions.flatMap((open) => open.borrowed);
  const parts = `wallet ${sumUsd(balances)}, supplied ${sumUsd(supplied)}, owed ${sumUsd(borrowed)}`;
  const facts = [
    ...balances.map((entry) => `wallet: ${sayHolding(entry)}`),
    ...positions.flatMap((open) => positionFacts(open)),
    ...healthFacts(positions),
  ];
  const unpriced = [...balances, ...supplied, ...borrowed].filter(({ usd }) => usd === null).length;
  const left = unpriced === 0 ? "" : ` Not counted, because no oracle prices it: ${unpriced} of the amounts.`;
  return toAnswer({
    says: facts.length === 0 ? "This account holds and owes nothing here." : `Worth $${totalUsd}: ${parts}.${left}`,
    facts,
    block,
    source: `balances, positions and oracle prices of ${owner} on chain ${chainId}`,
  });
}
