import { formatUnits, type TransactionReceipt } from "viem";
import type { Plan } from "../domain/plan.ts";
import type { Receipt } from "../domain/receipt.ts";
import type { Simulation } from "../domain/simulation.ts";
import type { ExecutorDeps } from "./execute.ts";
import { realisedChanges } from "./realise.ts";

/** A mined transaction as our receipt: realised amounts and their differences from the simulation. */
export async function toReceipt(
  deps: ExecutorDeps,
  { plan, callIndex }: { readonly plan: Plan; readonly callIndex: number },
  mined: TransactionReceipt,
): Promise<Receipt> {
  const changes = await realisedChanges({
    client: deps.client,
    tokens: deps.tokens,
    owner: plan.account,
    receipt: mined,
  });
  return {
    planId: plan.id,
    callIndex,
    txHash: mined.transactionHash,
    block: mined.blockNumber,
    status: mined.status,
    gasUsed: mined.gasUsed,
    effectiveGasPrice: mined.effectiveGasPrice,
    changes,
    deviations: deviations(changes, simulationOf(deps, plan)?.calls[callIndex]),
  };
}

function simulationOf(deps: ExecutorDeps, plan: Plan): Simulation | undefined {
  const begin = deps.journal.of(plan.id).find((entry) => entry.type === "begin");
  return begin?.type === "begin" ? begin.simulation : undefined;
}

/** Differences from the simulated call, one line each; empty = equal to the unit. */
function deviations(
  changes: Receipt["changes"],
  simulated: Simulation["calls"][number] | undefined,
): readonly string[] {
  if (simulated === undefined) return [];
  const expected = new Map(simulated.changes.map((change) => [change.token.address.toLowerCase(), change]));
  const unexpected = changes
    .filter((change) => expected.get(change.asset.toLowerCase())?.delta !== change.delta)
    .map((change) => describe(change, expected.get(change.asset.toLowerCase())?.delta ?? 0n));
  const seen = new Set(changes.map((change) => change.asset.toLowerCase()));
  const absent = [...expected.values()]
    .filter((change) => change.delta !== 0n && !seen.has(change.token.address.toLowerCase()))
    .map((change) => describe({ asset: change.token.address, ...pick(change.token), delta: 0n }, change.delta));
  return [...unexpected, ...absent];
}

function describe(change: Receipt["changes"][number], simulated: bigint): string {
  const amount = (value: bigint) => formatUnits(value, change.decimals);
  return `${change.symbol}: ${amount(change.delta)}, simulated ${amount(simulated)}`;
}

function pick(token: { readonly symbol: string; readonly decimals: number }): { symbol: string; decimals: number } {
  return { symbol: token.symbol, decimals: token.decimals };
}
