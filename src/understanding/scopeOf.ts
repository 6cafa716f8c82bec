import type { Message } from "../domain/intent.ts";
import type { Scope } from "./resolveIntent.ts";
import type { Masked, Span } from "./spans.ts";

/** What a draft is resolved against: the spans by reference, and the owner's last message. */
export function scopeOf(messages: readonly Message[], masked: Masked): Scope & { readonly said: string } {
  const spans = new Map<string, Span[]>();
  for (const span of masked.spans) {
    if (span.ref === "") continue;
    const known = spans.get(span.ref);
    if (known === undefined) spans.set(span.ref, [span]);
    else known.push(span);
  }
  const turn = messages.findLastIndex((message) => message.role === "user");
  const said = messages.flatMap((message) => (message.role === "user" ? [message.content] : [])).join("\n");
  return { spans, lastTurn: { turn, text: messages[turn]?.content ?? "" }, said };
}
