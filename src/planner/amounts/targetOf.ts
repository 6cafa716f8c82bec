import type { LendMarket } from "../../domain/market.ts";
import type { Token } from "../../domain/token.ts";
import { HealthFactorTargetError } from "../errors.ts";
import { formatUsd, formatWad, protocolName } from "../format.ts";
import { type Account, accountHealth, belongsTo, priceWad } from "../lending/health.ts";
import type { Context, Draft } from "../types.ts";
import {
  aimAbove,
  borrowToTarget,
  healthFactorWad,
  repayToTarget,
  supplyToTarget,
  usdToUnits,
  withdrawToTarget,
} from "./healthFactor.ts";
import type { AmountRequest } from "./resolveAmount.ts";

type Lever = {
  readonly verb: "supply" | "withdraw" | "borrow" | "repay";
  readonly market: LendMarket;
  /** The ERC-20 that moves. */
  readonly token: Token;
};

/** Solver for "until my health factor is x": how much of the token moves the account there, rounded to the safe side. */
export function targetOf(context: Context, draft: Draft, lever: Lever): NonNullable<AmountRequest["target"]> {
  return async (targetWad) => {
    const { verb, market, token } = lever;
    const account = await accountHealth(context, draft, market);
    const now = healthFactorWad(account);
    if (now === undefined && verb !== "borrow")
      throw new HealthFactorTargetError(
        `You owe nothing on ${protocolName(market.protocol)}, so there is no health factor to reach.`,
      );
    const usdWad = dollars(account, lever, aimAbove(targetWad));
    const positions = await context.reads.positions();
    const position = positions.find((one) => belongsTo(one, market));
    const price = await priceWad(context, token, position);
    const rounding = verb === "supply" || verb === "repay" ? "up" : "down";
    const health = now === undefined ? "no debt" : `health factor ${formatWad(now)}`;
    if (usdWad === 0n) throw unreachable(lever, health, targetWad);
    return {
      amount: usdToUnits(usdWad, price, token.decimals, rounding),
      source: `${protocolName(market.protocol)} at block ${context.reader.block}: ${health}, 1 ${token.symbol} = ${formatUsd(price / 10n ** 10n)}`,
      rounding: `rounded ${rounding}, aiming 0.02 % above the target for the interest until it is mined`,
    };
  };
}

function dollars(account: Account, { verb, market }: Lever, aimWad: bigint): bigint {
  const threshold = BigInt(market.liquidationThresholdBps ?? 0);
  if (verb === "repay") return repayToTarget(account, aimWad);
  if (verb === "borrow") return borrowToTarget(account, aimWad);
  if (threshold === 0n)
    throw new HealthFactorTargetError(
      `${market.asset.symbol} does not count as collateral in ${market.label}: use another asset.`,
    );
  return verb === "supply" ? supplyToTarget(account, aimWad, threshold) : withdrawToTarget(account, aimWad, threshold);
}

function unreachable({ verb, market }: Lever, health: string, targetWad: bigint): HealthFactorTargetError {
  const side = verb === "supply" || verb === "repay" ? "already at or above" : "already at or below";
  return new HealthFactorTargetError(
    `Your account on ${protocolName(market.protocol)} (${health}) is ${side} ${formatWad(targetWad)}: name another target.`,
    { facts: [health, `target ${formatWad(targetWad)}`] },
  );
}
