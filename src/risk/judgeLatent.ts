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
 * Powers as findings: what a power means depends on who holds it. In a bare key's hands it warns, in a hidden one's it is
 * a danger, behind a timelock of a day or more it is told.
 */
export function judgeLatent(found: readonly LatentFinding[], facts: LatentFacts): readonly RiskFinding[] {
  return found.map((one) => {
    const hidden = !facts.declared.has(one.caller.toLowerCase());
    const holder = facts.holderOf(one.caller);
    const who = holder.kind === "timelock" ? `the timelock ${one.caller}` : one.caller;
    return {
      name: nameOf(one, facts),
      severity: severityOf(one, hidden, holder),
      evidence: `${one.says} after ${one.calls.length === 1 ? "one call" : `${one.calls.length} calls`} by ${who}${hidden ? ", which the token does not name as its owner" : ""}`,
      counterexample: one.calls.map(({ to, data }) => `${one.caller} calls ${to} with ${data.slice(0, 10)}`),
    };
  });
}

function severityOf({ kind }: LatentFinding, hidden: boolean, { kind: holder }: PowerHolder): Severity {
  if (holder === "timelock") return "info";
  return hidden || kind === "takes-balance" ? "danger" : "warn";
}

function nameOf({ kind, calls }: LatentFinding, { token, seller }: LatentFacts): RiskName {
  if (kind === "mints") return "is_mintable";
  if (kind === "raises-tax") return "slippage_modifiable";
  if (kind === "takes-balance") return "owner_change_balance";
  if (calls.some(({ to }) => to.toLowerCase() !== token.toLowerCase())) return "external_call";
  const aimed = calls.some(({ data }) => data.toLowerCase().includes(seller.slice(2).toLowerCase()));
  return aimed ? "is_blacklisted" : "transfer_pausable";
}
