import type { Intent, Message } from "../domain/intent.ts";
import { toJson } from "../domain/json.ts";

/** Words for the same once more; then the same wish is no mistake. */
const AGAIN =
  /\b(?:again|same|repeat|re-?do|once more|one more|another|ditto|as before|encore|otra vez|de nuevo|nochmal|noch einmal|de novo|ancora|tekrar|lagi)\b|опять|снова|ещё|再|もう一度/iu;

/** A wish as read, the conversation it was read from, and the messages that its words stand in. */
type Wish = { readonly intent: Intent; readonly messages: readonly Message[]; readonly turns: readonly number[] };

/**
 * The conversation before the owner's last message, where that message answers something and gave the wish none of its words:
 * read alone, it tells whether the answer changed anything. "max quit", said of three payments, is no order to make all three.
 */
export function beforeAnswer({ messages, turns }: Omit<Wish, "intent">): readonly Message[] | undefined {
  const last = messages.findLastIndex(({ role }) => role === "user");
  const earlier = messages.slice(0, Math.max(0, last)).findLastIndex(({ role }) => role === "user");
  const answers = earlier >= 0 && messages.slice(earlier, last).some(({ role }) => role === "assistant");
  if (!answers || turns.includes(last) || AGAIN.test(messages[last]?.content ?? "")) return undefined;
  return messages.slice(0, earlier + 1);
}

/** Whether two readings are the same wish. */
export function sameWish(one: Intent, two: Intent): boolean {
  return JSON.stringify(toJson(one)) === JSON.stringify(toJson(two));
}
