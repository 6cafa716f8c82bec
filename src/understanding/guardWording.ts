import type { Grounding } from "../domain/grounding.ts";
import type { Action, Intent } from "../domain/intent.ts";
import { DraftInvalidError } from "./resolveField.ts";
import type { Span } from "./spans.ts";

export type Worded = {
  readonly intent: Intent;
  readonly groundings: readonly Grounding[];
  readonly spans: readonly Span[];
  /** The owner's last message. */
  readonly lastTurn: { readonly turn: number; readonly text: string };
};

/** Right before a number: the number is what stays, or what is taken off. The intent language has no such amount. */
const HELD_BACK =
  /(?<![\p{L}])(?:(?:all|everything|anything)(?: of (?:my|the|our))?(?: \p{L}+)? (?:but|save)|except(?: for)?|excluding|apart from|leave|leaving|keep|keeping|hold back|holding back|minus|negative)(?: (?:about|around|at least|exactly|just|only|me|back|a|an|the last))*\s*[$€£]?$/u;
/** A sign glued to the number in the middle of a sentence; at the start of a line it is a list's dash. */
const SIGNED = /[\p{L}\d]\s[-−]$/u;
/** A later time, unless it is a limit ("by tomorrow"). */
const LATER =
  /(?<!\b(?:by|for|until|till|before|since|from) )\b(?:tomorrow|tonight|next (?:week|month|year|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|in (?:an?|one|two|three|a few|a couple of|\d+) (?:minutes?|hours?|days?|weeks?|months?))\b/u;
/** Openings that ask for advice or for what would be; "can you", "could you" and "would you" are requests. */
const ADVICE =
  /^(?:(?:hey|hi|hello|so|well|ok|okay|hmm+|um+|and|but)[, ]+)*(?:should (?:i|we)\b|would it (?:be|make) (?:smart|wise|good|better|worth|a good|a bad|stupid|dumb|crazy|risky|safe|sensible|sense|more sense)\b|is it (?:smart|wise|worth|good|better|a good|a bad|safe|risky|stupid|dumb|time|too (?:late|early|soon|risky))\b|is (?:now|today|this|this week) (?:a|the) (?:good|bad|right|wrong|best|worst) (?:time|moment|day)\b|(?:am i|are we|would i be|would we be|wouldn't i be) (?:better|worse) off\b|wouldn't it be\b|would (?:you|u) (?:recommend|advise|suggest|rather|say)\b|why (?:would|should|do|does)\b|what if (?:i|we)\b|any (?:reason|point)\b|what(?:'s| is) the (?:point|best time|risk|downside|catch)\b|do i (?:have|need) to\b|what (?:would happen|happens|will happen|would i|do you think)\b|does it make sense\b|do you think (?:i|we|it|that)\b|do you recommend\b|how (?:much|many) (?:would|will|do|does|can|could)\b)/u;

const STANDING: ReadonlySet<Action["type"]> = new Set(["when", "recur", "protect", "optimize", "allocate"]);

/**
 * Wordings that no intent can hold, which a model may read past: an amount to keep ("all but 1000"), a minus sign, a
 * later day on a wish that would be done at once, a question about doing it, and one name used as asset and as place.
 * English only; a wording that is missed here is still shown in the preview before anything is sent.
 *
 * @throws {DraftInvalidError} naming what a person has to say
 */
export function guardWording(worded: Worded): void {
  const text = worded.lastTurn.text.toLowerCase();
  guardOneMeaning(worded.groundings);
  const said = sentences(text);
  // A bare "450" answers a question and holds no sentence at all.
  if (said.length > 0 && said.every((sentence) => ADVICE.test(sentence)))
    throw new DraftInvalidError("action", "a question about it", "That reads as a question, so nothing was planned.");
  guardImagined(worded, text);
  if (worded.intent.actions.some(({ type }) => STANDING.has(type))) return;
  guardNumbers(worded, text);
  const later = worded.intent.constraints?.deadline === undefined ? LATER.exec(text)?.[0] : undefined;
  if (later !== undefined)
    throw new DraftInvalidError(
      "condition",
      later,
      `This would be done now, not ${later}: say "now", or at what price.`,
    );
}

/** A sentence about what would be, would have been, or once was. */
const IMAGINED =
  /\b(?:if i (?:were|was|had)|i wish|i(?:'d| would| should| could)(?: have|'ve)|i'd (?:send|give|buy|swap|pay)|used to|almost|nearly|was going to|wanted to)\b/;

/** An amount out of such a sentence, while another one stands in a sentence of its own. */
function guardImagined({ spans, groundings, lastTurn }: Worded, text: string): void {
  const own = spans.filter(({ owner, turn, kind }) => owner && turn === lastTurn.turn && kind === "number");
  const sentenceAt = (at: number) => {
    const from = Math.max(...[". ", "! ", "? ", "\n"].map((end) => text.lastIndexOf(end, at)));
    const to = text.slice(at).search(/[.!?](?:\s|$)|\n/);
    return text.slice(from + 1, to < 0 ? text.length : at + to);
  };
  const isUsed = (span: Span) => groundings.some(({ turn, start }) => turn === span.turn && start === span.start);
  const imagined = own.find((span) => isUsed(span) && IMAGINED.test(sentenceAt(span.start)));
  const real = own.some((span) => !isUsed(span) && !IMAGINED.test(sentenceAt(span.start)));
  if (imagined !== undefined && real)
    throw new DraftInvalidError("amount", imagined.text, `"${imagined.text}" reads as what would have been.`);
}

function guardNumbers({ spans, groundings, lastTurn }: Worded, text: string): void {
  const own = spans.filter(
    ({ owner, turn, kind }) => owner && turn === lastTurn.turn && (kind === "number" || kind === "fraction"),
  );
  const before = ({ start }: Span) => text.slice(Math.max(0, start - 60), start);
  // "I keep 30,000 in this wallet. Put those 30,000 …": the amount stands in its own right, too.
  const standsElsewhere = (span: Span) =>
    own.some(
      (one) =>
        one.value === span.value &&
        !HELD_BACK.test(before(one)) &&
        groundings.some(({ turn, start }) => turn === one.turn && start === one.start),
    );
  for (const span of own) {
    if (HELD_BACK.test(before(span)) && !standsElsewhere(span))
      throw new DraftInvalidError("amount", span.text, `"${span.text}" reads as what stays, not as what is moved.`);
    if (span.unit === undefined && /^\s*worth of\b/u.test(text.slice(span.end)))
      throw new DraftInvalidError("amount", span.text, `"${span.text} worth" of which currency was not said.`);
    if (SIGNED.test(before(span))) throw new DraftInvalidError("amount", span.text, "An amount has no minus sign.");
  }
}

/** "lend the rest on aave" names a place; the token of that name was not said. */
function guardOneMeaning(groundings: readonly Grounding[]): void {
  for (const { field, turn, start, end } of groundings) {
    if (!field.endsWith(".protocol")) continue;
    const asset = field.replace(/\.protocol$/, ".asset");
    if (groundings.some((one) => one.field === asset && one.turn === turn && one.start === start && one.end === end))
      throw new DraftInvalidError("asset", field);
  }
}

/** Sentences with words in them; a dot inside a number ends none. */
function sentences(text: string): readonly string[] {
  return text
    .split(/[.?!;]+(?=\s|$)|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /\p{L}/u.test(sentence));
}
