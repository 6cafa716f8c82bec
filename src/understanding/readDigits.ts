import type { Language } from "./detectLanguage.ts";
import { numberWords } from "./lexicon/numbers.ts";
import { SYMBOLS } from "./lexicon/tokens.ts";
import type { Piece } from "./lexText.ts";
import { fraction, number, type ReadNumber, readMixed, readScale, readShareAfter, readSlash } from "./numberParts.ts";
import { parseDecimal } from "./parseDecimal.ts";
import { skipSpace } from "./pieces.ts";
import { fromDecimal, plus, rational, times, toDecimal } from "./rational.ts";
import { readDigitShare, readHalfBehind } from "./readCjkNumber.ts";
import { readPoint } from "./sumWords.ts";

/** Vulgar fractions as numerator and denominator. */
export const GLYPHS: ReadonlyMap<string, readonly [number, number]> = new Map(
  Object.entries<readonly [number, number]>({
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
  }),
);

/** Reads a number written in digits, with its scale, mixed fraction or share word. */
export function readDigits(pieces: readonly Piece[], at: number, language: Language): ReadNumber | undefined {
  const piece = pieces[at];
  if (piece === undefined) return undefined;
  const written = parseDecimal(piece.text, language);
  if (written === undefined) return undefined;
  const share = readSlash(pieces, at) ?? readDigitShare(pieces, at);
  if (share !== undefined) return share;
  let value = fromDecimal(written.value);
  let { certain } = written;
  let next = at + 1;
  let end = piece.end;
  const words = numberWords(language);
  const attached = pieces[next];
  const glyph = attached === undefined ? undefined : GLYPHS.get(attached.text);
  if (attached !== undefined && glyph !== undefined) {
    value = plus(value, rational(glyph[0], glyph[1]));
    end = attached.end;
    next++;
  }
  const half = readHalfBehind(pieces, next);
  if (half !== undefined) {
    value = plus(value, rational(1, 2));
    ({ end, next } = half);
  }
  const mixed = skipSpace(pieces, next);
  const point = /^\d+$/.test(piece.text) && mixed > next ? readPoint(pieces, mixed, words) : undefined;
  const tail = point ?? readMixed(pieces, mixed, words);
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
  // "2kusdc": whether the letter is a scale or the token's own is not certain.
  const glued = pieces[next];
  if (glued?.kind === "word" && /^[km]/.test(glued.text) && SYMBOLS.has(glued.text.slice(1))) certain = false;
  const shareWord = readShareAfter(pieces, next, words, value);
  if (shareWord !== undefined) return fraction(piece.start, shareWord.end, shareWord.share, shareWord.next);
  return { found: number(piece.start, end, toDecimal(value), certain), next };
}
