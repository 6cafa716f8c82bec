import { formatUnits } from "viem";
import type { Effect } from "../domain/effect.ts";
import { MAX_UINT256 } from "../domain/effect.ts";
import type { Evidence } from "../domain/evidence.ts";
import type { Plan } from "../domain/plan.ts";
import type { Preview } from "../domain/preview.ts";
import type { PositionChange, Simulation } from "../domain/simulation.ts";
import { NATIVE_ADDRESS, type Token } from "../domain/token.ts";
import type { Verdict } from "../domain/verdict.ts";
import { formatPercentWad, formatUsdE8, formatWad } from "./format.ts";

type Request = {
  readonly plan: Plan;
  readonly evidence: Evidence;
  readonly simulation: Simulation | undefined;
  readonly verdict: Verdict;
};

/** Builds the one object that every door shows before consent, from the plan, its evidence, simulation and verdict. Pure. */
export function buildPreview(request: Request): Preview {
  const { plan, verdict } = request;
  return {
    planHash: plan.id,
    chainId: plan.chainId,
    account: plan.account,
    summary: plan.summary,
    block: plan.block.number.toString(),
    expiresAt: new Date(Number(plan.expiresAtSeconds) * 1000).toISOString(),
    calls: previewCalls(request),
    balanceChanges: previewChanges(request),
    approvals: previewApprovals(request),
    positions: (request.simulation?.positions ?? []).map(previewPosition),
    fees: previewFees(request),
    findings: verdict.findings.map((finding) => ({ ...finding })),
    assumptions: [...plan.assumptions],
    resolutions: plan.resolutions.map((resolution) => ({
      said: resolution.said,
      amount: formatUnits(resolution.amount, resolution.token.decimals),
      symbol: resolution.token.symbol,
      source: resolution.source,
      rounding: resolution.rounding,
    })),
    alternatives: plan.alternatives.map((alternative) => ({
      label: alternative.label,
      protocol: alternative.protocol,
      asset: alternative.asset ?? null,
      netApy: alternative.netApyWad === undefined ? null : formatPercentWad(alternative.netApyWad),
      apy: alternative.grossApyWad === undefined ? null : formatPercentWad(alternative.grossApyWad),
      chosen: alternative.chosen,
      reason: alternative.reason,
    })),
  };
}

function previewCalls({ plan, evidence, simulation }: Request): Preview["calls"] {
  return plan.calls.map((call, index) => ({
    to: call.to,
    value: call.value.toString(),
    data: call.data,
    label: call.label,
    decoded: describeEffect(evidence.decoded.find((decoded) => decoded.callIndex === index)?.effect),
    gas: (simulation?.calls[index]?.gasUsed ?? 0n).toString(),
    lateBound: call.bindings.length > 0,
  }));
}

function describeEffect(effect: Effect | undefined): Record<string, string> | null {
  if (effect === undefined) return null;
  return Object.fromEntries(
    Object.entries(effect)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, value === MAX_UINT256 ? "everything" : String(value)]),
  );
}

function previewChanges({ plan, evidence, simulation }: Request): Preview["balanceChanges"] {
  return (simulation?.balanceChanges ?? [])
    .filter((change) => change.holder.toLowerCase() === plan.account.toLowerCase() && change.delta !== 0n)
    .map((change) => {
      const usd = usdOf(evidence, change.token, change.delta);
      const min = floorOf(plan, change.token);
      const before = heldBefore(evidence, change.token);
      return {
        asset: change.token.address,
        symbol: change.token.symbol,
        decimals: change.token.decimals,
        ...(before === undefined ? {} : { before: before.toString() }),
        delta: change.delta.toString(),
        ...(usd === undefined ? {} : { usd }),
        ...(min === undefined || change.delta < 0n ? {} : { min: min.toString() }),
      };
    });
}

function heldBefore(evidence: Evidence, token: Token): bigint | undefined {
  return evidence.balances.find((entry) => entry.token.address.toLowerCase() === token.address.toLowerCase())?.amount;
}

function usdOf(evidence: Evidence, token: Token, amount: bigint): string | undefined {
  const price = evidence.prices.find((entry) => entry.token.address.toLowerCase() === token.address.toLowerCase());
  if (price === undefined) return undefined;
  return formatUsdE8((amount * price.usdE8) / 10n ** BigInt(token.decimals));
}

function floorOf(plan: Plan, token: Token): bigint | undefined {
  const gets = plan.expectations.flatMap((expectation) => expectation.gets);
  return gets.find((entry) => entry.token.address.toLowerCase() === token.address.toLowerCase())?.min;
}

function previewApprovals({ evidence, simulation }: Request): Preview["approvals"] {
  return (simulation?.allowances ?? []).map((change) => ({
    token: change.token.address,
    symbol: change.token.symbol,
    spender: change.spender,
    spenderLabel:
      evidence.known.find((known) => known.address.toLowerCase() === change.spender.toLowerCase())?.label ?? "unknown",
    before: change.before.toString(),
    after: change.after.toString(),
    unlimited: change.after === MAX_UINT256,
  }));
}

function previewPosition(change: PositionChange): Preview["positions"][number] {
  return {
    protocol: change.protocol,
    ...(change.marketId === undefined ? {} : { market: change.marketId }),
    before: positionState(change.before),
    after: positionState(change.after),
    liquidationPrice: null,
  };
}

function positionState(state: PositionChange["before"]): Preview["positions"][number]["before"] {
  return {
    healthFactor: state.healthFactorWad === undefined ? null : formatWad(state.healthFactorWad, 4),
    ltv: state.ltvBps === undefined ? null : `${(state.ltvBps / 100).toFixed(2)} %`,
    apy: state.apyWad === undefined ? null : formatPercentWad(state.apyWad),
  };
}

function previewFees({ plan, evidence, simulation }: Request): Preview["fees"] {
  const gas = simulation?.gasUsed ?? 0n;
  const native = evidence.prices.find((price) => price.token.address.toLowerCase() === NATIVE_ADDRESS.toLowerCase());
  const usd = native === undefined ? undefined : (gas * evidence.gasPriceWei * native.usdE8) / 10n ** 18n;
  return {
    gas: gas.toString(),
    gasUsd: usd === undefined ? "unknown" : formatUsdE8(usd),
    protocolUsd: swapFeesUsd(plan, evidence),
    breakEvenDays: null,
  };
}

/** What the pools keep: leg amount × fee of every pool on its path, at oracle prices; null when a price is missing or nothing is swapped. */
function swapFeesUsd(plan: Plan, evidence: Evidence): string | null {
  const swaps = plan.quotes.filter((quote) => quote.action.type === "swap");
  if (swaps.length === 0) return null;
  let total = 0n;
  for (const quote of swaps) {
    const pays = quote.pays[0];
    if (pays === undefined || quote.action.type !== "swap") return null;
    const price = evidence.prices.find(
      (entry) => entry.token.address.toLowerCase() === pays.token.address.toLowerCase(),
    );
    if (price === undefined) return null;
    const fixed = quote.action.legs.reduce((sum, leg) => sum + leg.amount, 0n);
    for (const leg of quote.action.legs) {
      const paid = fixed === 0n ? 0n : (pays.amount * leg.amount) / fixed;
      const feePips = BigInt(leg.path.pools.reduce((sum, pool) => sum + pool.feePips, 0));
      total += (((paid * feePips) / 1_000_000n) * price.usdE8) / 10n ** BigInt(pays.token.decimals);
    }
  }
  return formatUsdE8(total);
}
