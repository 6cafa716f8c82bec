import type { Address } from "viem";
import type { RiskFinding, RiskName } from "../domain/tokenRisk.ts";
import type { Severity } from "../domain/verdict.ts";
import type { PowerHolder } from "./readHolder.ts";
import type { LatentFinding } from "./types.ts";

export type LatentFacts = {
  readonly token: Address;
  /** The account whose sale was tried: a call that names it is aimed at single holders. */
  readonly seller: Address;
  /** Accounts that the token itself names as owner or admin. */
  readonly declared: ReadonlySet<string>;
  readonly holderOf: (account: Address) => PowerHolder;
};

/**
 * Powers as findings: what a power means depends on who holds it. In a named hand it warns, in a hidden one it is a danger.
 * A holder that calls itself a timelock is told as such and still warns: anyone can write a contract that answers so.
 */
export function judgeLatent(found: readonly LatentFinding[], facts: LatentFacts): readonly RiskFinding[] {
  return found.map((one) => {
    const hidden = !facts.declared.has(one.caller.toLowerCase());
    const holder = facts.holderOf(one.caller);
    const days = (holder.delaySeconds ?? 0n) / 86_400n;
    const who = holder.kind === "timelock" ? `${one.caller}, which says that it waits ${days} days` : one.caller;
    return {
      name: nameOf(one, facts),
      severity: severityOf(one, hidden),
      evidence: `${one.says} after ${one.calls.length === 1 ? "one call" : `${one.calls.length} calls`} by ${who}${hidden ? ", which the token does not name as its owner" : ""}`,
      counterexample: one.calls.map(({ to, data }) => `${one.caller} calls ${to} with ${data.slice(0, 10)}`),
    };
  });
}

function severityOf({ kind }: LatentFinding, hidden: boolean): Severity {
  return hidden || kind === "takes-balance" ? "danger" : "warn";
}

function nameOf({ kind, calls }: LatentFinding, { token, seller }: LatentFacts): RiskName {
  if (kind === "replaces-code") return "is_proxy";
  if (kind === "mints") return "is_mintable";
  if (kind === "raises-tax") return "slippage_modifiable";
  if (kind === "takes-balance") return "owner_change_balance";
  if (calls.some(({ to }) => to.toLowerCase() !== token.toLowerCase())) return "external_call";
  const aimed = calls.some(({ data }) => data.toLowerCase().includes(seller.slice(2).toLowerCase()));
  return aimed ? "is_blacklisted" : "transfer_pausable";
}
