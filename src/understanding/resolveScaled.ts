import { fromDecimal, fromShare, plus, type Rational, rational, times, toDecimal } from "./rational.ts";
import { array, DraftInvalidError, ground, pick, type Resolving } from "./resolveField.ts";
import type { Span } from "./spans.ts";

type Factor = { readonly factor: Rational; readonly cue: RegExp };

/** Words of the last message that change an earlier number by a factor; without them the draft may not. */
export const FACTORS: Readonly<Record<string, Factor>> = {
  double: {
    factor: rational(2n),
    cue: /\b(?:doubl\w*|twice|two times|2x|x2|times two|doble|dobro|duplica\w*|doppel\w*|doppio|raddoppia\w*|iki kat\w*|dua kali\w*|lipat)\b|вдвое|удво|2倍|两倍|倍に|翻倍|加倍/iu,
  },
  triple: {
    factor: rational(3n),
    cue: /\b(?:tripl\w*|three times|thrice|3x|x3|times three|dreifach\w*|tiga kali\w*)\b|üç kat|втрое|утро|3倍|三倍/iu,
  },
  tenfold: {
    factor: rational(10n),
    cue: /\b(?:(?:ten|10) ?(?:times|x|fold)|zero too few|forgot a (?:zero|nought|0)|missing (?:a )?zero|one more zero|another zero|add a (?:zero|0))\b/iu,
  },
  tenth: {
    factor: rational(1n, 10n),
    cue: /\b(?:zero too many|(?:one|a) (?:zero|nought|0) (?:too many|less|off)|one less zero|drop (?:a|the last|one) (?:zero|nought|0)|extra zero)\b/iu,
  },
};

/** How two earlier or new numbers make an amount: a share of one, a sum, a difference. */
export const PAIRS = ["share", "add", "less"] as const;
/** Words that a sum or a difference needs; a share is such a word itself. */
const CUES: Readonly<Partial<Record<(typeof PAIRS)[number], RegExp>>> = {
  add: /\b(?:add|more|another|extra|on top|plus|additional|más|mais|mehr|dazu|plus|daha|lagi|tambah)\b|in più|ещё|добав|再加|多加|追加/iu,
  less: /\b(?:less|fewer|minus|lower|reduce|cut|take|knock|off|menos|weniger|moins|meno|daha az|kurang\w*)\b|меньше|убав|减|少/iu,
};

/**
 * An amount that the owner changes instead of naming it: "double it", "half of that", "200 less", after an earlier
 * number of their own. The arithmetic is exact and the unit is the earlier number's. @throws {DraftInvalidError}
 */
export function resolveScaled(
  form: string,
  refs: unknown,
  at: Resolving,
): { readonly unit: "token" | "usd"; readonly value: string } | undefined {
  const factor = FACTORS[form];
  if (factor !== undefined) {
    const base = own(refs, at, ["number"]);
    if (!factor.cue.test(at.lastTurn.text) || base.turn >= at.lastTurn.turn) throw changed(at, form);
    return amount(base, times(exact(base), factor.factor), at);
  }
  const pair = PAIRS.find((known) => known === form);
  if (pair === undefined) return undefined;
  const [first, second] = array(refs, at, 2, 2);
  if (CUES[pair]?.test(at.lastTurn.text) === false) throw changed(at, form);
  const change = own(pair === "share" ? first : second, at, pair === "share" ? ["fraction", "number"] : ["number"]);
  const base = own(pair === "share" ? second : first, at, ["number"]);
  if (base.turn >= change.turn || change.turn !== at.lastTurn.turn) throw changed(at, form);
  ground(change, at);
  return amount(base, combined(pair, base, change, at), at);
}

function combined(pair: (typeof PAIRS)[number], base: Span, change: Span, at: Resolving): Rational {
  if (pair === "share") {
    if (change.kind === "number" && change.unit !== "percent") throw changed(at, pair);
    return times(exact(base), change.kind === "number" ? times(exact(change), rational(1n, 100n)) : exact(change));
  }
  // A sum of dollars or a percentage changes no count of tokens by that much.
  if (change.unit !== undefined && change.unit !== base.unit) throw changed(at, pair);
  const sign = rational(pair === "add" ? 1n : -1n);
  const sum = plus(exact(base), times(exact(change), sign));
  if (sum.over <= 0n) throw changed(at, pair);
  return sum;
}

/** A number of the owner's own; an assistant's figure is never the base of an amount. */
function own(ref: unknown, at: Resolving, kinds: readonly Span["kind"][]): Span {
  const span = pick(ref, at, kinds);
  if (!span.owner || span.letter === "v" || (span.unit !== undefined && span.unit !== "usd" && span.unit !== "percent"))
    throw changed(at, span.text);
  return span;
}

function amount(
  base: Span,
  value: Rational,
  at: Resolving,
): { readonly unit: "token" | "usd"; readonly value: string } {
  if (base.unit === "percent") throw changed(at, base.text);
  const decimal = toDecimal(value);
  ground(base, at, decimal);
  return { unit: base.unit === "usd" ? "usd" : "token", value: decimal };
}

function exact(span: Span): Rational {
  return span.kind === "number" ? fromDecimal(span.value) : fromShare(span.value);
}

function changed(at: Resolving, what: string): DraftInvalidError {
  return new DraftInvalidError("amount", `${at.path}: ${what} changes no number of the owner's`);
}
