import type { Intent } from "../domain/intent.ts";
import { DraftInvalidError } from "./resolveField.ts";
import type { Span } from "./spans.ts";

export type Venues = {
  readonly intent: Intent;
  readonly spans: readonly Span[];
  /** The owner's last message. */
  readonly lastTurn: { readonly turn: number; readonly text: string };
};

/** Right before a venue: it is the one not to use. English; elsewhere the preview shows the venue before anything is sent. */
const AVOID =
  /\b(?:avoid(?:ing)?|not|never|no|without|except(?: for)?|skip(?:ping)?|anything but|don'?t (?:use|touch|want)|(?:stay|keep|steer) (?:away|clear) (?:from|of)|bypass(?:ing)?)(?: (?:on|via|through|with|at|in|to|by|use|using|any|the))*\s*$/i;

/**
 * A venue that the words rule out and the draft allows ("swap …, avoid uniswap") would do the opposite of the wish.
 *
 * @throws {DraftInvalidError} asking for the protocol
 */
export function guardVenues({ intent, spans, lastTurn }: Venues): void {
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
