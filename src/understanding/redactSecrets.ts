import type { Message } from "../domain/intent.ts";
import { SECRET_MARK } from "../domain/secret.ts";
import { mask } from "./mask.ts";

/**
 * The conversation with private keys and seed phrases of the owner's turns replaced by a mark, so that they are neither
 * stored nor logged. The mark alone is enough to have the message refused.
 */
export function redactSecrets(messages: readonly Message[]): readonly Message[] {
  const secrets = mask(messages).spans.filter((span) => span.kind === "secret");
  if (secrets.length === 0) return messages;
  return messages.map((message, turn) => {
    const own = secrets.filter((span) => span.turn === turn).sort((a, b) => b.start - a.start);
    const content = own.reduce(
      (text, { start, end }) => text.slice(0, start) + SECRET_MARK + text.slice(end),
      message.content,
    );
    return { ...message, content };
  });
}
