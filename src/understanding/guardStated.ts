import type { Action, Intent } from "../domain/intent.ts";
import { DraftInvalidError } from "./resolveField.ts";
import type { Span } from "./spans.ts";

export type Stated = {
  readonly intent: Intent;
  readonly spans: readonly Span[];
  /** The owner's last message, with the quotations in it blanked. */
  readonly own: string;
  /** The whole conversation, the assistant's offers included. */
  readonly heard: string;
  readonly turn: number;
  /** References that the draft points at. */
  readonly used: ReadonlySet<string>;
};

const RHYTHMS: readonly (readonly [string, RegExp])[] = [
  ["day", /\b(?:daily|every ?day|each day|per day|nightly)\b/],
  ["week", /\b(?:weekly|every week|each week|per week|once a week)\b/],
  ["month", /\b(?:monthly|every month|each month|per month|once a month)\b/],
];
/** Words of the corpus's languages that speak of how much may be risked. */
const OF_RISK =
  /(?<!\p{L})(?:risk\w*|risco\w*|riesg\w*|arriesg\w*|risik\w*|risqu\w*|rischi\w*|riskli|riskten|risiko\w*|berisiko|риск\w*|рисков\w*|safe\w*|secure\w*|conservative\w*|cautious\w*|careful\w*|prudent\w*|low|medium|moderate\w*|high|aggressive\w*|degen|yolo|gambl\w*|wild|adventurous|bold|boring|seguro|segura|sicher\w*|sûr\w*|sicur\w*|güvenli|aman|безопас\w*|надёжн\w*|надежн\w*)(?!\p{L})|风险|穩|稳|リスク|安全|堅実/iu;
/** The dearest tier of the pools served here is 1 %. */
const HIGHEST_FEE_BPS = 1_000;
const RISK = /\b(?:low|medium|moderate|high)[ -]risk\b|\brisk[: ]+(?:low|medium|high)\b/;
/** Between what is bought and what pays for it. */
const PAID_WITH =
  /^\s*(?:\p{L}+\s+)?(?:w\/|using|paid (?:in|with)|paying (?:in|with)?|funded (?:by|with|from))\s*(?:my |some |the |of |all )*$/u;

/**
 * Facts of the last message that an intent must agree with: a rhythm ("daily" is not every week), a stated risk, and the
 * direction of a purchase ("2 eth w/ usdc" spends the USDC). English.
 *
 * @throws {DraftInvalidError} asking for what disagrees
 */
export function guardStated({ intent, spans, own, heard, turn, used }: Stated): void {
  const text = own.toLowerCase();
  for (const action of intent.actions) {
    if ("feeBps" in action && Number(action.feeBps ?? 0) > HIGHEST_FEE_BPS)
      throw new DraftInvalidError("action", `a fee of ${action.feeBps} basis points`);
    if (action.type === "allocate") guardWeights(own, spans, { used, turn });
    if ("every" in action && action.every !== undefined) guardRhythm(action.every, text);
    for (const one of "then" in action ? action.then : [action]) {
      if (one.type === "swap")
        guardDirection(one, { text, spans: spans.filter((span) => span.owner && span.turn === turn) });
    }
  }
  const risk = RISK.exec(text)?.[0];
  const taken = intent.constraints?.risk !== undefined || intent.actions.some((one) => "risk" in one);
  if (taken && !OF_RISK.test(heard)) throw new DraftInvalidError("condition", "risk", "How much may be risked?");
  if (risk !== undefined && !taken)
    throw new DraftInvalidError("condition", risk, `What "${risk}" limits is not clear.`);
}

/** A portfolio holds every token and every weight that was said of it. */
function guardWeights(own: string, spans: readonly Span[], { used, turn }: Pick<Stated, "used" | "turn">): void {
  // A change of an earlier portfolio names what goes as well as what comes.
  if (spans.some((span) => span.turn < turn && used.has(span.ref))) return;
  const left = spans.find(
    ({ owner, turn: at, kind, letter, ref }) =>
      owner && at === turn && !used.has(ref) && ((kind === "token" && letter !== "u") || kind === "fraction"),
  );
  if (left !== undefined && !/\b(?:no|not|without|out|instead|sell|drop|forget|touch)\b/.test(own.toLowerCase()))
    throw new DraftInvalidError("amount", left.text, `Which part of the portfolio is "${left.text}"?`);
}

function guardRhythm(every: string, text: string): void {
  const [said, ...more] = RHYTHMS.filter(([, pattern]) => pattern.test(text));
  const meant = /^(day|week|month)(?::|$)/.exec(every)?.[1];
  if (said !== undefined && more.length === 0 && meant !== undefined && meant !== said[0])
    throw new DraftInvalidError("every", said[0]);
}

type Words = { readonly text: string; readonly spans: readonly Span[] };

function guardDirection({ sell, amount }: Extract<Action, { type: "swap" }>, { text, spans }: Words): void {
  for (const [index, token] of spans.entries()) {
    const [before, payer] = [spans[index - 1], spans[index + 1]];
    if (token.kind !== "token" || payer?.kind !== "token" || before?.kind !== "number") continue;
    const paid =
      PAID_WITH.test(text.slice(token.end, payer.start)) && before.value === ("value" in amount ? amount.value : "");
    if (paid && sell === token.value && payer.value !== sell)
      throw new DraftInvalidError("sell", payer.text, `Should ${payer.value} pay for it?`);
  }
}
