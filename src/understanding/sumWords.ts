import type { NumberWords } from "./lexicon/numbers.ts";
import type { Piece } from "./lexText.ts";
import { readMixed, readScale } from "./numberParts.ts";
import { skipSpace } from "./pieces.ts";
import { fromDecimal, plus, type Rational, rational, times } from "./rational.ts";

/** Adds and multiplies words: "two thousand five hundred", "dos mil quinientos", "one point two five". */
export function sumWords(
  pieces: readonly Piece[],
  at: number,
  words: NumberWords,
): { value: Rational; next: number } | undefined {
  let total = rational(0);
  let group = rational(0);
  let last = Number.POSITIVE_INFINITY;
  let next = at;
  let seen = 0;
  for (let index = at; index < pieces.length && seen < 16; ) {
    const piece = pieces[index];
    if (piece === undefined) break;
    const scale = words.scales.get(piece.text);
    const unit = words.units.get(piece.text);
    if (scale !== undefined && piece.kind === "word" && piece.text !== "k") {
      if (group.over === 0n) group = rational(1);
      if (scale >= 1000) {
        total = plus(total, times(group, rational(scale)));
        group = rational(0);
        last = scale;
      } else {
        group = times(group, rational(scale));
        last = scale;
      }
    } else if (unit !== undefined && (words.articles.has(piece.text) ? seen === 0 : fits(unit, last))) {
      group = plus(group, fromDecimal(String(unit)));
      last = unit >= 20 && unit < 100 && unit % 10 === 0 ? 10 : unit >= 100 ? 100 : 1;
    } else if (seen === 0 && words.articles.has(piece.text)) {
      const peek = pieces[skipSpace(pieces, index + 1, true)]?.text ?? "";
      if (!words.scales.has(peek)) return undefined;
      last = Number.POSITIVE_INFINITY;
      index = skipSpace(pieces, index + 1, true);
      continue;
    } else break;
    seen++;
    next = index + 1;
    index = skipSpace(pieces, next, true);
    if (words.points.has(pieces[index]?.text ?? "")) {
      const tail = readPoint(pieces, index, words);
      if (tail !== undefined) return finish(plus(plus(total, group), tail.value), tail.next, pieces, words);
    }
    const mixed = readMixed(pieces, index, words);
    if (mixed !== undefined) {
      return finish(plus(plus(total, group), mixed.value), mixed.next, pieces, words);
    }
    if (words.joints.has(pieces[index]?.text ?? "")) {
      const beyond = skipSpace(pieces, index + 1);
      const word = pieces[beyond]?.text ?? "";
      const value = words.units.get(word);
      if (
        value !== undefined &&
        fits(value, last) &&
        last !== Number.POSITIVE_INFINITY &&
        !words.articles.has(word) &&
        last >= 10
      )
        index = beyond;
    }
  }
  return seen === 0 ? undefined : { value: plus(total, group), next };
}

/** A scale after "two and a half" or "one point two" multiplies all of it. */
function finish(value: Rational, next: number, pieces: readonly Piece[], words: NumberWords) {
  const scale = readScale(pieces, next, words);
  return scale === undefined ? { value, next } : { value: times(value, rational(scale.scale)), next: scale.next };
}

/** "point two five": digits one by one. */
function readPoint(
  pieces: readonly Piece[],
  at: number,
  words: NumberWords,
): { value: Rational; next: number } | undefined {
  let digits = "";
  let next = at + 1;
  for (let index = skipSpace(pieces, at + 1); ; index = skipSpace(pieces, next)) {
    const piece = pieces[index];
    const value = piece?.kind === "digits" ? Number(piece.text) : words.units.get(piece?.text ?? "");
    if (value === undefined || !Number.isInteger(value) || (value > 9 && digits !== "")) break;
    digits += String(value);
    next = index + 1;
    if (value > 9) break;
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
