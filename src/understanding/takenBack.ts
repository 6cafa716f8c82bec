import type { Intent } from "../domain/intent.ts";
import { DraftInvalidError } from "./resolveField.ts";
import type { Span, SpanKind } from "./spans.ts";

export type Corrected = {
  readonly intent: Intent;
  readonly spans: readonly Span[];
  /** References that the draft points at. */
  readonly used: ReadonlySet<string>;
  /** The owner's last message. */
  readonly lastTurn: { readonly turn: number; readonly text: string };
};

/** Kinds that take each other's place when people correct themselves. */
const ROLES: ReadonlyMap<SpanKind, string> = new Map([
  ["number", "amount"],
  ["fraction", "amount"],
  ["address", "recipient"],
  ["ens", "recipient"],
]);

/** Words of the corpus's languages by which people take back what they have just said; a halt or a dash alone is none. */
const CORRECTION =
  /(?<!\p{L})(?:no+|nope|wait|sorry|oops|whoops|i mean|i meant|meant|scratch|strike|disregard|forget|make (?:it|that)|rather|actually|correction|second thoughts?|instead|hold on|hang on|espera|perdón|digo|mejor|quise decir|não|desculpa|aliás|quer dizer|melhor|nein|warte|halt|ich meine|quatsch|vielmehr|non|attends|plutôt|pardon|je veux dire|aspetta|anzi|scusa|volevo dire|hayır|yok|daha doğrusu|bukan|maksudku|tunggu|нет|стой|точнее|вернее)(?!\p{L})|不对|不是|等等|やっぱり|違う/iu;
/** Words that add a second thing to the first: neither is taken back. */
const ADDED =
  /(?<!\p{L})(?:and|then|also|plus|und|dann|y|luego|et|puis|poi|ve|sonra|lalu|затем|и)(?!\p{L})|&|然后|そして/iu;
/** Nothing but a correction between two values: the second stands for the first. */
const PUT_IN_PLACE =
  /^[^\d.!?\n]{0,20}?[\s,.…—–-]+(?:(?:no|oh|ah|oops|hm+|er+m*|sorry)[\s,.…—–-]+)*(?:no wait|wait|sorry|oops|i mean|i meant|make (?:it|that)|rather|actually|correction|(?<=[,.…—–-]\s*)no(?!\.|r)|mejor|digo|perdón|(?<=[,.…—–-]\s*)não|melhor|quer dizer|(?<=[,.…—–-]\s*)nein|ich meine|doch lieber|lieber|(?<=[,.…—–-]\s*)non|plutôt|je veux dire|anzi|scusa|hayır|yok|pardon|нет|точнее|вернее)[\s,:…—–-]*(?:to |only |just |with |for )?[$€]?$/iu;
/** Right before what does not hold: "1 eth, not 1000 dollars". */
const NOT =
  /(?<!\p{L})(?:not|instead of|rather than|nicht|statt|no|en vez de|em vez de|pas|au lieu de|non|invece di|а не)\s*[$€£]?\s*$/iu;
const WHOLE =
  /(?<!\p{L})(?:all|everything|entire|whole|max|todo|tudo|alles|tout|tutto|hepsi|semua|всё|все)(?!\p{L})|全/iu;

/**
 * The spans without those that the owner took back in the same breath ("send 50, no wait, 60 usdc"; "to bob.eth, oops,
 * bobby.eth"; "1 eth, not 1000 dollars"): not left out by mistake. Only what the draft leaves unused, and only where
 * something of the same role that it does use follows the correcting word; an outdated figure in use stays guarded.
 */
export function withoutTakenBack({ intent, spans, used, lastTurn }: Corrected): readonly Span[] {
  const { turn, text } = lastTurn;
  const last = spans.filter((span) => span.owner && span.turn === turn && ROLES.has(span.kind));
  const whole = intent.actions.some((action) => "amount" in action && action.amount?.unit === "all");
  const isTakenBack = (span: Span): boolean => {
    const role = ROLES.get(span.kind);
    if (role === undefined || used.has(span.ref)) return false;
    const inPlace = last.filter((one) => used.has(one.ref) && ROLES.get(one.kind) === role);
    if (inPlace.length > 0 && NOT.test(text.slice(0, span.start))) return true;
    if (inPlace.some((one) => one.start > span.end && isCorrected(text.slice(span.end, one.start)))) return true;
    const rest = text.slice(span.end);
    const all = WHOLE.exec(rest);
    return role === "amount" && whole && all !== null && isCorrected(rest.slice(0, all.index));
  };
  return spans.filter((span) => !(last.includes(span) && isTakenBack(span)));
}

function isCorrected(between: string): boolean {
  return CORRECTION.test(between) && !ADDED.test(between);
}

/**
 * The other way round: a draft that uses what was taken back and not what was put in its place ("50, no wait, 60").
 *
 * @throws {DraftInvalidError} asking which one is meant
 */
export function guardTakenBack({ spans, used, lastTurn }: Corrected): void {
  const last = spans.filter((span) => span.owner && span.turn === lastTurn.turn && ROLES.has(span.kind));
  for (const [index, span] of last.entries()) {
    const next = last[index + 1];
    if (next === undefined || !used.has(span.ref) || used.has(next.ref)) continue;
    const role = ROLES.get(span.kind);
    if (role !== ROLES.get(next.kind) || next.value === span.value) continue;
    if (PUT_IN_PLACE.test(lastTurn.text.slice(span.end, next.start)))
      throw new DraftInvalidError(role === "amount" ? "amount" : "to", next.text, `"${span.text}" or "${next.text}"?`);
  }
}
