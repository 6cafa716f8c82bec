import type { Grounding } from "../domain/grounding.ts";
import type { Action, Intent } from "../domain/intent.ts";
import { DraftInvalidError } from "./resolveField.ts";
import type { Span } from "./spans.ts";

export type Neighbours = {
  readonly intent: Intent;
  readonly groundings: readonly Grounding[];
  readonly spans: readonly Span[];
  /** The owner's last message. */
  readonly lastTurn: { readonly turn: number; readonly text: string };
};

/** Between two numbers: one or the other, or something in between. */
const RANGE = /^\s*(?:to|or|-|–|bis|oder)\s*$/i;
const ETHER = new Set(["ETH", "WETH"]);

/**
 * What stands beside an amount bears it out: a number written before a token ("10 uni") counts that token and no other,
 * and a number in a range ("100 or 200", "two to three hundred") is not yet an amount.
 *
 * @throws {DraftInvalidError} asking for the amount
 */
export function guardNeighbours({ intent, groundings, spans, lastTurn }: Neighbours): void {
  const own = spans.filter((span) => span.owner && span.turn === lastTurn.turn);
  const between = (left: Span | undefined, right: Span | undefined) =>
    left === undefined || right === undefined ? undefined : lastTurn.text.slice(left.end, right.start);
  for (const { field, turn, start } of groundings) {
    const action = countedAction(intent, field);
    const at = turn === lastTurn.turn ? own.findIndex((span) => span.start === start) : -1;
    const [before, span, after] = [own[at - 1], own[at], own[at + 1]];
    if (action === undefined || span?.kind !== "number") continue;
    if (isRange(before, between(before, span)) || isRange(after, between(span, after)))
      throw new DraftInvalidError("amount", span.text, "One amount is needed, not a choice of two.");
    const counted =
      after?.kind === "token" && /^\s*(?:of\s+)?$/.test(between(span, after) ?? "-") ? after.value : undefined;
    if (counted !== undefined && !sameAsset(counted, countedBy(action)))
      throw new DraftInvalidError("amount", `${span.text} ${counted}`, `"${span.text}" was said of ${counted}.`);
  }
}

function isRange(other: Span | undefined, text: string | undefined): boolean {
  return text !== undefined && other?.kind === "number" && RANGE.test(text);
}

/** The action whose amount in token units is grounded by this field. */
export function countedAction(intent: Intent, field: string): Action | undefined {
  const index = /^actions\[(\d+)\]\.amount/.exec(field)?.[1];
  const action = index === undefined ? undefined : intent.actions[Number(index)];
  return action !== undefined && "amount" in action && action.amount?.unit === "token" ? action : undefined;
}

/** The asset that an action's amount counts; undefined where it may count another thing. */
export function countedBy(action: Action): string | undefined {
  if (action.type === "swap") return action.side === "buy" ? action.buy : action.sell;
  if (action.type === "earn") return action.source;
  return "asset" in action && typeof action.asset === "string" ? action.asset : undefined;
}

function sameAsset(said: string, counted: string | undefined): boolean {
  return counted === undefined || said === counted || (ETHER.has(said) && ETHER.has(counted));
}
