import type { Grounding } from "../domain/grounding.ts";
import type { Intent } from "../domain/intent.ts";
import { countedAction, countedBy } from "./guardNeighbours.ts";
import { DraftInvalidError } from "./resolveField.ts";
import { FACTORS } from "./resolveScaled.ts";
import type { Span } from "./spans.ts";

export type Earlier = {
  readonly intent: Intent;
  readonly groundings: readonly Grounding[];
  readonly spans: readonly Span[];
  readonly draft: unknown;
  /** The owner's last message. */
  readonly lastTurn: { readonly turn: number; readonly text: string };
};

/** Words for what an action has brought: its figure stands in the assistant's words, not in the owner's. */
const BROUGHT = /\b(?:just got|just bought|from that|from it|came out|came back|i received|the proceeds)\b/i;

/**
 * Figures of earlier messages in a follow-up: "double it" is not the same figure again, and a number that counted one token
 * does not count another one that the last message did not name, nor what that trade brought.
 *
 * @throws {DraftInvalidError} asking for the amount
 */
export function guardEarlier({ intent, groundings, spans, draft, lastTurn }: Earlier): void {
  const amounts = groundings.filter(({ field }) => /^actions\[\d+\](?:\.then\[\d+\])?\.amount/.test(field));
  const earlier = amounts.filter(({ turn }) => turn < lastTurn.turn);
  if (earlier.length === 0) return;
  const own = spans.filter((span) => span.owner && span.turn === lastTurn.turn);
  const figures = own.some(({ kind }) => kind === "number" || kind === "fraction");
  const [factor] = Object.entries(FACTORS).filter(([, { cue }]) => cue.test(lastTurn.text));
  const text = JSON.stringify(draft);
  if (factor !== undefined && !figures && !Object.keys(FACTORS).some((form) => text.includes(`"${form}":`)))
    throw new DraftInvalidError("amount", factor[0], "How much is that then?");
  for (const grounding of earlier) {
    const action = countedAction(intent, grounding.field);
    const [counted, meant] = [countedIn(spans, grounding), action === undefined ? undefined : countedBy(action)];
    if (counted === undefined || meant === undefined || same(counted, meant)) continue;
    const named = spans.some(
      ({ owner, turn, kind, value }) => owner && turn > grounding.turn && kind === "token" && same(value, meant),
    );
    if (!named || BROUGHT.test(lastTurn.text))
      throw new DraftInvalidError("amount", grounding.text, `"${grounding.text}" was said of ${counted}.`);
  }
}

/** The token right behind a number, which it counted when it was said. */
function countedIn(spans: readonly Span[], { turn, start }: Grounding): string | undefined {
  const said = spans.filter((span) => span.owner && span.turn === turn);
  const at = said.findIndex((span) => span.start === start && span.kind === "number");
  const [number, next] = [said[at], said[at + 1]];
  return number !== undefined && next?.kind === "token" && next.start - number.end <= 1 ? next.value : undefined;
}

/** One for one, as owners count them. */
const ETHER = new Set(["ETH", "WETH", "stETH"]);

function same(one: string, two: string): boolean {
  return one === two || (ETHER.has(one) && ETHER.has(two));
}
