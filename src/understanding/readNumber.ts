import type { Language } from "./detectLanguage.ts";
import { type NumberWords, numberWords } from "./lexicon/numbers.ts";
import { SYMBOLS, TOKEN_NAMES } from "./lexicon/tokens.ts";
import type { Piece } from "./lexText.ts";
import { parseDecimal } from "./parseDecimal.ts";
import { fromDecimal, plus, type Rational, rational, times, toDecimal } from "./rational.ts";
import type { Found } from "./spans.ts";

const GLYPHS: Readonly<Record<string, readonly [number, number]>> = {
  "½": [1, 2],
  "⅓": [1, 3],
  "⅔": [2, 3],
  "¼": [1, 4],
  "¾": [3, 4],
  "⅕": [1, 5],
  "⅖": [2, 5],
  "⅗": [3, 5],
  "⅘": [4, 5],
  "⅛": [1, 8],
};
/** Scales that may stick to digits or follow them, in every language. */
const SUFFIX: Readonly<Record<string, bigint>> = {
  k: 1_000n,
  m: 1_000_000n,
  mm: 1_000_000n,
  mn: 1_000_000n,
  bn: 1_000_000_000n,
  b: 1_000_000_000n,
};
const SPACED: Readonly<Record<string, bigint>> = {
  k: 1_000n,
  к: 1_000n,
  thousand: 1_000n,
  grand: 1_000n,
  thou: 1_000n,
  hundred: 100n,
  million: 1_000_000n,
  millions: 1_000_000n,
  mil: 1_000_000n,
  mill: 1_000_000n,
  billion: 1_000_000_000n,
  百: 100n,
  千: 1_000n,
  万: 10_000n,
  萬: 10_000n,
  亿: 100_000_000n,
  만: 10_000n,
  천: 1_000n,
  mio: 1_000_000n,
  mln: 1_000_000n,
  dozen: 12n,
};
const VAGUE_BEFORE = new Set([
  "couple",
  "few",
  "several",
  "some",
  "many",
  "couple of",
  "paar",
  "quelques",
  "unos",
  "alguns",
]);
const ORDINAL = new Set(["st", "nd", "rd", "th"]);
const ONE_IDIOM = new Set([
  "this",
  "that",
  "the",
  "which",
  "each",
  "every",
  "other",
  "no",
  "any",
  "some",
  "another",
  "last",
  "first",
  "second",
  "third",
  "next",
  "only",
  "right",
  "good",
  "wrong",
  "better",
  "same",
  "new",
  "old",
  "big",
  "small",
  "former",
  "latter",
  "cheaper",
  "safer",
  "either",
  "my",
  "dai",
  "usdc",
  "aave",
  "spark",
]);
const UNIT_AFTER_HALF = new Set(["past", "life", "hour", "year", "time", "way"]);
const PERIOD_BEFORE = new Set(["every", "each", "this", "last", "next", "per", "the"]);

/** A number or fraction read at one place: what it is, and the index of the piece after it. */
export type ReadNumber = { readonly found: Found; readonly next: number };

/** Reads the number that starts at piece `at`, or nothing. */
export function readNumber(pieces: readonly Piece[], at: number, language: Language): ReadNumber | undefined {
  const piece = pieces[at];
  if (piece === undefined) return undefined;
  if (piece.kind === "digits") {
    const read = readDigits(pieces, at, language);
    return read === undefined ? undefined : finishUnits(pieces, read);
  }
  if (piece.kind === "glyph") {
    const share = GLYPHS[piece.text];
    return share === undefined ? undefined : fraction(piece.start, piece.end, share, at + 1);
  }
  if (piece.kind !== "word") return undefined;
  const own = readWords(pieces, at, numberWords(language), language);
  const read = own ?? (language === "en" ? undefined : readWords(pieces, at, numberWords("en"), "en"));
  return read === undefined ? undefined : finishUnits(pieces, read);
}

/** "40 cents" is 0.4 dollars; "half a percent" is the number 0.5, not a share. */
export function finishUnits(pieces: readonly Piece[], read: ReadNumber): ReadNumber {
  const index = skipSpace(pieces, read.next);
  const { found } = read;
  const text = pieces[index]?.text ?? "";
  if (found.kind === "number" && found.letter === "" && /^(cent|cents)$/.test(text)) {
    const value = toDecimal(times(fromDecimal(found.value), rational(1, 100)));
    return { found: { ...found, value }, next: read.next };
  }
  if (found.kind === "number" && /^[割成]$/.test(pieces[read.next]?.text ?? "")) {
    return { found: { ...found, value: toDecimal(times(fromDecimal(found.value), rational(10))) }, next: read.next };
  }
  if (found.kind !== "fraction") return read;
  const article = ["a", "of", "one"].includes(text);
  const second = article ? pieces[skipSpace(pieces, index + 1)]?.text : text;
  const third =
    second === "a" || second === "one" ? pieces[skipSpace(pieces, skipSpace(pieces, index + 1) + 1)]?.text : second;
  if (!/^(%|percent|prozent|pct|per)$/.test(third ?? "")) return read;
  const [over = "0", under = "1"] = found.value.split("/");
  const value = toDecimal(rational(BigInt(over), BigInt(under)));
  return { found: { kind: "number", letter: "", value, start: found.start, end: found.end }, next: read.next };
}

function readDigits(pieces: readonly Piece[], at: number, language: Language): ReadNumber | undefined {
  const piece = pieces[at];
  if (piece === undefined) return undefined;
  const written = parseDecimal(piece.text, language);
  if (written === undefined) return undefined;
  const share = readSlash(pieces, at);
  if (share !== undefined) return share;
  let value = fromDecimal(written.value);
  let { certain } = written;
  let next = at + 1;
  let end = piece.end;
  const words = numberWords(language);
  const attached = pieces[next];
  const glyph = attached === undefined ? undefined : GLYPHS[attached.text];
  if (attached !== undefined && glyph !== undefined) {
    value = plus(value, rational(glyph[0], glyph[1]));
    end = attached.end;
    next++;
  }
  const mixed = skipSpace(pieces, next);
  const tail = readMixed(pieces, mixed, words);
  if (tail !== undefined) {
    value = plus(value, tail.value);
    end = pieces[tail.next - 1]?.end ?? end;
    next = tail.next;
  } else if (/^\d+$/.test(piece.text) && mixed > next) {
    const slash = readSlash(pieces, mixed);
    if (slash !== undefined) {
      const [over = "0", under = "1"] = slash.found.value.split("/");
      value = plus(value, rational(BigInt(over), BigInt(under)));
      end = slash.found.end;
      next = slash.next;
    }
  }
  const scaled = readScale(pieces, next, words);
  if (scaled !== undefined) {
    value = times(value, rational(scaled.scale));
    end = pieces[scaled.next - 1]?.end ?? end;
    next = scaled.next;
    certain = certain || piece.text.includes(".");
  }
  const shareWord = readShareAfter(pieces, next, words, value);
  if (shareWord !== undefined) return fraction(piece.start, shareWord.end, shareWord.share, shareWord.next);
  return { found: number(piece.start, end, toDecimal(value), certain), next };
}

/** "3/4", "1/2": a fraction, unless it is a date, a ratio of large numbers or "24/7". */
function readSlash(pieces: readonly Piece[], at: number): ReadNumber | undefined {
  const [over, slash, under] = [pieces[at], pieces[at + 1], pieces[at + 2]];
  if (over?.kind !== "digits" || slash?.text !== "/" || under?.kind !== "digits") return undefined;
  const [n, d] = [Number(over.text), Number(under.text)];
  if (!Number.isInteger(n) || !Number.isInteger(d) || n < 1 || d < 2 || d > 20 || n >= d) return undefined;
  if (pieces[at + 3]?.text === "/") return undefined;
  return fraction(over.start, under.end, [n, d], at + 3);
}

/** "and a half", "y media" after a number. */
function readMixed(
  pieces: readonly Piece[],
  at: number,
  words: NumberWords,
): { value: Rational; next: number } | undefined {
  let index = at;
  if (!words.joints.has(pieces[index]?.text ?? "")) return undefined;
  index = skipSpace(pieces, index + 1);
  let over = 1;
  const first = pieces[index]?.text ?? "";
  if (words.articles.has(first) || first === "one") index = skipSpace(pieces, index + 1);
  else if (first === "three" || first === "two") {
    over = first === "three" ? 3 : 2;
    index = skipSpace(pieces, index + 1);
  }
  const share = words.shares.get(pieces[index]?.text ?? "");
  if (share === undefined || pieces[index]?.kind !== "word") return undefined;
  return { value: rational(share[0] * over, share[1]), next: index + 1 };
}

function readScale(
  pieces: readonly Piece[],
  at: number,
  words: NumberWords,
): { scale: bigint; next: number } | undefined {
  const attached = pieces[at];
  if (attached?.kind === "word") {
    const suffix = SUFFIX[attached.text] ?? SPACED[attached.text];
    if (suffix !== undefined) return { scale: suffix, next: at + 1 };
  }
  const index = skipSpace(pieces, at, true);
  const text = pieces[index]?.text ?? "";
  const own = words.scales.get(text);
  if (own !== undefined && index >= at && text !== "paus" && text !== "pau") {
    const second = words.scales.get(pieces[skipSpace(pieces, index + 1)]?.text ?? "");
    if (own < 1000 && second !== undefined && second >= 1000) {
      return { scale: BigInt(own) * BigInt(second), next: skipSpace(pieces, index + 1) + 1 };
    }
    return { scale: BigInt(own), next: index + 1 };
  }
  const spaced = SPACED[text];
  return spaced === undefined ? undefined : { scale: spaced, next: index + 1 };
}

/** "3 quarters", "2 thirds". */
function readShareAfter(pieces: readonly Piece[], at: number, words: NumberWords, value: Rational) {
  const index = skipSpace(pieces, at, true);
  const piece = pieces[index];
  if (piece === undefined || index === at || value.under !== 1n || value.over > 20n) return undefined;
  const share = words.shares.get(piece.text);
  if (share === undefined || share[1] === 2 || value.over >= BigInt(share[1])) return undefined;
  return { share: [Number(value.over) * share[0], share[1]] as const, end: piece.end, next: index + 1 };
}

function readWords(
  pieces: readonly Piece[],
  at: number,
  words: NumberWords,
  language: Language,
): ReadNumber | undefined {
  const first = pieces[at];
  if (first === undefined) return undefined;
  const before = wordBefore(pieces, at);
  const leading = readLeadingShare(pieces, at, words, before);
  if (leading !== undefined) return leading;
  if (!words.units.has(first.text) && !words.scales.has(first.text) && !words.articles.has(first.text))
    return undefined;
  if (VAGUE_BEFORE.has(before)) return undefined;
  if (first.text === "k" || (first.text === "mil" && language === "en")) return undefined;
  const read = sumWords(pieces, at, words);
  if (read === undefined) return undefined;
  if (read.next === at + 1 && isIdiom(first.text, before, pieces, at, language, words)) return undefined;
  const start = first.start;
  const after = skipSpace(pieces, read.next, true);
  const share = words.shares.get(pieces[after]?.text ?? "");
  if (
    share !== undefined &&
    share[1] !== 2 &&
    read.value.under === 1n &&
    read.value.over < BigInt(share[1]) &&
    after > read.next
  ) {
    const end = pieces[after]?.end ?? start;
    return fraction(start, end, [Number(read.value.over) * share[0], share[1]], after + 1);
  }
  const end = pieces[read.next - 1]?.end ?? first.end;
  return { found: number(start, end, toDecimal(read.value), true), next: read.next };
}

/** "half a million" is a number; "half", "a third", "ein Drittel" are shares. */
function readLeadingShare(
  pieces: readonly Piece[],
  at: number,
  words: NumberWords,
  before: string,
): ReadNumber | undefined {
  const first = pieces[at];
  if (first === undefined) return undefined;
  let index = at;
  const hasArticle =
    words.articles.has(first.text) ||
    first.text === "one" ||
    (words.units.get(first.text) === 1 && words.units !== numberWords("en").units);
  if (hasArticle && !words.shares.has(first.text)) index = skipSpace(pieces, at + 1, true);
  const piece = pieces[index];
  const share = words.shares.get(piece?.text ?? "");
  if (piece?.kind !== "word" || share === undefined) return undefined;
  const afterIndex = skipSpace(pieces, index + 1, true);
  const after = pieces[afterIndex]?.text ?? "";
  if (
    UNIT_AFTER_HALF.has(after) ||
    (UNIT_AFTER_HALF.has(pieces[skipSpace(pieces, afterIndex + 1)]?.text ?? "") && (after === "a" || after === "an"))
  )
    return undefined;
  const bare = index === at;
  if (bare && share[1] !== 2 && !isShareContext(piece.text, before, after)) return undefined;
  const scale = readHalfScale(pieces, index + 1, words);
  if (scale !== undefined) {
    const end = pieces[scale.next - 1]?.end ?? piece.end;
    return {
      found: number(first.start, end, toDecimal(times(rational(share[0], share[1]), rational(scale.scale))), true),
      next: scale.next,
    };
  }
  return fraction(first.start, piece.end, share, index + 1);
}

function isShareContext(text: string, before: string, after: string): boolean {
  if (PERIOD_BEFORE.has(before) && after !== "of") return false;
  if (text.endsWith("s") && text !== "tiers") return false;
  return (
    after === "of" ||
    after === "de" ||
    after === "my" ||
    after === "der" ||
    after === "meiner" ||
    after === "des" ||
    /^(cuarto|tercio|tiers|drittel|viertel|terço|metà|sepertiga|seperempat|sepertiganya|seperempatnya|треть|четверть|çeyrek|çeyreğini)$/.test(
      text,
    )
  );
}

/** "(a|of a) million|grand|hundred" after a share. */
function readHalfScale(
  pieces: readonly Piece[],
  at: number,
  words: NumberWords,
): { scale: bigint; next: number } | undefined {
  let index = skipSpace(pieces, at, true);
  for (let skipped = 0; skipped < 2 && ["a", "of", "an"].includes(pieces[index]?.text ?? ""); skipped++) {
    index = skipSpace(pieces, index + 1);
  }
  const piece = pieces[index];
  if (piece?.kind !== "word" || index === at) return undefined;
  const scale =
    words.scales.get(piece.text) ?? (piece.text === "mil" && words.units.has("one") ? 1_000_000 : undefined);
  return scale === undefined ? undefined : { scale: BigInt(scale), next: index + 1 };
}

function isIdiom(
  text: string,
  before: string,
  pieces: readonly Piece[],
  at: number,
  language: Language,
  words: NumberWords,
): boolean {
  if (words.articles.has(text)) return true;
  if (language !== "en" && words.units.get(text) === 1) return true;
  if (language === "id" && text === "belas") return true;
  if (text === "k" || text === "thou") return true;
  if (text === "one") {
    const behind = skipSpace(pieces, at + 1);
    const after = pieces[behind]?.text ?? "";
    const owned = after === "of" && /^(my|our)$/.test(pieces[skipSpace(pieces, behind + 1)]?.text ?? "");
    if (owned || ((before === "my" || before === "another") && TOKEN_NAMES.has(after)) || SYMBOLS.has(after))
      return false;
    return (
      ONE_IDIOM.has(before) ||
      after === "of" ||
      after === "more" ||
      after === "last" ||
      after === "time" ||
      after === "day" ||
      after === "by" ||
      pieces[at + 1]?.text === "'"
    );
  }
  return false;
}

/** Adds and multiplies words: "two thousand five hundred", "dos mil quinientos", "one point two five". */
function sumWords(
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

function wordBefore(pieces: readonly Piece[], at: number): string {
  for (let index = at - 1; index >= 0 && index >= at - 3; index--) {
    const piece = pieces[index];
    if (piece?.kind === "space" || piece?.text === "-") continue;
    return piece?.text ?? "";
  }
  return "";
}

/** Index of the first piece that is not space (nor, when asked, one hyphen). */
export function skipSpace(pieces: readonly Piece[], at: number, hyphen = false): number {
  let index = at;
  while (pieces[index]?.kind === "space" && !pieces[index]?.text.includes("\n")) index++;
  if (hyphen && pieces[index]?.text === "-" && pieces[index + 1]?.kind === "word") index++;
  return index;
}

function number(start: number, end: number, value: string, certain: boolean): Found {
  return { kind: "number", letter: certain ? "" : "v", value, start, end };
}

function fraction(start: number, end: number, share: readonly [number, number], next: number): ReadNumber {
  return { found: { kind: "fraction", letter: "", value: `${share[0]}/${share[1]}`, start, end }, next };
}

/** True for "st", "nd", "rd", "th" after digits. */
export function isOrdinalSuffix(text: string): boolean {
  return ORDINAL.has(text);
}
