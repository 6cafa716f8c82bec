import { type NumberWords, unitOf } from "./lexicon/numbers.ts";
import type { Piece } from "./lexText.ts";
import { readMixed, readScale } from "./numberParts.ts";
import { skipSpace } from "./pieces.ts";
import { fromDecimal, plus, type Rational, rational, times } from "./rational.ts";

/** Most words of one number. */
const LONGEST = 16;

/** Closed thousands, closed hundreds and tens below them, the digits that a scale may still multiply, the last size. */
type Sum = { readonly total: Rational; readonly group: Rational; readonly open: Rational; readonly last: number };
/** English scales that stand last. */
const CLOSING: ReadonlyMap<string, number> = new Map([
  ["k", 1000],
  ["mil", 1_000_000],
]);

type Summed = { readonly value: Rational; readonly next: number };

const EMPTY: Sum = { total: rational(0), group: rational(0), open: rational(0), last: Number.POSITIVE_INFINITY };

/** Adds and multiplies words: "two thousand five hundred", "dos mil quinientos", "one point two five", "point two five". */
export function sumWords(pieces: readonly Piece[], at: number, words: NumberWords): Summed | undefined {
  const bare = readPoint(pieces, at, words);
  if (bare !== undefined) return finish(bare.value, bare.next, pieces, words);
  let sum = EMPTY;
  let next = at;
  let index = skipArticle(pieces, at, words);
  if (index === undefined) return undefined;
  let opens = index === at;
  for (let seen = 0; seen < LONGEST; seen++) {
    const taken = take(sum, pieces[index], words, opens);
    if (taken === undefined) break;
    sum = taken;
    next = index + 1;
    index = skipSpace(pieces, next, true);
    const tail = readPoint(pieces, index, words) ?? readShareOfLast(pieces, index, words, sum.last);
    if (tail !== undefined) return finish(plus(totalOf(sum), tail.value), tail.next, pieces, words);
    const beyond = skipJoint(pieces, index, words, sum.last);
    opens = beyond > index;
    index = beyond;
  }
  if (next === at) return undefined;
  const closed = sum.last < 1000 ? readClosing(pieces, next, words) : undefined;
  const scale = closed?.scale ?? 1;
  return { value: times(totalOf(sum), rational(scale)), next: closed?.next ?? next };
}

function totalOf({ total, group, open }: Sum): Rational {
  return plus(plus(total, group), open);
}

/** "two and a half"; behind a scale the half is of it ("due milioni e mezzo"). */
function readShareOfLast(pieces: readonly Piece[], at: number, words: NumberWords, last: number) {
  const mixed = readMixed(pieces, at, words);
  if (mixed === undefined || last < 1000) return mixed;
  // "a grand and a half of usdt" is 1500; "two thousand and half of my dai" is a number and a share.
  const after = skipSpace(pieces, mixed.next);
  const of = pieces[after]?.text === "of";
  const bare = skipSpace(pieces, at + 1) === mixed.next - 1;
  if ((of && bare) || /^(my|the)$/.test(pieces[of ? skipSpace(pieces, after + 1) : after]?.text ?? ""))
    return undefined;
  return { value: times(mixed.value, rational(last)), next: mixed.next };
}

/** "fifteen k", "one mil": in other languages these are words of their own ("que", "thousand"). */
function readClosing(pieces: readonly Piece[], at: number, words: NumberWords) {
  const index = skipSpace(pieces, at, true);
  const scale = words.units.has("one") ? CLOSING.get(pieces[index]?.text ?? "") : undefined;
  return scale === undefined ? undefined : { scale, next: index + 1 };
}

/** "a hundred": the article counts only where a scale follows; undefined where it does not. */
function skipArticle(pieces: readonly Piece[], at: number, words: NumberWords): number | undefined {
  const text = pieces[at]?.text ?? "";
  if (!words.articles.has(text) || words.units.has(text)) return at;
  const beyond = skipSpace(pieces, at + 1, true);
  return words.scales.has(pieces[beyond]?.text ?? "") ? beyond : undefined;
}

/** The sum with one more word, or undefined when the word does not belong to it; "un" belongs only where it `opens`. */
function take(sum: Sum, piece: Piece | undefined, words: NumberWords, opens: boolean): Sum | undefined {
  if (piece?.kind !== "word") return undefined;
  const scale = words.scales.get(piece.text);
  if (scale !== undefined && piece.text !== "k") return multiply(sum, scale);
  if (words.teens?.has(piece.text) === true)
    return sum.last === 1 ? { ...sum, open: plus(sum.open, rational(10)) } : undefined;
  if (words.vigesimal === true && /^vingts?$/.test(piece.text) && isExactly(sum.open, 4))
    return { ...sum, open: rational(80), last: 10 };
  const unit = unitOf(words, piece.text);
  const teen = words.vigesimal === true && unit !== undefined && unit >= 10 && unit < 20 && isOverSixty(sum);
  const belongs = unit !== undefined && (words.articles.has(piece.text) ? opens : teen || fits(unit, sum.last));
  return belongs ? add(sum, unit, words) : undefined;
}

/** Hundreds and thousands in one word ("seratus", "quinientos") are closed: a scale below them is not theirs. */
function add(sum: Sum, unit: number, words: NumberWords): Sum {
  const value = fromDecimal(String(unit));
  const last = unit === 10 && words.plainTeens === true ? 10 : sizeOf(unit);
  if (unit >= 1000) return { ...sum, total: plus(sum.total, value), last };
  return unit >= 100 ? { ...sum, group: plus(sum.group, value), last } : { ...sum, open: plus(sum.open, value), last };
}

/** A scale closes what it multiplies: all of the group from a thousand on, else the open digits ("dua ratus lima puluh"). */
function multiply({ total, group, open }: Sum, scale: number): Sum {
  const whole = scale >= 1000 || open.over === 0n;
  const counted = whole ? plus(group, open) : open;
  const product = times(counted.over === 0n ? rational(1) : counted, rational(scale));
  if (scale >= 1000) return { total: plus(total, product), group: rational(0), open: rational(0), last: scale };
  return { total, group: whole ? product : plus(group, product), open: rational(0), last: scale };
}

function isExactly(value: Rational, wanted: number): boolean {
  return value.over === BigInt(wanted) * value.under;
}

function isOverSixty({ open, last }: Sum): boolean {
  return last === 10 && (isExactly(open, 60) || isExactly(open, 80));
}

/** The size below which a further word may add. */
function sizeOf(unit: number): number {
  if (unit >= 1000 && unit % 1000 === 0) return 1000;
  if (unit >= 100 && unit % 100 === 0) return 100;
  return unit >= 20 && unit < 100 && unit % 10 === 0 ? 10 : 1;
}

/** Steps over "and" where a smaller word of the same number follows ("treinta y cinco", "vingt et un"). */
function skipJoint(pieces: readonly Piece[], at: number, words: NumberWords, last: number): number {
  if (!words.joints.has(pieces[at]?.text ?? "") || last < 10 || last === Number.POSITIVE_INFINITY) return at;
  const beyond = skipSpace(pieces, at + 1);
  const word = pieces[beyond]?.text ?? "";
  const value = unitOf(words, word);
  const belongs = value !== undefined && (fits(value, last) || (words.vigesimal === true && value === 11));
  return belongs ? beyond : at;
}

/** A scale after "two and a half" or "one point two" multiplies all of it. */
function finish(value: Rational, next: number, pieces: readonly Piece[], words: NumberWords) {
  const scale = readScale(pieces, next, words);
  return scale === undefined ? { value, next } : { value: times(value, rational(scale.scale)), next: scale.next };
}

/** "point two five": digits one by one; "point 05" as it is written. */
export function readPoint(
  pieces: readonly Piece[],
  at: number,
  words: NumberWords,
): { value: Rational; next: number } | undefined {
  if (!words.points.has(pieces[at]?.text ?? "")) return undefined;
  let digits = "";
  let next = at + 1;
  for (let index = skipSpace(pieces, at + 1); ; index = skipSpace(pieces, next)) {
    const piece = pieces[index];
    const written = piece?.kind === "digits" ? piece.text : String(words.units.get(piece?.text ?? "") ?? "");
    if (!/^\d+$/.test(written) || (written.length > 1 && digits !== "")) break;
    digits += written;
    next = index + 1;
    if (written.length > 1) break;
  }
  return digits === "" ? undefined : { value: fromDecimal(`0.${digits}`), next };
}

/** A smaller word may follow a larger one ("twenty five"), never the other way round ("eighty twenty"). */
function fits(unit: number, last: number): boolean {
  if (last === Number.POSITIVE_INFINITY) return true;
  if (last === 10) return unit >= 1 && unit < 10;
  if (last === 100) return unit < 100;
  if (last === 1) return false;
  return unit < last;
}
