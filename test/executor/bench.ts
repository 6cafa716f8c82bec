import type { Address, Hex } from "viem";
import type { IntendantDeps } from "../../agents/intendant/deps.ts";
import { defaultMandate, type Mandate } from "../../policies/index.ts";
import { createClient } from "../../src/chain/createClient.ts";
import { createReader } from "../../src/chain/createReader.ts";
import { oraclePrices } from "../../src/chain/prices.ts";
import type { ChainParts } from "../../src/compose/chain.ts";
import { composeDeps } from "../../src/compose/deps.ts";
import { composeJudge } from "../../src/compose/judge.ts";
import { composeScanner } from "../../src/compose/scanner.ts";
import type { StorageParts } from "../../src/compose/storage.ts";
import { readConfig } from "../../src/config.ts";
import { type Intent, intentSchema } from "../../src/domain/intent.ts";
import { toJson } from "../../src/domain/json.ts";
import type { Plan } from "../../src/domain/plan.ts";
import type { ExecutionOutcome } from "../../src/domain/receipt.ts";
import type { Simulation } from "../../src/domain/simulation.ts";
import { type ExecutorDeps, execute } from "../../src/executor/execute.ts";
import { rawKeySigner } from "../../src/executor/signer.ts";
import type { TestChain } from "../setup/testChain.ts";

export type Prepared = {
  readonly plan: Plan;
  readonly intent: Intent;
  readonly simulation: Simulation;
  readonly groundings: Parameters<IntendantDeps["judge"]>[0]["groundings"];
  /** Warnings that the owner said yes to. */
  readonly acknowledged: readonly string[];
};

export type Bench = {
  readonly executor: ExecutorDeps;
  /** Plans, judges, simulates and judges again, as the graph does before it asks for a yes. */
  prepare(actions: readonly object[]): Promise<Prepared>;
  /** Reserves and executes; `change` replaces parts of the executor. */
  run(prepared: Prepared, change?: Partial<ExecutorDeps>): Promise<ExecutionOutcome>;
};

type Options = {
  readonly mandate?: Mandate;
  /** Another way to the same node. */
  readonly rpcUrl?: string;
  readonly timeoutMs?: number;
  readonly accountIndex?: number;
  /** The owner says yes to every warning; otherwise a plan with one is not prepared. */
  readonly yes?: boolean;
};

/** Planner, simulator, guards and executor on a test's chain, put together by the project's own composition. */
export function benchOn(chain: TestChain, storage: StorageParts, options: Options = {}): Bench {
  const { mandate = defaultMandate, rpcUrl = chain.devnet.rpcUrl, timeoutMs = 10_000 } = options;
  const nowSeconds = () => BigInt(Math.floor(Date.now() / 1_000));
  const parts = chainParts(chain, rpcUrl, timeoutMs);
  const key = chain.devnet.accounts[options.accountIndex ?? 0]?.privateKey as Hex;
  const signer = rawKeySigner(key, 31_337);
  const scanner = composeScanner();
  const judge = composeJudge({ chain: parts, storage, mandate, scanner, nowSeconds });
  const config = readConfig({}, {});
  const given = {
    config,
    chain: parts,
    storage,
    model: undefined as never,
    mandate,
    signer,
    judge,
    scanner,
    nowSeconds,
  };
  const { deps, executor } = composeDeps(given);
  if (executor === undefined) throw new Error("no signer");
  return {
    executor,
    prepare: (actions) => prepare(deps, actions, { account: signer.address, yes: options.yes === true }),
    run: async (prepared, change) => {
      const { plan, simulation, intent, groundings, acknowledged } = prepared;
      const reservation = await judge.reservation(prepared);
      const consent = toJson({ intent, acknowledged, groundings });
      return await execute({ ...executor, ...change }, { plan, simulation, consent, reservation });
    },
  };
}

function chainParts(chain: TestChain, rpcUrl: string, timeoutMs: number): ChainParts {
  const { addresses, tokens, protocols } = chain;
  const client = createClient({ rpcUrl, chainId: 31_337, multicall3: addresses.multicall3, timeoutMs });
  return {
    client,
    chainId: 31_337,
    addresses,
    tokens,
    protocols,
    prices: oraclePrices,
    reader: (block) => createReader(client, { addresses, tokens, ...(block === undefined ? {} : { block }) }),
    close: async () => undefined,
  };
}

type Who = { readonly account: Address; readonly yes: boolean };

async function prepare(deps: IntendantDeps, actions: readonly object[], { account, yes }: Who): Promise<Prepared> {
  const intent = intentSchema.parse({ actions });
  const groundings = intent.actions.flatMap((action, index) =>
    action.type === "transfer"
      ? [{ field: `actions[${index}].to`, value: action.to, turn: 0, start: 0, end: 42, text: action.to }]
      : [],
  );
  const plan = await deps.plan({ intent, account, mode: "plan" });
  const first = await warnings(deps, { plan, intent, groundings }, yes);
  const simulation = await deps.simulate(plan);
  const second = await warnings(deps, { plan, intent, groundings, simulation }, yes);
  return { plan, intent, simulation, groundings, acknowledged: [...first, ...second] };
}

/** Codes that ask; none unless the owner says yes to them. A denial is never passed. */
async function warnings(
  deps: IntendantDeps,
  request: Parameters<IntendantDeps["judge"]>[0],
  yes: boolean,
): Promise<readonly string[]> {
  const { decision, findings } = await deps.judge(request);
  if (decision === "ask" && yes) return findings.flatMap(({ code, severity }) => (severity === "warn" ? [code] : []));
  if (decision === "allow") return [];
  throw new Error(`the guards say ${decision}: ${JSON.stringify(findings)}`);
}
