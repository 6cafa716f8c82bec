import { type Address, isAddressEqual } from "viem";
import type { Reader } from "../chain/reader.ts";
import { toProblem } from "../domain/error.ts";
import type { Evidence } from "../domain/evidence.ts";
import type { Permission } from "../domain/permission.ts";
import type { Plan } from "../domain/plan.ts";
import type { Simulation } from "../domain/simulation.ts";
import { gatherEvidence } from "../evidence/gatherEvidence.ts";
import { judgePermissions } from "../permissions/judgePermissions.ts";
import { permissionsOfCall } from "../permissions/permissionsOfCall.ts";
import { buildPreview } from "../preview/buildPreview.ts";
import { SimulationUnavailableError } from "../simulator/errors.ts";
import { simulate } from "../simulator/simulate.ts";
import { foreignPlan } from "./foreignPlan.ts";
import { judgeCalls } from "./judgeCalls.ts";
import { judgeOutcome } from "./judgeOutcome.ts";
import { type ReadCall, readCalls } from "./readCalls.ts";
import { readFacts } from "./readFacts.ts";
import type { CheckedCall } from "./request.ts";
import { cut } from "./say.ts";
import { scanBought } from "./scanBought.ts";
import type { CheckDeps, Looked } from "./types.ts";
import { within } from "./within.ts";

const SIMULATION_MS = 12_000;

type Batch = {
  readonly account: Address;
  readonly calls: readonly CheckedCall[];
  readonly permissions?: readonly Permission[];
};

/**
 * What a batch of calls does, from their bytes and from one simulation at the reader's block: 1. simulate, 2. read the calls,
 * 3. read who stands where, 4. judge permissions, calls and outcome, 5. scan what is bought. `permissions` are those of
 * authorisations that are sent with it.
 *
 * @throws {RpcUnavailableError}
 */
export async function checkCalls(deps: CheckDeps, reader: Reader, batch: Batch): Promise<Looked> {
  const { account, calls } = batch;
  const nowSeconds = deps.nowSeconds();
  const plan = foreignPlan(reader, { account, calls, nowSeconds });
  const simulated = await run(deps, reader, plan);
  const simulation = typeof simulated === "string" ? undefined : simulated;
  const evidence = await evidenceOf(deps, reader, plan, simulation);
  const read = readCalls(calls, evidence.decoded, { account, known: evidence.known });
  const permissions = [...(batch.permissions ?? []), ...calls.flatMap(permissionsOfCall)];
  const facts = await readFacts({
    reader,
    owner: account,
    nowSeconds,
    permissions,
    more: [account, ...calls.map(({ to }) => to), ...read.flatMap(recipientOf)],
    known: evidence.known,
    prices: deps.prices,
    need: (token) => needOf(read, token),
  });
  const scans =
    simulation === undefined
      ? { findings: [], unchecked: [] }
      : await scanBought(reader, {
          simulation,
          scanner: deps.scanner,
          isPosition: (address) =>
            evidence.known.some((one) => one.role === "position-token" && isAddressEqual(one.address, address)),
        });
  const findings = [
    ...judgePermissions(permissions, facts),
    ...judgeCalls(read, { account, facts, known: evidence.known, recipients: evidence.recipients }),
    ...(simulation === undefined ? [] : judgeOutcome({ calls: read, simulation, evidence, permissions })),
    ...scans.findings,
  ];
  const verdict = { decision: "ask", findings, mandateHash: "", policies: ["check"] } as const;
  return {
    findings,
    unchecked: [...unread(read), ...notSimulated(simulated), ...scans.unchecked],
    preview: buildPreview({ plan, evidence, simulation, verdict }),
  };
}

/** The simulation, or why there is none. */
async function run(deps: CheckDeps, reader: Reader, plan: Plan): Promise<Simulation | string> {
  const limit = deps.simulationMs ?? SIMULATION_MS;
  try {
    return await within(simulate({ reader, plan }), limit, `the simulation took longer than ${limit / 1_000} seconds`);
  } catch (error) {
    if (error instanceof SimulationUnavailableError) return toProblem(error).message;
    throw error;
  }
}

function evidenceOf(
  { protocols, prices, nowSeconds }: CheckDeps,
  reader: Reader,
  plan: Plan,
  simulation: Simulation | undefined,
): Promise<Evidence> {
  return gatherEvidence({
    reader,
    protocols,
    prices,
    plan,
    groundings: [],
    contacts: [],
    spentTodayUsdE8: 0n,
    nowSeconds: nowSeconds(),
    // Whose payments these were before is no business of a check: nobody's history is read.
    history: async () => ({ payments: [], blocks: "none", complete: false }),
    ...(simulation === undefined ? {} : { simulation }),
  });
}

function recipientOf({ effect }: ReadCall): readonly Address[] {
  return effect?.type === "transfer" ? [effect.to] : [];
}

/** What the batch's own trades and deposits take of a token; undefined where none does, or where it is not said to the unit. */
function needOf(calls: readonly ReadCall[], token: Address): bigint | undefined {
  const taken = calls.flatMap(({ effect }) => {
    if (effect?.type === "swap" && isAddressEqual(effect.sell, token)) return [effect.sellAmount];
    const takes = effect?.type === "supply" || effect?.type === "repay";
    return takes && isAddressEqual(effect.asset, token) ? [effect.amount] : [];
  });
  return taken.length === 0 ? undefined : taken.reduce((sum, amount) => sum + amount, 0n);
}

function unread(calls: readonly ReadCall[]): Looked["unchecked"] {
  return calls.flatMap(({ whole, index, call }) =>
    whole
      ? []
      : [
          {
            check: `call ${index + 1}`,
            why: `nobody here can read ${call.data === "0x" ? "an empty call" : call.data.slice(0, 10)} of ${call.to}: only what its simulation shows is known`,
          },
        ],
  );
}

function notSimulated(simulated: Simulation | string): Looked["unchecked"] {
  if (typeof simulated === "string") return [{ check: "simulation", why: simulated }];
  return simulated.calls.flatMap(({ status, revert }, index) =>
    status === "success"
      ? []
      : [
          {
            check: "simulation",
            why: `call ${index + 1} ${status === "reverted" ? `reverts: ${cut(revert?.name ?? "")}` : "is not reached"}`,
          },
        ],
  );
}
