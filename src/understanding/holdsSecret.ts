import type { Message } from "../domain/intent.ts";
import { SECRET_MARK } from "../domain/secret.ts";
import type { Masked } from "./spans.ts";

/** True when the owner's turn holds a key or seed phrase, or the mark of one that was taken out. */
export function holdsSecret(masked: Masked, messages: readonly Message[], turn: number): boolean {
  const marked = messages[turn]?.content.includes(SECRET_MARK) === true;
  return marked || masked.spans.some((span) => span.kind === "secret" && span.owner && span.turn === turn);
}
