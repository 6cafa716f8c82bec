import type { PlannedCall } from "../src/domain/call.ts";
import { type Effect, MAX_UINT256 } from "../src/domain/effect.ts";
import type { Evidence } from "../src/domain/evidence.ts";
import type { Finding } from "../src/domain/verdict.ts";
import { assetName, listedToken, outflowOf, sameAddress } from "./lib/assets.ts";
import { largest } from "./lib/largest.ts";
import { parseUsd, showUsd, usdOf } from "./lib/money.ts";
import type { Mandate } from "./mandate.ts";
import type { Policy } from "./policy.ts";

const id = "spend-caps";

/**
 * US dollars that a plan puts in motion, at oracle prices: what is transferred, swapped away, supplied, repaid or borrowed.
 * A late-bound amount whose money an earlier call was counted for moves it on and counts once; what comes out of a position
 * (a withdrawal is no spend) counts when it is moved on, at the most its bounds allow. No price: deny, but for a token on no
 * list, whose sale counts at its floor.
 */
export const spendCaps: Policy<Mandate["spend"]> = {
  id,
  reads: "plan",
  rule: (mandate) => mandate.spend,
  check(evidence, { perActionUsd, perDayUsd }) {
    const object = (code: string, text: string): Finding => ({
      code: `${id}.${code}`,
      severity: "block",
      subject: evidence.plan.summary,
      evidence: text,
      source: id,
    });
    const spent = spending(evidence);
    const unpriced = spent.filter((entry) => entry.usdE8 === undefined);
    if (unpriced.length > 0) return unpriced.map((entry) => object("no-price", `no value known for ${entry.what}`));
    const perAction = new Map<number, bigint>();
    for (const { action, usdE8 = 0n } of spent) perAction.set(action, (perAction.get(action) ?? 0n) + usdE8);
    const total = [...perAction.values()].reduce((sum, value) => sum + value, 0n);
    const day = evidence.spentTodayUsdE8 + total;
    const over = [...perAction].filter(([, usdE8]) => usdE8 > parseUsd(perActionUsd));
    return [
      ...over.map(([action, usdE8]) =>
        object(
          "per-action",
          `action ${action + 1} moves ${showUsd(usdE8)}, allowed ${showUsd(parseUsd(perActionUsd))}`,
        ),
      ),
      ...(day > parseUsd(perDayUsd)
        ? [object("per-day", `${showUsd(day)} today with this plan, allowed ${showUsd(parseUsd(perDayUsd))}`)]
        : []),
    ];
  },
};

/** US dollars (1e8 = $1) the plan puts in motion, as `spend-caps` counts them; undefined when something has no price. */
export function plannedSpendUsdE8(evidence: Evidence): bigint | undefined {
  const spent = spending(evidence);
  if (spent.some((entry) => entry.usdE8 === undefined)) return undefined;
  return spent.reduce((sum, entry) => sum + (entry.usdE8 ?? 0n), 0n);
}

function spending(evidence: Evidence) {
  const counted = new Set<number>();
  return evidence.decoded.flatMap(({ effect, callIndex }) => {
    const call = evidence.plan.calls[callIndex];
    const moved =
      effect && (effect.type === "borrow" ? { asset: effect.asset, amount: effect.amount } : outflowOf(effect));
    if (!effect || !call) return [];
    const known = isFed(call, counted);
    if (moved || known) counted.add(callIndex);
    if (!moved || known) return [];
    const most = largest([moved.amount, ...call.bindings.map(({ max }) => max)]);
    const amount = moved.amount === MAX_UINT256 ? everything(evidence, effect) : most;
    const usdE8 =
      amount === undefined ? undefined : (usdOf(evidence, moved.asset, amount) ?? worthOfSale(evidence, effect));
    return [{ action: call.actionIndex, usdE8, what: `${effect.type} of ${assetName(evidence, moved.asset)}` }];
  });
}

/** A token on no list has no price: a swap of it counts as the least that it must bring. */
function worthOfSale(evidence: Evidence, effect: Effect): bigint | undefined {
  if (effect.type !== "swap" || effect.side !== "sell" || listedToken(evidence, effect.sell) !== undefined)
    return undefined;
  return usdOf(evidence, effect.buy, effect.buyAmount);
}

/** True when the whole late-bound amount comes from calls whose money was counted already (through a wrap or unwrap, too). */
function isFed({ bindings }: PlannedCall, counted: ReadonlySet<number>): boolean {
  return bindings.length > 0 && bindings.every(({ from }) => from.length > 0 && from.every((at) => counted.has(at)));
}

/** "Everything" in a repayment is the debt; in any other call we do not know it. */
function everything({ positions }: Evidence, effect: Effect): bigint | undefined {
  if (effect.type !== "repay") return undefined;
  const debts = positions
    .filter((position) => position.protocol === effect.protocol)
    .flatMap((position) => position.borrowed.filter((debt) => sameAddress(debt.asset.address, effect.asset)));
  return debts.length === 0 ? undefined : debts.reduce((sum, debt) => sum + debt.amount, 0n);
}
