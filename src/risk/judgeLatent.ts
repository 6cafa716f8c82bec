import type { Address } from "viem";
import type { RiskFinding, RiskName } from "../domain/tokenRisk.ts";
import type { Severity } from "../domain/verdict.ts";
import type { PowerHolder } from "./readHolder.ts";
import type { LatentFinding } from "./types.ts";

export type LatentFacts = {
  readonly token: Address;
  /** Accounts that the token itself names as owner or admin. */
  readonly declared: ReadonlySet<string>;
  /** A fresh account that stood for anybody. */
  readonly stranger: Address;
  readonly holders: ReadonlyMap<string, PowerHolder>;
};

/**
 * Powers as findings: what a power means depends on who holds it. In a named hand it warns, in a hidden one it is a danger.
 * A holder that calls itself a timelock is told as such and still warns: anyone can write a contract that answers so.
 */
export function judgeLatent(found: readonly LatentFinding[], facts: LatentFacts): readonly RiskFinding[] {
  return found.map((one) => {
    const hidden = !facts.declared.has(one.caller.toLowerCase());
    return {
      name: nameOf(one, facts),
      severity: severityOf(one, hidden),
      evidence: `${one.says} after ${one.calls.length === 1 ? "one call" : `${one.calls.length} calls`} by ${whoOf(one.caller, hidden, facts)}`,
      counterexample: one.calls.map(({ to, data }) => `${one.caller} calls ${to} with ${data.slice(0, 10)}`),
    };
  });
}

function whoOf(caller: Address, hidden: boolean, { stranger, holders }: LatentFacts): string {
  if (caller === stranger) return "anybody";
  const { kind, delaySeconds = 0n } = holders.get(caller) ?? { kind: "key" };
  const waits = kind === "timelock" ? `, which says that it waits ${delaySeconds / 86_400n} days` : "";
  return `${caller}${waits}${hidden ? ", which the token does not name as its owner" : ""}`;
}

function severityOf({ kind }: LatentFinding, hidden: boolean): Severity {
  if (kind === "gives-away" || kind === "inflates") return "warn";
  return hidden || kind === "takes-balance" ? "danger" : "warn";
}

function nameOf({ kind, calls, aimed }: LatentFinding, { token }: LatentFacts): RiskName {
  if (kind === "replaces-code") return "is_proxy";
  if (kind === "mints" || kind === "gives-away" || kind === "inflates") return "is_mintable";
  if (kind === "raises-tax") return "slippage_modifiable";
  if (kind === "takes-balance" || kind === "burns-balance") return "owner_change_balance";
  if (calls.some(({ to }) => to.toLowerCase() !== token.toLowerCase())) return "external_call";
  return aimed ? "is_blacklisted" : "transfer_pausable";
}
