import type { Address } from "viem";
import { readBalances } from "../chain/balances.ts";
import type { Reader } from "../chain/reader.ts";
import type { Plan } from "../domain/plan.ts";
import type { Simulation } from "../domain/simulation.ts";
import type { Token } from "../domain/token.ts";
import { firstSupported } from "./backends/firstSupported.ts";
import { simulateV1 } from "./backends/simulateV1.ts";
import { stateOverride } from "./backends/stateOverride.ts";
import { SimulationBlockMismatchError, SimulationUnavailableError } from "./errors.ts";
import { layOut, readBack } from "./stages/layout.ts";
import { lendingProbes } from "./stages/probes.ts";
import { report } from "./stages/report.ts";
import { type Draft, settle } from "./stages/settle.ts";
import { firstWatch } from "./stages/watch.ts";
import type { Backend, PositionProbe } from "./types.ts";

/** Seconds after the pinned block that the simulated block stands at: one slot of Ethereum. */
const NEXT_BLOCK_SECONDS = 12n;

export type SimulateOptions = {
  /** Pinned to the plan's block. */
  readonly reader: Reader;
  readonly plan: Plan;
  /** Tokens to name and watch beyond the registry: position tokens, tokens outside any list. */
  readonly knownTokens?: readonly Token[];
  /** Unix seconds of the simulated block; default one slot (12 s) after the pinned block. */
  readonly atSeconds?: bigint;
  /** Lending accounts to read before and after; default all that the chain's address book names. */
  readonly probes?: readonly PositionProbe[];
  /** In order of preference; default eth_simulateV1, then a state override. */
  readonly backends?: readonly Backend[];
};

/**
 * Runs a whole plan as a sequence on top of its pinned block, before anything is signed.
 *
 * A revert is a result (`ok: false`, the call and its decoded reason), never an exception. Errors: SimulationUnavailableError
 * when the node cannot answer, SimulationBlockMismatchError when reader and plan stand at different blocks.
 */
export async function simulate(options: SimulateOptions): Promise<Simulation> {
  const { reader, plan, backends = [simulateV1, stateOverride] } = options;
  samePlace(reader, plan);
  const timestamp = options.atSeconds ?? reader.timestamp + NEXT_BLOCK_SECONDS;
  const probes = options.probes ?? (await lendingProbes(reader, plan.account));
  const known = options.knownTokens ?? [];
  const fixed = { owner: plan.account, multicall3: reader.addresses.multicall3, probes };

  // 1. Watch the plan's own tokens and what the caller knows.
  const named = known.map((token) => token.address);
  let draft: Draft = { calls: plan.calls, watch: firstWatch(plan, named) };
  let blind: readonly Address[] | undefined;

  // 2. Run, fill late-bound amounts with what was realised, widen the watch, cut at the first failure; until nothing changes.
  for (let round = 0; round < roundsFor(plan); round++) {
    const parts = { ...fixed, calls: draft.calls, watch: draft.watch };
    const steps = layOut(parts);
    const { backend, results } = await firstSupported(backends, { reader, account: plan.account, timestamp, steps });
    const seen = readBack(parts, results);
    if (!blind && seen.calls.some((call) => call.logs === undefined)) blind = await heldTokens(reader, plan.account);
    const next = settle(plan, draft, seen, blind ?? []);

    // 3. Settled: what the node showed is the plan's effect.
    if (next === draft) {
      const tokenOf = namer(reader, known);
      const wrappedNative = reader.addresses.wrappedNative;
      return report({ plan, draft, seen, probes, backend: backend.id, timestamp, wrappedNative, tokenOf });
    }
    draft = next;
  }
  throw new SimulationUnavailableError("The plan's amounts do not settle in simulation; make a new plan.", {
    facts: [`${roundsFor(plan)} rounds`],
    retry: "fresh-quote",
  });
}

/** What could leave unseen where a backend shows no events: the listed tokens that the owner holds. */
async function heldTokens(reader: Reader, owner: Address): Promise<readonly Address[]> {
  const balances = await readBalances(reader, owner, reader.tokens.all);
  return balances.filter(({ amount }) => amount > 0n).map(({ token }) => token.address);
}

/** Each call can be bound once and fail once, and each round may show new tokens. */
const roundsFor = (plan: Plan): number => 2 * plan.calls.length + 4;

function samePlace(reader: Reader, plan: Plan): void {
  if (reader.chainId === plan.chainId && reader.block === plan.block.number && reader.blockHash === plan.block.hash)
    return;
  throw new SimulationBlockMismatchError("Simulate the plan at its own block, or make a new plan.", {
    facts: [
      `plan: chain ${plan.chainId} block ${plan.block.number} ${plan.block.hash}`,
      `reader: chain ${reader.chainId} block ${reader.block} ${reader.blockHash}`,
    ],
    retry: "fresh-quote",
  });
}

/** Names tokens by the registry, then by what the caller knows; anything else is "?" and counts as unnamed. */
function namer(reader: Reader, known: readonly Token[]): (address: Address) => Token {
  const extra = new Map(known.map((token) => [token.address.toLowerCase(), token]));
  return (address) =>
    reader.tokens.byAddress(address) ??
    extra.get(address.toLowerCase()) ?? {
      chainId: reader.chainId,
      address,
      symbol: "?",
      name: "unlisted token",
      decimals: 0,
      stable: false,
    };
}
