import { formatUnits, parseUnits } from "viem";
import type { Evidence } from "../src/domain/evidence.ts";
import type { PositionChange } from "../src/domain/simulation.ts";
import type { Finding } from "../src/domain/verdict.ts";
import type { Mandate } from "./mandate.ts";
import type { Policy } from "./policy.ts";

const id = "min-health-factor";
type Rule = Mandate["healthFactor"];
type Account = { readonly protocol: string; readonly marketId?: string };

/**
 * Health factor of every loan after the plan: below `warn` asks, below `deny` denies. A plan that leaves a loan no worse
 * than it was (a repayment, or nothing to do with it) is not stopped by it. A loan whose health is unknown denies.
 */
export const minHealthFactor: Policy<Rule> = {
  id,
  reads: "simulation",
  rule: (mandate) => mandate.healthFactor,
  check(evidence, rule) {
    const changes = evidence.simulation?.positions ?? [];
    return [...unknownHealth(evidence, changes), ...changes.flatMap((change) => judge(change, rule))];
  },
};

function judge(change: PositionChange, rule: Rule): readonly Finding[] {
  const after = change.after.healthFactorWad;
  const before = change.before.healthFactorWad;
  if (after === undefined) return [];
  const limit =
    after < parseUnits(rule.deny, 18) ? rule.deny : after < parseUnits(rule.warn, 18) ? rule.warn : undefined;
  if (limit === undefined) return [];
  const noWorse = before !== undefined && after >= before;
  const severity = noWorse ? "info" : limit === rule.deny ? "danger" : "warn";
  const from = before === undefined ? "no debt" : show(before);
  return [object(severity, id, change, `health factor ${from} → ${show(after)}, limit ${limit}`)];
}

/** Loans that exist or are taken, and that the simulation says nothing about. A repayment may end a loan. */
function unknownHealth(evidence: Evidence, changes: readonly PositionChange[]): readonly Finding[] {
  const owed: readonly Account[] = evidence.positions.filter((position) =>
    position.borrowed.some((debt) => debt.amount > 0n),
  );
  const effects = evidence.decoded.flatMap(({ effect }) => effect ?? []);
  const taken: readonly Account[] = effects.filter((effect) => effect.type === "borrow");
  return [...owed, ...taken].flatMap((account) => {
    const change = changes.find((entry) => same(entry, account));
    const repaid = effects.some((effect) => effect.type === "repay" && same(effect, account));
    const known = change !== undefined && (change.after.healthFactorWad !== undefined || repaid);
    return known ? [] : [object("block", `${id}.unknown`, account, "there is a loan and its health factor is unknown")];
  });
}

function same(a: Account, b: Account): boolean {
  if (a.protocol !== b.protocol) return false;
  return a.marketId === undefined || b.marketId === undefined || a.marketId.toLowerCase() === b.marketId.toLowerCase();
}

function object(severity: Finding["severity"], code: string, account: Account, evidence: string): Finding {
  return {
    code,
    severity,
    subject: [account.protocol, account.marketId].filter(Boolean).join(" "),
    evidence,
    source: id,
  };
}

const show = (wad: bigint): string => Number(formatUnits(wad, 18)).toFixed(4);
