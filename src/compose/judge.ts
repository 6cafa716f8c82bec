import type { Address } from "viem";
import { clear as clearPlan, evaluate, type Mandate, plannedSpendUsdE8, policies } from "../../policies/index.ts";
import { riskOf, type Scanner } from "../check/scanner.ts";
import type { ClearedPlan } from "../domain/cleared.ts";
import type { Evidence } from "../domain/evidence.ts";
import type { Grounding } from "../domain/grounding.ts";
import type { Intent } from "../domain/intent.ts";
import type { Plan } from "../domain/plan.ts";
import type { Simulation } from "../domain/simulation.ts";
import type { Verdict } from "../domain/verdict.ts";
import { gatherEvidence } from "../evidence/gatherEvidence.ts";
import type { Reservation } from "../storage/executions.ts";
import type { ChainParts } from "./chain.ts";
import { composeHistory } from "./history.ts";
import { composeSecondLook } from "./secondLook.ts";
import type { StorageParts } from "./storage.ts";

type Parts = {
  readonly chain: ChainParts;
  readonly storage: Pick<StorageParts, "executions">;
  readonly mandate: Mandate;
  readonly scanner: Scanner;
  readonly nowSeconds: () => bigint;
};

type Case = {
  /** Absent = the plan stands for itself (previews). */
  readonly intent?: Intent;
  readonly plan: Plan;
  readonly groundings: readonly Grounding[];
  readonly simulation?: Simulation;
};
type Consent = { readonly planId: string; readonly acknowledged: readonly string[] };

export type Judge = {
  evidence(request: Case): Promise<Evidence>;
  judge(request: Case): Promise<Verdict>;
  /** Both stages over fresh evidence; mints what the executor takes. */
  clear(request: Case, consent: Consent): Promise<ClearedPlan>;
  /** What the plan takes of the owner's daily cap. */
  reservation(request: Case): Promise<Reservation>;
};

/** The guards bound to the mandate and to fresh evidence. */
export function composeJudge({ chain, storage, mandate, scanner, nowSeconds }: Parts): Judge {
  const history = composeHistory({ chain, storage });
  const secondLook = composeSecondLook(scanner);
  const day = () => new Date(Number(nowSeconds()) * 1_000).toISOString().slice(0, 10);

  /** `latest`: tokens are looked at as they are now, not as they were when the plan was made. */
  const evidence = async (request: Case, latest = false): Promise<Evidence> => {
    const reader = await chain.reader(request.plan.block.number);
    const scanned = latest ? await chain.reader() : reader;
    return await gatherEvidence({
      reader,
      riskOf: (token, intended) =>
        latest
          ? secondLook({ planned: reader, latest: scanned }, token, intended)
          : riskOf(scanner, reader, token, intended),
      protocols: chain.protocols,
      prices: chain.prices,
      history,
      contacts: mandate.contacts.map(({ name, address }) => ({ name, address: address as Address })),
      // Without this plan's own reservation: after a restart it is judged again and must not count twice.
      spentTodayUsdE8: await storage.executions.spentUsdE8(
        request.plan.account,
        request.plan.chainId,
        day(),
        request.plan.id,
      ),
      nowSeconds: nowSeconds(),
      ...request,
    });
  };

  return {
    evidence: (request) => evidence(request),
    judge: async (request) =>
      evaluate({
        policies,
        mandate,
        evidence: await evidence(request),
        stage: request.simulation === undefined ? "plan" : "simulation",
      }),
    clear: async (request, consent) =>
      clearPlan({ policies, mandate, evidence: await evidence(request, true), consent }).plan,
    reservation: async (request) => ({
      usdE8: plannedSpendUsdE8(await evidence(request)) ?? 0n,
      capPerDayUsdE8: toUsdE8(mandate.spend.perDayUsd),
      dayIso: day(),
    }),
  };
}

/** "5000.25" → 1e8 = $1. */
function toUsdE8(usd: string): bigint {
  const [whole = "0", fraction = ""] = usd.split(".");
  return BigInt(whole) * 100_000_000n + BigInt(fraction.padEnd(8, "0").slice(0, 8));
}
