import type { Grounding } from "../domain/grounding.ts";
import type { Action, Intent, Message, SimpleAction } from "../domain/intent.ts";
import { isWrap } from "./isWrap.ts";
import { DraftInvalidError } from "./resolveField.ts";
import type { Span } from "./spans.ts";

export type Verbs = {
  readonly intent: Intent;
  readonly groundings: readonly Grounding[];
  readonly messages: readonly Message[];
  readonly spans: readonly Span[];
  /** The owner's last message, with the quotations in it blanked. */
  readonly own: string;
  readonly turn: number;
};

type Type = Action["type"] | SimpleAction["type"] | "wrap";

/** Verbs in the form of an order that name one kind of action, and the kinds that may carry it out. English. */
const ORDERS: readonly (readonly [RegExp, readonly Type[]])[] = [
  [/(?<![\p{L}.-])borrow(?![\p{L}-]|\.\p{L})/u, ["borrow"]],
  [/(?<![\p{L}.-])repay(?![\p{L}-])/u, ["repay", "protect"]],
  [/(?<![\p{L}.-])bridge(?![\p{L}.-]| me over)/u, ["bridge"]],
  [/(?<![\p{L}.-])unstake(?![\p{L}-])/u, ["unstake"]],
  [
    /(?<!(?<!\p{L})(?:my|the|a|at|of|our|this|that|your|into|un|pool|do|de|o|le|lo|el|il) )(?<![\p{L}.-])stake(?![\p{L}-]|\.\p{L})/u,
    ["stake"],
  ],
  [/(?<![\p{L}.-])(?:un)?wrap(?![\p{L}-]| (?:it |this |that |things )?up\b)/u, ["wrap"]],
  [/(?<![\p{L}.-])revoke(?![\p{L}-])/u, ["revoke"]],
];
/** Shortly before a verb: it is what is not to be done, what was, or what somebody else does. */
const NOT_AN_ORDER =
  /\b(?:don'?t|do not|doesn'?t|didn'?t|not|no|never|without|instead of|rather than|skip|drop|leave|forget|stop|cancel|nothing|won'?t|can'?t|couldn'?t|to|gonna|before i|after i|i|we|they|he|she|you|me|us|them|people|others?|who|which|that|than|of|for|my|the|a|said|meant|typo|sorry)\s+(?:\w+\s+)?$/;
/** Right behind a verb: it is taken back at once ("borrow, i mean repay"; "stake... no"). */
const TAKEN_BACK =
  /^(?: it| that)?[\s,.…?—–-]*(?:like nothing|nothing|i mean|nope|nah|no|err*|uh|um|sorry|wait|or|was\b|is\b)(?!\p{L})|^\s*(?:\?|\.{2,}|…|—|-\s)/u;

/**
 * What the verbs of the last message order, and what they take away: an order to borrow that a draft turns into a
 * deposit, a step that was to be dropped and is still there, a step added to a pending plan whose other steps are gone.
 *
 * @throws {DraftInvalidError} asking what to do
 */
export function guardVerbs(verbs: Verbs): void {
  const types = typesOf(verbs.intent);
  const text = verbs.own.toLowerCase();
  for (const [order, by] of ORDERS) {
    const found = order.exec(text);
    if (found === null || isTakenBack(text, found)) continue;
    if (!by.some((type) => types.has(type))) throw unclear(found[0]);
  }
  const dropped = DROPPED.exec(text);
  const noun = dropped?.[1] ?? dropped?.[2];
  if (dropped !== null && noun !== undefined && STEPS.some(([stem, type]) => stem.test(noun) && types.has(type)))
    throw unclear(dropped[0]);
  guardCount(verbs, text);
  guardLeftOut(verbs);
  guardAdded(verbs, text);
}

function isTakenBack(text: string, found: RegExpExecArray): boolean {
  const [before, after] = [text.slice(0, found.index), text.slice(found.index + found[0].length)];
  return NOT_AN_ORDER.test(before.slice(-30)) || TAKEN_BACK.test(after);
}

function typesOf({ actions }: Intent): ReadonlySet<Type> {
  const all = actions.flatMap((action) => ("then" in action ? [action, ...action.then] : [action]));
  return new Set(
    all.flatMap((action): Type[] => (action.type === "swap" && isWrap(action) ? ["swap", "wrap"] : [action.type])),
  );
}

/** "leave out the sending", "no staking after all", "forget the swap part". */
const DROPPED =
  /\b(?:skip|drop|leave out|leave off|forget|without|no|remove|scrap|lose|omit|never mind|nix)\s+(?:about )?(?:the |any |that )?(?:(\w+(?:ing|ment))\b|(?:(?<=the )|(?=\w+ (?:part|step|bit|leg)\b))(stake|send|transfer|swap|lend|supply|deposit|borrow|repay|bridge|wrap|unwrap)\b)/;
const STEPS: readonly (readonly [RegExp, Type])[] = [
  [/^stak/, "stake"],
  [/^unstak/, "unstake"],
  [/^(?:send|transfer)/, "transfer"],
  [/^swap/, "swap"],
  [/^(?:lend|suppl|deposit)/, "supply"],
  [/^borrow/, "borrow"],
  [/^repay/, "repay"],
  [/^bridg/, "bridge"],
  [/^(?:un)?wrap/, "wrap"],
];

/** "without the arb one", "leave the eth where it is", "not eth but wbtc": a token that is to stay out. */
const BEFORE_TOKEN = /\b(?:without|skip|drop|leave out|leave|forget|not|no)\s+(?:the |my )?$/;
const AFTER_TOKEN =
  /^\s*(?:one|part|half|leg|step|swap|alone|out|there|where (?:it|they) (?:is|are)|be|untouched)\b|^\s*(?:but|,? rather)\s+$/;

function guardLeftOut({ intent, spans, own, turn }: Verbs): void {
  const tokens = spans.filter((span) => span.owner && span.turn === turn && span.kind === "token");
  for (const [index, token] of tokens.entries()) {
    const text = own.toLowerCase();
    const before = text.slice(Math.max(0, token.start - 24), token.start);
    const after = text.slice(token.end, tokens[index + 1]?.start ?? token.end + 24);
    if (!BEFORE_TOKEN.test(before) || !AFTER_TOKEN.test(after)) continue;
    if (tokens.some((one) => one !== token && one.value === token.value)) continue;
    if (touches(intent, token.value)) throw unclear(`${before.trim().split(" ").at(-1)} ${token.text}`);
  }
}

function touches({ actions }: Intent, symbol: string): boolean {
  return actions.some((action) =>
    Object.values(action).some((value) => value === symbol || (Array.isArray(value) && value.includes(symbol))),
  );
}

/** "skip the first step", "drop number two": one of the assistant's numbered steps less. */
const ONE_LESS =
  /\b(?:skip|drop|leave out|leave off|remove|scrap|omit|without|forget|lose|not)\s+(?:the |number |step |no\.? ?|#)*(?:(?:first|second|third|fourth|last|1st|2nd|3rd|4th|one|two|three|four|[1-4])\b)(?! (?:of|time))/;
const NUMBERED = /(?:^|[\s:;(])[1-8][.)]\s|\bsteps? [1-8]\b/gi;
const COUNTED = /\b(two|three|four|five|[2-8]) steps\b/i;

function guardCount({ intent, messages, turn }: Verbs, text: string): void {
  if (!ONE_LESS.test(text)) return;
  const heard = messages.slice(0, turn).findLast(({ role }) => role === "assistant")?.content ?? "";
  const counted = COUNTED.exec(heard)?.[1]?.toLowerCase() ?? "";
  const steps = heard.match(NUMBERED)?.length ?? Number(WORDS[counted] ?? counted);
  if (steps > 1 && /\?\s*$/.test(heard) && intent.actions.length >= steps) throw unclear(text.slice(0, 40));
}

const WORDS: Readonly<Record<string, number>> = { two: 2, three: 3, four: 4, five: 5 };

const ADDS =
  /^(?:and |ok,? |okay,? |yes,? )*then (?:swap|turn|send|stake|lend|supply|bridge|repay|borrow|put|deposit|convert|move|wrap|unwrap)\b(?!.*\b(?:instead|rather)\b)|^(?:and |ok,? |okay,? |yes,? |then )*(?:also|before that|beforehand|after that|afterwards|and then|on top|plus|additionally|in addition)\b|\b(?:before that|beforehand|afterwards)[.!]?$/;
/** A plan that waits for a yes; not a question for something that is missing. */
const PENDING = /(?<!\b(?:which|how|what|who|whom|where|when)\b[^.!?]*)\?\s*$/i;

function guardAdded({ intent, groundings, messages, turn }: Verbs, text: string): void {
  const heard = messages.slice(0, turn).findLast(({ role }) => role === "assistant")?.content ?? "";
  if (!ADDS.test(text) || !PENDING.test(heard) || intent.actions.length > 1) return;
  const amounts = groundings.filter(({ field }) => field.includes(".amount"));
  if (amounts.length > 0 && amounts.every((one) => one.turn === turn)) throw unclear(text.slice(0, 40));
}

function unclear(text: string): DraftInvalidError {
  return new DraftInvalidError(
    "action",
    text,
    `What "${text.trim()}" asks for was not understood; say the whole wish.`,
  );
}
