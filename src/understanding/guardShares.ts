import type { Action, Intent } from "../domain/intent.ts";
import { DraftInvalidError } from "./resolveField.ts";
import type { Span } from "./spans.ts";

export type Shared = {
  readonly intent: Intent;
  readonly spans: readonly Span[];
  /** References that the draft points at. */
  readonly used: ReadonlySet<string>;
  /** The owner's last message. */
  readonly lastTurn: { readonly turn: number; readonly text: string };
};

/** What a share of a later action is taken of, when it is not the wallet. */
const OF_BEFORE =
  /^\s*(?:%|percent)?\s*of\s+(?:it|that|this|them|those|these|what|the\s+(?:proceeds|result|output|outcome|return|loan))\b/;
/** Verbs whose percent is of the wallet balance (Reading 7). */
const OF_WALLET: ReadonlySet<Action["type"]> = new Set(["swap", "transfer", "supply", "earn", "stake"]);

/**
 * Shares that have two readings. A share of an asset that an earlier action of the same wish spends or brings ("swap 500
 * dai to usdc and send half"): of the output, of what is left, or of the balance before? And a share of the last message
 * that the draft leaves unused: something else was put in its place.
 *
 * @throws {DraftInvalidError} asking for the amount
 */
export function guardShares({ intent, spans, used, lastTurn }: Shared): void {
  const shares = spans.filter(
    (span) =>
      span.owner &&
      span.turn === lastTurn.turn &&
      (span.kind === "fraction" || (span.unit === "percent" && span.ref !== "")),
  );
  const whole = intent.actions.some((action) => "amount" in action && action.amount?.unit === "all");
  // "100 % of my DAI" is all of it.
  const unused = shares.find((span) => !used.has(span.ref) && !(whole && span.value === "100"));
  if (unused !== undefined) throw unclear(unused.text);
  const touched = new Set<string>();
  for (const [index, action] of intent.actions.entries()) {
    const percent = "amount" in action && action.amount?.unit === "percent" && OF_WALLET.has(action.type);
    if (index > 0 && percent) {
      const spent = spentBy(action);
      const before = shares.find((span) => OF_BEFORE.test(lastTurn.text.toLowerCase().slice(span.end)));
      if (before !== undefined || (spent !== undefined && touched.has(spent)))
        throw unclear(before?.text ?? "the share");
    }
    for (const asset of assetsOf(action)) touched.add(asset);
  }
}

function spentBy(action: Action): string | undefined {
  return assetsOf(action)[0];
}

/** What an action spends, and what a swap brings. */
function assetsOf(action: Action): readonly string[] {
  if (action.type === "swap") return [action.sell, action.buy];
  if (action.type === "earn") return [action.source];
  return "asset" in action && typeof action.asset === "string" ? [action.asset] : [];
}

function unclear(text: string): DraftInvalidError {
  return new DraftInvalidError("amount", text, `It is not clear what "${text}" is a share of; give the amount.`);
}
