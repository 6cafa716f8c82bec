import type { Language } from "./detectLanguage.ts";
import { numberLanguage } from "./lexicon/numberLanguage.ts";
import { type NumberWords, numberWords, unitOf } from "./lexicon/numbers.ts";
import { SYMBOLS, TOKEN_NAMES } from "./lexicon/tokens.ts";
import type { Piece } from "./lexText.ts";
import { finishUnits, fraction, number, type ReadNumber } from "./numberParts.ts";
import { skipSpace, wordBefore } from "./pieces.ts";
import { toDecimal } from "./rational.ts";
import { GLYPHS, readDigits } from "./readDigits.ts";
import { readLeadingShare } from "./readShare.ts";
import { readPoint, sumWords } from "./sumWords.ts";

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

/** First words of every token's name and symbol: what "one" may count. */
const COUNTABLE: ReadonlySet<string> = new Set([
  ...SYMBOLS.keys(),
  ...[...TOKEN_NAMES.keys()].map((name) => name.split(/[ -]/)[0] ?? name),
]);
const POINTING = new Set(["this", "that", "which", "the", "no", "other", "what", "when", "how", "where"]);
/** Before "point" as a noun: "at this point", "a basis point", "data point". */
const NOT_A_DECIMAL = new Set([
  ...POINTING,
  "a",
  "an",
  "my",
  "your",
  "our",
  "any",
  "each",
  "basis",
  "data",
  "price",
  "first",
  "last",
]);
/** Beside "mille", "mil", "tausend": thanks, not a number. */
const THANKS = /^(grazie|merci|mercis|gracias|dank|teşekkür|teşekkürler)$/;
const PERCENT = /^(por ciento|por cento|pour cent|per cento)$/;
const MEASURE = /^(bucks?|dollars?|percent|whole|full|single|hour|week|month|year|cent|bps|bp)$/;

/** Reads the number that starts at piece `at`, or nothing. */
export function readNumber(pieces: readonly Piece[], at: number, language: Language): ReadNumber | undefined {
  const piece = pieces[at];
  if (piece === undefined) return undefined;
  if (piece.kind === "digits") {
    const read = readDigits(pieces, at, language);
    return read === undefined ? undefined : finishUnits(pieces, read);
  }
  if (piece.kind === "glyph") {
    const share = GLYPHS.get(piece.text);
    return share === undefined ? undefined : fraction(piece.start, piece.end, share, at + 1);
  }
  if (piece.kind !== "word") return undefined;
  const own = readWords(pieces, at, numberWords(language), language);
  const read =
    own ??
    (language === "en" ? undefined : readWords(pieces, at, numberWords("en"), "en")) ??
    readForeign(pieces, at, language);
  return read === undefined ? undefined : finishUnits(pieces, read);
}

/**
 * A number word of another language than the message's, where only one language has the word: a glued one ("duecento"),
 * a share, or one that a token follows.
 */
function readForeign(pieces: readonly Piece[], at: number, language: Language): ReadNumber | undefined {
  const text = pieces[at]?.text ?? "";
  const owner = numberLanguage(text);
  if (owner === undefined || owner === language) return undefined;
  const read = readWords(pieces, at, numberWords(owner), owner);
  if (read === undefined) return undefined;
  const after = pieces[skipSpace(pieces, read.next)]?.text ?? "";
  const { units, shares } = numberWords(owner);
  const glued = !units.has(text) && !shares.has(text);
  const sure = glued || (read.found.kind === "fraction" && text.length > 4);
  return sure || after === "%" || COUNTABLE.has(after) ? read : undefined;
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
  const bare = words.points.has(first.text);
  if (bare && !opensDecimal(before, pieces, at, words)) return undefined;
  if (
    !bare &&
    unitOf(words, first.text) === undefined &&
    !words.scales.has(first.text) &&
    !words.articles.has(first.text)
  )
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

/** "point five eth" is 0.5; "at this point five people" is not: what comes before and after decides. */
function opensDecimal(before: string, pieces: readonly Piece[], at: number, words: NumberWords): boolean {
  const read = readPoint(pieces, at, words);
  if (read === undefined || NOT_A_DECIMAL.has(before)) return false;
  const after = pieces[skipSpace(pieces, read.next)]?.text ?? "";
  return after === "" || after === "of" || after === "%" || COUNTABLE.has(after) || MEASURE.test(after);
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
  if (PERCENT.test(`${before} ${text}`)) return true;
  if (THANKS.test(before) || THANKS.test(pieces[skipSpace(pieces, at + 1)]?.text ?? "")) return true;
  if (text === "k" || text === "thou") return true;
  return text === "one" && !countsSomething(before, pieces, at);
}

/** "one" is a number before a token or a measure, as a whole answer, and in "make it one"; else a pronoun. */
function countsSomething(before: string, pieces: readonly Piece[], at: number): boolean {
  const behind = skipSpace(pieces, at + 1);
  const after = pieces[behind]?.text ?? "";
  if (before === "it" || (before === "" && after === "")) return true;
  if (after === "of") return /^(my|our)$/.test(pieces[skipSpace(pieces, behind + 1)]?.text ?? "");
  if (after === "$") return pieces[behind + 1]?.kind === "word";
  return (COUNTABLE.has(after) && !POINTING.has(before)) || MEASURE.test(after);
}
