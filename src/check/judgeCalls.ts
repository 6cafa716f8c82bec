import { type Address, isAddressEqual, zeroAddress } from "viem";
import { knownDelegate } from "../chain/knownDelegates.ts";
import type { Effect } from "../domain/effect.ts";
import type { KnownAddress, RecipientFacts } from "../domain/evidence.ts";
import type { Finding } from "../domain/verdict.ts";
import type { ReadCall } from "./readCalls.ts";
import type { Facts } from "./readFacts.ts";
import { say } from "./say.ts";
import type { SwapTerms } from "./swapTerms.ts";

type Context = {
  readonly account: Address;
  readonly facts: Facts;
  readonly known: readonly KnownAddress[];
  readonly recipients: readonly RecipientFacts[];
};

const BURN: readonly Address[] = [
  zeroAddress,
  "0x000000000000000000000000000000000000dEaD",
  "0xdEAD000000000000000042069420694206942069",
];
/** Precompiled contracts and their reserve: nothing sent there comes back. */
const LAST_PRECOMPILE = 0xffffn;
/** A swap that may still be sent tomorrow is sent when it suits somebody else. */
const LONGEST_DEADLINE_SECONDS = 86_400n;

/** Findings on calls by their bytes and by who stands where: recipients, floors, deadlines, calls to nobody. */
export function judgeCalls(calls: readonly ReadCall[], context: Context): readonly Finding[] {
  return calls.flatMap((one) => [
    ...judgeTarget(one, context),
    ...judgeEffect(one, context),
    ...termsOf(one).flatMap((terms) => judgeTerms(one, terms, context)),
  ]);
}

function judgeTarget({ call, index }: ReadCall, { account, facts }: Context): readonly Finding[] {
  if (call.data === "0x") return [];
  const standing = facts.standing(call.to);
  const delegate = facts.delegateOf(account);
  if (isAddressEqual(call.to, account) && delegate !== undefined)
    return [say("own-code", "warn", account, `call ${index + 1} runs the code of ${delegate} in the account's name`)];
  if (standing !== "key") return [];
  const text = `call ${index + 1} names a function, and there is no contract at ${call.to}`;
  return [say("no-contract", call.value > 0n ? "danger" : "warn", call.to, text)];
}

function judgeEffect({ effect, index }: ReadCall, context: Context): readonly Finding[] {
  if (effect === undefined) return [];
  if (effect.type === "transfer") return judgeRecipient(effect, context);
  const away = partiesOf(effect).filter((party) => !isAddressEqual(party, context.account));
  return away.map((party) =>
    say("for-somebody-else", "danger", party, `call ${index + 1}: ${effect.type} is for ${party}, not for the account`),
  );
}

function partiesOf(effect: Effect): readonly Address[] {
  return [
    ...("recipient" in effect ? [effect.recipient] : []),
    ...("onBehalfOf" in effect ? [effect.onBehalfOf] : []),
    ...("owner" in effect && effect.owner !== undefined ? [effect.owner] : []),
  ];
}

function judgeRecipient(
  { to, asset }: Extract<Effect, { type: "transfer" }>,
  { account, facts, known, recipients }: Context,
): readonly Finding[] {
  if (isAddressEqual(to, account)) return [];
  const read = recipients.find(({ address }) => isAddressEqual(address, to));
  if (BURN.some((one) => isAddressEqual(one, to)) || BigInt(to) <= LAST_PRECOMPILE)
    return [say("burn-address", "block", to, `nobody can send back what goes to ${to}`)];
  if (isAddressEqual(to, asset) || read?.isToken === true)
    return [say("token-contract", "block", to, `${to} is the contract of a token, which keeps what is sent to it`)];
  const contract = known.find(({ address }) => isAddressEqual(address, to));
  if (contract !== undefined)
    return [
      say("known-contract", "danger", to, `${to} is the contract ${contract.label}, which keeps what is sent to it`),
    ];
  const delegate = facts.delegateOf(to);
  if (read?.isSafe === true || (delegate !== undefined && knownDelegate(delegate) !== undefined)) return [];
  if (delegate !== undefined) {
    const text = `${to} runs the code of ${delegate}, which may pass everything on (EIP-7702)`;
    return [say("recipient-delegated", "danger", to, text)];
  }
  const standing = facts.standing(to);
  if (standing === "contract")
    return [
      say("recipient-contract", "warn", to, `${to} is a contract; whether it can give anything back is not known`),
    ];
  return standing === "unknown" ? [say("recipient-unread", "warn", to, `what stands at ${to} could not be read`)] : [];
}

function termsOf({ effect, swaps }: ReadCall): readonly SwapTerms[] {
  if (effect?.type !== "swap") return swaps;
  const { buyAmount: least, recipient, deadlineSeconds } = effect;
  return [{ least, recipient, ...(deadlineSeconds === undefined ? {} : { deadlineSeconds }) }];
}

/** SwapRouter02 reads these as "the sender" and "the router itself" (Constants.sol); what the router keeps is unwrapped later. */
const ROUTER_WORDS: readonly Address[] = [
  "0x0000000000000000000000000000000000000001",
  "0x0000000000000000000000000000000000000002",
];

function judgeTerms(
  { call, effect, index }: ReadCall,
  terms: SwapTerms,
  { account, facts }: Context,
): readonly Finding[] {
  const { least, deadlineSeconds, recipient } = terms;
  const mine = isAddressEqual(recipient, account) || ROUTER_WORDS.some((one) => isAddressEqual(one, recipient));
  const object = (code: string, severity: Finding["severity"], text: string) =>
    say(code, severity, call.to, `call ${index + 1}: ${text}`);
  return [
    ...(least === 0n
      ? [object("no-minimum", "danger", "the swap takes any output, nothing included: its floor is 0")]
      : []),
    ...(deadlineSeconds === undefined
      ? [object("no-deadline", "warn", "the swap has no deadline: it can be held back until its price is bad")]
      : deadlineSeconds < facts.nowSeconds
        ? [object("deadline-over", "warn", `its deadline ${deadlineSeconds} is over`)]
        : deadlineSeconds > facts.nowSeconds + LONGEST_DEADLINE_SECONDS
          ? [object("far-deadline", "warn", "its deadline is more than a day away")]
          : []),
    ...(mine || effect !== undefined
      ? []
      : [object("for-somebody-else", "danger", `what the swap brings goes to ${recipient}`)]),
  ];
}
