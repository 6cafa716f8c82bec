import type { Language } from "./detectLanguage.ts";
import { type NumberWords, numberWords } from "./lexicon/numbers.ts";
import { SYMBOLS, TOKEN_NAMES } from "./lexicon/tokens.ts";
import type { Piece } from "./lexText.ts";
import { finishUnits, fraction, number, type ReadNumber } from "./numberParts.ts";
import { skipSpace, wordBefore } from "./pieces.ts";
import { toDecimal } from "./rational.ts";
import { GLYPHS, readDigits } from "./readDigits.ts";
import { readLeadingShare } from "./readShare.ts";
import { sumWords } from "./sumWords.ts";

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
