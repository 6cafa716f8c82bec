import type { Intent } from "../domain/intent.ts";
import { DraftInvalidError } from "./resolveField.ts";
import type { Span } from "./spans.ts";

export type Venues = {
  readonly intent: Intent;
  readonly spans: readonly Span[];
  /** The owner's last message. */
  readonly lastTurn: { readonly turn: number; readonly text: string };
  /** All of the owner's turns, joined. */
  readonly said: string;
};

/** Words of the corpus's languages that rule something out. */
const RULES_OUT =
  /(?<!\p{L})(?:no|not|nothing|nowhere|never|nor|none|neither|forbid\w*|den(?:y|ied)|avoid\w*|without|except|exclud\w*|skip\w*|but|bypass\w*|anything|anywhere|elsewhere|other than|away|clear|ban\w*|block\w*|hate|distrust|trust|out|off|outside|less|minus|leave|drop|forget|ignore|nein|nicht|nichts|kein\w*|ohne|außer|sin|nada|ni|salvo|excepto|evita\w*|menos|sem|exceto|não|nem|nunca|sans|sauf|rien|pas|jamais|évite\w*|senza|tranne|niente|non|mai|hariç|olmasın|değil|dışında|kullanma|tanpa|kecuali|jangan|bukan|без|кроме|не|только не)(?!\p{L})|n't|nt\b|不|别|除|非|以外|なし|ない|避け/iu;

/** Right before a venue: it is the one not to use. English; elsewhere the preview shows the venue before anything is sent. */
const AVOID =
  /\b(?:avoid(?:ing)?|not|never|no|without|except(?: for)?|skip(?:ping)?|anything but|don'?t (?:use|touch|want)|(?:stay|keep|steer) (?:away|clear) (?:from|of)|bypass(?:ing)?)(?: (?:on|via|through|with|at|in|to|by|use|using|any|the))*\s*$/i;

/**
 * A venue that the words rule out and the draft allows ("swap …, avoid uniswap") would do the opposite of the wish; one
 * that the draft rules out and no word does was made up.
 *
 * @throws {DraftInvalidError} asking for the protocol
 */
export function guardVenues({ intent, spans, lastTurn, said }: Venues): void {
  const [denied] = intent.constraints?.protocols?.deny ?? [];
  if (denied !== undefined && !RULES_OUT.test(said))
    throw new DraftInvalidError("protocol", denied, `Should ${denied} be left out, or used?`);
  const allowed = intent.constraints?.protocols?.allow ?? [];
  const ruledOut = spans.find(
    (span) =>
      span.owner &&
      span.turn === lastTurn.turn &&
      span.kind === "protocol" &&
      allowed.includes(span.value) &&
      AVOID.test(lastTurn.text.slice(Math.max(0, span.start - 48), span.start)),
  );
  if (ruledOut !== undefined)
    throw new DraftInvalidError("protocol", ruledOut.text, `"${ruledOut.text}" reads as the one not to use.`);
}
