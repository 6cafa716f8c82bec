import type { Effect } from "../../src/domain/effect.ts";
import type { Evidence } from "../../src/domain/evidence.ts";
import type { Action } from "../../src/domain/intent.ts";
import type { Finding } from "../../src/domain/verdict.ts";
import { assetKey, listedToken, namedToken, sameAddress } from "../lib/assets.ts";
import { sameProtocol } from "../lib/sameProtocol.ts";
import { block } from "./object.ts";

type Kind = Effect["type"];
export type Contacts = readonly { readonly name: string; readonly address: string }[];

/** Effects an action may have besides approving and wrapping, and those it must have. Absent = no plan may serve it yet. */
const KINDS: Partial<Record<Action["type"], { readonly may: readonly Kind[]; readonly must: readonly Kind[] }>> = {
  swap: { may: ["swap"], must: [] },
  transfer: { may: ["transfer"], must: ["transfer"] },
  earn: { may: ["swap", "supply"], must: ["supply"] },
  supply: { may: ["supply", "set-collateral"], must: ["supply"] },
  withdraw: { may: ["withdraw"], must: ["withdraw"] },
  borrow: { may: ["borrow"], must: ["borrow"] },
  repay: { may: ["repay"], must: ["repay"] },
  "set-collateral": { may: ["set-collateral"], must: ["set-collateral"] },
  move: { may: ["withdraw", "supply"], must: ["withdraw", "supply"] },
  revoke: { may: ["approve"], must: ["approve"] },
};
const ALWAYS: readonly Kind[] = ["approve", "wrap", "unwrap"];

/** The calls of an action do what the action says, where it says so, to whom it says so, and nothing else. */
export function judgeEffects(evidence: Evidence, contacts: Contacts, action: Action, at: number): readonly Finding[] {
  const subject = `action ${at + 1} (${action.type})`;
  const kinds = KINDS[action.type];
  if (!kinds)
    return [block("unsupported-action", subject, "no guard can compare this kind of action with its effects")];
  const effects = effectsOf(evidence, at);
  const usual = action.type === "revoke" ? [] : ALWAYS;
  const foreign = effects.filter((effect) => ![...usual, ...kinds.may].includes(effect.type));
  const absent = kinds.must.filter((kind) => !effects.some((effect) => effect.type === kind));
  const nothing = action.type !== "revoke" && effects.every((effect) => effect.type === "approve");
  return [
    ...foreign.map((effect) =>
      block("unasked-effect", subject, `the plan does a ${effect.type}, which was not asked for`),
    ),
    ...absent.map((kind) => block("not-served", subject, `no call does the ${kind}`)),
    ...(nothing && absent.length === 0 ? [block("not-served", subject, "no call serves this action")] : []),
    ...effects
      .flatMap((effect) => judgeEffect(evidence, contacts, action, effect))
      .map((text) => block("other-effect", subject, text)),
  ];
}

function effectsOf({ plan, decoded }: Evidence, at: number): readonly Effect[] {
  return decoded.flatMap(({ effect, callIndex }) =>
    effect && plan.calls[callIndex]?.actionIndex === at ? [effect] : [],
  );
}

function judgeEffect(evidence: Evidence, contacts: Contacts, action: Action, effect: Effect): readonly string[] {
  if (action.type === "transfer" && effect.type === "transfer")
    return [...otherForm(evidence, action.asset, effect.asset), ...otherRecipient(contacts, action.to, effect.to)];
  if (action.type === "swap" && effect.type === "swap")
    return [...otherAsset(evidence, action.sell, effect.sell), ...otherAsset(evidence, action.buy, effect.buy)];
  if (action.type === "revoke" && effect.type === "approve")
    return [...otherForm(evidence, action.asset, effect.token), ...notTakenBack(evidence, action.spender, effect)];
  if (action.type === "earn" && effect.type === "supply")
    return [...otherClass(evidence, action.asset, effect.asset), ...otherProtocol(action.protocols, effect.protocol)];
  if (action.type === "earn" && effect.type === "swap") return otherAsset(evidence, action.source, effect.sell);
  if (action.type === "move" && (effect.type === "withdraw" || effect.type === "supply")) {
    const said = effect.type === "withdraw" ? action.from : action.to;
    return [...otherAsset(evidence, action.asset, effect.asset), ...otherProtocol(said && [said], effect.protocol)];
  }
  if ("asset" in action && "protocol" in effect && "asset" in effect) {
    const said = "protocol" in action ? action.protocol : undefined;
    return [
      ...otherAsset(evidence, action.asset, effect.asset),
      ...otherProtocol(said && [said], effect.protocol),
      ...otherFlag(action, effect),
    ];
  }
  return [];
}

function otherAsset(evidence: Evidence, said: string, address: string): readonly string[] {
  const token = namedToken(evidence, said);
  if (token && assetKey(evidence, token.address) === assetKey(evidence, address)) return [];
  return [`${said} was named, the call is about ${listedToken(evidence, address)?.symbol ?? address}`];
}

/** Somebody else gets exactly what was named: a recipient may not take the wrapped coin for the coin. */
function otherForm(evidence: Evidence, said: string, address: string): readonly string[] {
  const token = namedToken(evidence, said);
  if (token && sameAddress(token.address, address)) return [];
  return [`${said} was named, the call is about ${listedToken(evidence, address)?.symbol ?? address}`];
}

function otherClass(evidence: Evidence, said: string, address: string): readonly string[] {
  if (said !== "any:stablecoin") return otherAsset(evidence, said, address);
  return listedToken(evidence, address)?.stable ? [] : [`a stablecoin was asked for, ${address} is none`];
}

function otherProtocol(said: readonly string[] | "" | undefined, protocol: string): readonly string[] {
  if (!said || said.some((name) => sameProtocol(name, protocol))) return [];
  return [`${said.join(", ")} was named, the call goes to ${protocol}`];
}

function otherRecipient(contacts: Contacts, said: string, to: string): readonly string[] {
  const contact = contacts.find((entry) => entry.name.toLowerCase() === said.toLowerCase());
  const address = contact?.address ?? said;
  return sameAddress(address, to) ? [] : [`the recipient is ${said}, the call pays ${to}`];
}

/** Nothing is given, and it is the spender named: an address, or a contract of that protocol ("uniswap": of every version). */
function notTakenBack(
  { known }: Evidence,
  said: string,
  { spender, amount }: Extract<Effect, { type: "approve" }>,
): readonly string[] {
  if (amount !== 0n) return [`an allowance was to be taken back, the call gives ${amount} to ${spender}`];
  const family = `${said.toLowerCase()}-v`;
  const named = known.some(
    ({ address, protocol }) =>
      sameAddress(address, spender) && (sameProtocol(said, protocol) || protocol.startsWith(family)),
  );
  return named || sameAddress(said, spender) ? [] : [`${said} was named, the call is about ${spender}`];
}

function otherFlag(action: Action, effect: Effect): readonly string[] {
  if (action.type !== "set-collateral" || effect.type !== "set-collateral" || action.enabled === effect.enabled)
    return [];
  return [`collateral was to be switched ${action.enabled ? "on" : "off"}, the call does the opposite`];
}
