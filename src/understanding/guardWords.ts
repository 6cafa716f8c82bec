import type { Action, Intent, SimpleAction } from "../domain/intent.ts";
import { isWrap } from "./isWrap.ts";
import { DraftInvalidError } from "./resolveField.ts";
import type { Span } from "./spans.ts";

export type Said = {
  readonly intent: Intent;
  readonly spans: readonly Span[];
  /** The owner's last message. */
  readonly lastTurn: { readonly turn: number; readonly text: string };
  /** All of the owner's turns, joined. */
  readonly said: string;
};

/** Words of the eleven languages for wrapping, slips of the keyboard included; or the wrapped coin's own name. */
const WRAPPING =
  /wr[ap]{1,2}|warp|unrw|uwn|w-?(?:st)?eth|envol|envuel|embrulh|desenvol|incart|avvol|involuc|verpack|einpack|umhüll|emball|envelopp|sarmal|sarılı|bungkus|оберн|обёрн|заверн|развер|врап|包|解|ラップ/iu;
/** What takes collateral off, or keeps it off. */
const OFF =
  /\b(?:don'?t|do not|no longer|not|never|stop|off|disable\w*|remove|unmark|without|any longer|anymore|instead of being)\b/iu;
const EVERY_OTHER =
  /\b(?:every (?:other|second)|each other|alternate|biweekly|fortnight\w*|alle zwei|tous les deux|cada dos)\b/iu;

/**
 * Values that a draft may only hold where the words bear them: a coin wrapped that nobody spoke of, collateral put on
 * where it was to be taken off, a rhythm twice as fast as "every other".
 *
 * @throws {DraftInvalidError} asking for what is unclear
 */
export function guardWords(words: Said): void {
  for (const action of words.intent.actions) {
    guardAction(action, words);
    if (action.type === "recur" || action.type === "when") for (const inner of action.then) guardAction(inner, words);
  }
}

function guardAction(action: Action | SimpleAction, { spans, lastTurn, said }: Said): void {
  if (action.type === "swap" && isWrap(action) && !named(action, spans) && !WRAPPING.test(said))
    throw new DraftInvalidError("action", `${action.sell} for ${action.buy}`);
  if (action.type === "set-collateral" && action.enabled && OFF.test(lastTurn.text))
    throw new DraftInvalidError("action", action.asset, `Should ${action.asset} be collateral, or not any more?`);
  if ("every" in action && (action.every === "day" || action.every === "week") && EVERY_OTHER.test(lastTurn.text))
    throw new DraftInvalidError("every", lastTurn.text.slice(0, 40));
}

/** Both coins of a wrapping said by name. */
function named({ sell, buy }: Extract<SimpleAction, { type: "swap" }>, spans: readonly Span[]): boolean {
  return [sell, buy].every((symbol) => spans.some((span) => span.kind === "token" && span.value === symbol));
}
