import type { Grounding } from "../domain/grounding.ts";
import type { Action, Intent } from "../domain/intent.ts";
import { DraftInvalidError } from "./resolveField.ts";
import type { Span } from "./spans.ts";

export type Kept = {
  readonly intent: Intent;
  readonly groundings: readonly Grounding[];
  readonly spans: readonly Span[];
  /** References that the draft points at. */
  readonly used: ReadonlySet<string>;
  /** The owner's last message. */
  readonly lastTurn: { readonly turn: number; readonly text: string };
};

/** One amount meant for several. */
const FOR_EACH = /\b(?:each|both|a ?piece|every one|the same|equal|equally)\b/;

/** A second step that ends at a venue: "…, and then drop it in spark". */
const THEN_THERE =
  /\b(?:then|after that|afterwards)\b[^.!?;\n]{0,40}\b(?:in|into|on|onto|to|at|with|through) (?:the )?$/;

/**
 * Part of the wish left out, or done twice: "10 link and 10 uni" drafted as LINK alone, a second recipient without its
 * payment, and "200 usdc to dai, no wait, to eth" drafted as two swaps of the same 200.
 *
 * @throws {DraftInvalidError} asking what to do
 */
export function guardDropped(kept: Kept): void {
  const { spans, used, lastTurn } = kept;
  const own = spans.filter((span) => span.owner && span.turn === lastTurn.turn && span.ref !== "");
  const open = own.filter((span) => !used.has(span.ref));
  for (const [index, span] of open.entries()) {
    const next = open[index + 1];
    const between = lastTurn.text.slice(span.end, next?.start ?? span.end);
    if (span.kind === "number" && next?.kind === "token" && /^\s*$/.test(between))
      throw dropped(`${span.text} ${next.text}`);
  }
  const pays = kept.intent.actions.some(({ type }) => type === "transfer");
  const recipient = open.find((span) => (span.kind === "address" || span.kind === "ens") && span.letter !== "o");
  if (pays && recipient !== undefined) throw dropped(recipient.text);
  // The last place named: an earlier one may have been taken back ("then lend on aave, no wait, on compound").
  const venue = own.findLast(({ kind }) => kind === "protocol");
  const there = venue !== undefined && THEN_THERE.test(lastTurn.text.slice(0, venue.start).toLowerCase());
  if (there && open.includes(venue)) throw dropped(venue.text);
  if (!FOR_EACH.test(lastTurn.text.toLowerCase())) guardTwice(kept);
}

/**
 * The same words as the amount of two actions. What was said once moves once: "the same" and "each" say otherwise, and
 * what one action puts out goes on as "previous". Two unlike actions of different assets may share a count ("2 of each").
 */
function guardTwice({ intent, groundings, lastTurn }: Kept): void {
  const seen = new Set<string>();
  for (const { field, turn, start, text } of groundings) {
    const index = /^actions\[(\d+)\]\.amount/.exec(field)?.[1];
    const action = index === undefined ? undefined : intent.actions[Number(index)];
    if (action === undefined || ("amount" in action && action.amount?.unit === "all")) continue;
    if (action.type === "add-liquidity" && turn !== lastTurn.turn) continue;
    const key = [spentBy(action), turn, start].join(" ");
    if (seen.has(key)) throw new DraftInvalidError("action", text, `"${text}" was said once; say which one is meant.`);
    seen.add(key);
  }
}

function spentBy(action: Action): string {
  if (action.type === "swap") return action.sell;
  // What comes into the wallet may be spent from it: "take 400 dai out of spark and send it to …".
  if (action.type === "withdraw" || action.type === "borrow" || action.type === "unstake") return `+${action.asset}`;
  return "asset" in action && typeof action.asset === "string" ? action.asset : "";
}

function dropped(text: string): DraftInvalidError {
  return new DraftInvalidError("action", text, `What is to happen with "${text}" was not understood.`);
}
