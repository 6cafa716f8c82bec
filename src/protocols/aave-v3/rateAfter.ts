import type { Reader } from "../../chain/reader.ts";
import type { ApyWad } from "../../domain/market.ts";
import { attempt } from "../shared/attempt.ts";
import { aprRayToApyWad, rayDiv, rayMul } from "../shared/rates.ts";
import { strategyV30Abi, strategyV32Abi } from "./abi.ts";
import type { Reserve } from "./readReserve.ts";

/** Base units that the action moves: `added` by a supply, `taken` by a loan. */
export type LiquidityChange = { readonly added: bigint; readonly borrowed: bigint };

/**
 * Yields of the reserve once the change is mined, from the reserve's own rate strategy (`calculateInterestRates` with
 * the present debt and the hypothetical liquidity: what ReserveLogic.updateInterestRates does on chain).
 * Undefined when the strategy knows neither the v3.0 nor the v3.2 form of the question.
 */
export async function rateAfter(
  reader: Reader,
  reserve: Reserve,
  change: LiquidityChange,
): Promise<{ readonly supplyApyWad: ApyWad; readonly borrowApyWad: ApyWad } | undefined> {
  const { scaledVariableDebt, debtIndex } = reserve;
  const scaledAfter = scaledVariableDebt + (change.borrowed === 0n ? 0n : rayDiv(change.borrowed, debtIndex));
  const variableDebt = rayMul(scaledAfter, debtIndex);
  const ask = reserve.virtualBalance === undefined ? askV30 : askV32;
  const rates = await attempt(ask({ reader, reserve, change, variableDebt }));
  if (rates === undefined) return undefined;
  return { supplyApyWad: aprRayToApyWad(rates.supply), borrowApyWad: aprRayToApyWad(rates.borrow) };
}

type Question = {
  readonly reader: Reader;
  readonly reserve: Reserve;
  readonly change: LiquidityChange;
  readonly variableDebt: bigint;
};

async function askV30({ reader, reserve, change, variableDebt }: Question) {
  const [supply, , borrow] = await reader.client.readContract({
    address: reserve.strategy,
    abi: strategyV30Abi,
    functionName: "calculateInterestRates",
    args: [
      {
        unbacked: reserve.unbacked,
        liquidityAdded: change.added,
        liquidityTaken: change.borrowed,
        totalStableDebt: reserve.stableDebt,
        totalVariableDebt: variableDebt,
        averageStableBorrowRate: reserve.averageStableRate,
        reserveFactor: reserve.reserveFactorBps,
        reserve: reserve.asset.address,
        aToken: reserve.aToken,
      },
    ],
    blockNumber: reader.block,
  });
  return { supply, borrow };
}

async function askV32({ reader, reserve, change, variableDebt }: Question) {
  const [supply, borrow] = await reader.client.readContract({
    address: reserve.strategy,
    abi: strategyV32Abi,
    functionName: "calculateInterestRates",
    args: [
      {
        unbacked: reserve.unbacked,
        liquidityAdded: change.added,
        liquidityTaken: change.borrowed,
        totalDebt: variableDebt,
        reserveFactor: reserve.reserveFactorBps,
        reserve: reserve.asset.address,
        usingVirtualBalance: true,
        virtualUnderlyingBalance: reserve.virtualBalance ?? 0n,
      },
    ],
    blockNumber: reader.block,
  });
  return { supply, borrow };
}
