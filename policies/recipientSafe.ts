import { type Effect, MAX_UINT256 } from "../src/domain/effect.ts";
import type { Evidence, RecipientFacts, SeenTransfer } from "../src/domain/evidence.ts";
import type { Severity } from "../src/domain/verdict.ts";
import { sameAddress } from "./lib/assets.ts";
import { largest } from "./lib/largest.ts";
import { looksAlike } from "./lib/lookAlike.ts";
import { parseUsd, showUsd, usdOf } from "./lib/money.ts";
import type { Mandate } from "./mandate.ts";
import type { Policy } from "./policy.ts";

const id = "recipient-safe";
type Rule = Pick<Mandate, "contacts" | "newRecipientWarnUsd">;
type Transfer = Extract<Effect, { type: "transfer" }>;
type Objection = readonly [severity: Severity, code: string, evidence: string];

/** Addresses up to here are the chain's own (precompiles of EIP-1352's reserved range): what is sent there is gone. */
const RESERVED = 0xffffn;
/** US dollars, 1e8 = $1: an incoming payment below this makes nobody known. */
const DUST_USD_E8 = 100_000_000n;

/**
 * Whom a transfer pays, beyond who was named (`recipient-named`): nobody who looks like a contact or somebody paid before
 * and is another, no reserved address, no token contract, no account whose key handed itself to unknown code (EIP-7702).
 * A contract, and somebody never paid before, are for the owner to look at. Known means paid: what arrives, arrives from
 * anybody.
 */
export const recipientSafe: Policy<Rule> = {
  id,
  reads: "plan",
  rule: (mandate) => (mandate.newRecipientWarnUsd === undefined ? undefined : mandate),
  check: (evidence, rule) =>
    evidence.decoded.flatMap(({ effect, callIndex }) => {
      if (effect?.type !== "transfer" || sameAddress(effect.to, evidence.plan.account)) return [];
      return judge(evidence, rule, effect, callIndex).map(([severity, code, text]) => ({
        code: `${id}.${code}`,
        severity,
        subject: effect.to,
        evidence: text,
        source: `${id}, ${evidence.history.blocks}`,
      }));
    }),
};

function judge(evidence: Evidence, rule: Rule, transfer: Transfer, callIndex: number): readonly Objection[] {
  const { to } = transfer;
  const facts = evidence.recipients.find(({ address }) => sameAddress(address, to));
  if (facts === undefined) return [["block", "unread", `nothing was read of ${to}; it cannot be judged`]];
  const book = [...rule.contacts, ...evidence.contacts];
  const contact = book.some(({ address }) => sameAddress(address, to));
  return [
    ...(contact ? [] : alike(evidence, book, to)),
    ...standing(facts, contact),
    ...(contact ? [] : acquaintance(evidence, facts, rule, { transfer, callIndex })),
  ];
}

/** Address poisoning: an address made to begin and end like one that the owner trusts. */
function alike(evidence: Evidence, book: Rule["contacts"], to: string): readonly Objection[] {
  const trusted = [
    { address: evidence.plan.account, name: "the owner's own address" },
    ...book.map(({ name, address }) => ({ address, name: `the contact ${JSON.stringify(name)}` })),
    ...evidence.history.payments.map((paid) => ({ address: paid.to, name: "an address paid before" })),
  ];
  const twin = trusted.find(({ address }) => looksAlike(address, to));
  if (twin === undefined) return [];
  const text = `${to} begins and ends like ${twin.address}, ${twin.name}, and is another: compare every digit, or name the contact`;
  return [["block", "look-alike", text]];
}

function standing(
  { address, codeBytes, delegate, isToken, isSafe }: RecipientFacts,
  contact: boolean,
): readonly Objection[] {
  if (BigInt(address) <= RESERVED)
    return [["block", "reserved", `${address} is reserved for the chain itself: nobody has its key`]];
  if (delegate?.label !== undefined)
    return [["info", "delegated-known", `${address} runs ${delegate.label} (EIP-7702)`]];
  if (delegate !== undefined)
    return [
      [
        "danger",
        "delegated",
        `${address} handed itself to the code of ${delegate.address} (EIP-7702), which no known wallet publishes: it can sweep whatever arrives`,
      ],
    ];
  if (codeBytes === 0) return [];
  if (isToken) return [["block", "token-contract", `${address} is a token contract: what is sent to it stays there`]];
  if (isSafe) return [["info", "safe", `${address} is a contract that answers as a Safe account does`]];
  if (contact) return [["info", "contract", `${address} is a contract of ${codeBytes} bytes, in the address book`]];
  return [
    [
      "warn",
      "contract",
      `${address} is a contract of ${codeBytes} bytes: it may have no way to give the asset out again`,
    ],
  ];
}

/** Paid before, only ever baited from, or new. */
function acquaintance(
  evidence: Evidence,
  { address, seen }: RecipientFacts,
  rule: Rule,
  sent: { readonly transfer: Transfer; readonly callIndex: number },
): readonly Objection[] {
  const { payments, complete, blocks } = evidence.history;
  if (payments.some((paid) => sameAddress(paid.to, address))) return [];
  if (seen.length > 0 && seen.every((transfer) => isBait(evidence, transfer)))
    return [
      [
        "warn",
        "bait",
        `${address} stands in the owner's history only by ${seen.length} transfers of nothing, of dust or of unlisted tokens, as are logged to have an address copied; it was never paid`,
      ],
    ];
  const usdE8 = worthOf(evidence, sent);
  const dear = usdE8 === undefined || usdE8 >= parseUsd(rule.newRecipientWarnUsd);
  const looked = complete
    ? `looked at ${blocks}`
    : `the node gave no events of ${blocks}, so it is not known whether it was`;
  const what = usdE8 === undefined ? "an amount without a price" : showUsd(usdE8);
  return [[dear ? "warn" : "info", "new", `${address} was never paid before (${looked}); this pays ${what}`]];
}

function isBait(evidence: Evidence, { asset, amount, out, listed }: SeenTransfer): boolean {
  if (!listed || amount === 0n) return true;
  if (out) return false;
  const usdE8 = usdOf(evidence, asset, amount);
  return usdE8 !== undefined && usdE8 < DUST_USD_E8;
}

/** US dollars that leave, at most; undefined without a price. */
function worthOf(
  evidence: Evidence,
  { transfer, callIndex }: { readonly transfer: Transfer; readonly callIndex: number },
) {
  if (transfer.amount === MAX_UINT256) return undefined;
  const bounds = evidence.plan.calls[callIndex]?.bindings.map(({ max }) => max) ?? [];
  return usdOf(evidence, transfer.asset, largest([transfer.amount, ...bounds]));
}
