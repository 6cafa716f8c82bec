import type { NumberWords } from "./lexicon/numbers.ts";
import type { Piece } from "./lexText.ts";
import { readMixed, readScale } from "./numberParts.ts";
import { skipSpace } from "./pieces.ts";
import { fromDecimal, plus, type Rational, rational, times } from "./rational.ts";

/** Most words of one number. */
const LONGEST = 16;

type Sum = { readonly total: Rational; readonly group: Rational; readonly last: number };
type Summed = { readonly value: Rational; readonly next: number };

const EMPTY: Sum = { total: rational(0), group: rational(0), last: Number.POSITIVE_INFINITY };

/** Adds and multiplies words: "two thousand five hundred", "dos mil quinientos", "one point two five", "point two five". */
export function sumWords(pieces: readonly Piece[], at: number, words: NumberWords): Summed | undefined {
  const bare = readPoint(pieces, at, words);
  if (bare !== undefined) return finish(bare.value, bare.next, pieces, words);
  let sum = EMPTY;
  let next = at;
  let index = skipArticle(pieces, at, words);
  if (index === undefined) return undefined;
  for (let seen = 0; seen < LONGEST; seen++) {
    const taken = take(sum, pieces[index], words, index === at);
    if (taken === undefined) break;
    sum = taken;
    next = index + 1;
    index = skipSpace(pieces, next, true);
    const tail = readPoint(pieces, index, words) ?? readMixed(pieces, index, words);
    if (tail !== undefined) return finish(plus(plus(sum.total, sum.group), tail.value), tail.next, pieces, words);
    index = skipJoint(pieces, index, words, sum.last);
  }
  return next === at ? undefined : { value: plus(sum.total, sum.group), next };
}

/** "a hundred": the article counts only where a scale follows; undefined where it does not. */
function skipArticle(pieces: readonly Piece[], at: number, words: NumberWords): number | undefined {
  const text = pieces[at]?.text ?? "";
  if (!words.articles.has(text) || words.units.has(text)) return at;
  const beyond = skipSpace(pieces, at + 1, true);
  return words.scales.has(pieces[beyond]?.text ?? "") ? beyond : undefined;
}

/** The sum with one more word, or undefined when the word does not belong to it. */
function take(sum: Sum, piece: Piece | undefined, words: NumberWords, first: boolean): Sum | undefined {
  if (piece?.kind !== "word") return undefined;
  const { total, last } = sum;
  const scale = words.scales.get(piece.text);
  if (scale !== undefined && piece.text !== "k") {
    const group = times(sum.group.over === 0n ? rational(1) : sum.group, rational(scale));
    return scale >= 1000
      ? { total: plus(total, group), group: rational(0), last: scale }
      : { total, group, last: scale };
  }
  const unit = words.units.get(piece.text);
  const belongs = unit !== undefined && (words.articles.has(piece.text) ? first : fits(unit, last));
  if (!belongs) return undefined;
  const round = unit >= 20 && unit < 100 && unit % 10 === 0 ? 10 : unit >= 100 ? 100 : 1;
  return { total, group: plus(sum.group, fromDecimal(String(unit))), last: round };
}

/** Steps over "and" where a smaller word of the same number follows. */
function skipJoint(pieces: readonly Piece[], at: number, words: NumberWords, last: number): number {
  if (!words.joints.has(pieces[at]?.text ?? "") || last < 10 || last === Number.POSITIVE_INFINITY) return at;
  const beyond = skipSpace(pieces, at + 1);
  const word = pieces[beyond]?.text ?? "";
  const value = words.units.get(word);
  return value !== undefined && fits(value, last) && !words.articles.has(word) ? beyond : at;
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
