import { zeroAddress } from "viem";
import type { Effect } from "../src/domain/effect.ts";
import type { Evidence } from "../src/domain/evidence.ts";
import type { Finding } from "../src/domain/verdict.ts";
import { sameAddress } from "./lib/assets.ts";
import type { Mandate } from "./mandate.ts";
import type { Policy } from "./policy.ts";

const id = "recipient-named";
const BURN = [zeroAddress, "0x000000000000000000000000000000000000dead", "0xdead000000000000000042069420694206942069"];

/**
 * Whatever leaves goes to the owner, except a transfer to somebody the owner named: in their own words, or in an
 * address book. Burn addresses and contracts we know (a token, a pool) are never recipients of a transfer.
 */
export const recipientNamed: Policy<Mandate["contacts"]> = {
  id,
  reads: "plan",
  rule: (mandate) => mandate.contacts,
  check: (evidence, contacts) =>
    evidence.decoded.flatMap(({ effect, callIndex }) =>
      effect ? judge(evidence, contacts, effect).map((text) => object(effect, `call ${callIndex}: ${text}`)) : [],
    ),
};

function judge(evidence: Evidence, contacts: Mandate["contacts"], effect: Effect): readonly string[] {
  const owner = evidence.plan.account;
  if (effect.type === "transfer") return judgeTransfer(evidence, contacts, effect.to);
  const parties = [
    "recipient" in effect ? effect.recipient : undefined,
    "onBehalfOf" in effect ? effect.onBehalfOf : undefined,
    "owner" in effect ? effect.owner : undefined,
  ];
  return parties.flatMap((party) =>
    party === undefined || sameAddress(party, owner)
      ? []
      : [`${effect.type} is for ${party}, not for the owner ${owner}`],
  );
}

function judgeTransfer(evidence: Evidence, contacts: Mandate["contacts"], to: string): readonly string[] {
  if (BURN.some((address) => sameAddress(address, to))) return [`${to} is a burn address`];
  const contract = evidence.known.find((entry) => sameAddress(entry.address, to));
  if (contract) return [`${to} is the contract ${contract.label}, not a person`];
  if (sameAddress(to, evidence.plan.account)) return [];
  if ([...contacts, ...evidence.contacts].some((contact) => sameAddress(contact.address, to))) return [];
  const named = evidence.groundings.some(({ field, value }) => /\.to$/.test(field) && sameAddress(value, to));
  return named ? [] : [`nothing the owner said names ${to}`];
}

function object(effect: Effect, evidence: string): Finding {
  return { code: id, severity: "block", subject: effect.type, evidence, source: id };
}
