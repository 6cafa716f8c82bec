import { type Folded, originOf } from "./foldText.ts";
import { isCommonWord } from "./lexicon/common.ts";
import { GUARDED_SYMBOLS, SYMBOLS } from "./lexicon/tokens.ts";
import type { Piece } from "./lexText.ts";
import type { Found } from "./spans.ts";

/** Latin letters that Cyrillic and Greek letters look like, lower case. */
const SKELETON: Readonly<Record<string, string>> = {
  а: "a",
  в: "b",
  с: "c",
  е: "e",
  н: "h",
  к: "k",
  м: "m",
  о: "o",
  р: "p",
  т: "t",
  х: "x",
  у: "y",
  і: "i",
  ѕ: "s",
  ԁ: "d",
  ј: "j",
  α: "a",
  β: "b",
  ε: "e",
  η: "h",
  ι: "i",
  κ: "k",
  μ: "m",
  ν: "n",
  ο: "o",
  ρ: "p",
  τ: "t",
  υ: "u",
  χ: "x",
  ζ: "z",
  ɩ: "i",
  ƒ: "f",
  ı: "i",
  ł: "l",
  ď: "d",
  ŧ: "t",
  ș: "s",
  ş: "s",
  ç: "c",
  ü: "u",
  é: "e",
  è: "e",
  ē: "e",
  ė: "e",
  ä: "a",
  à: "a",
  á: "a",
  ö: "o",
  ĭ: "i",
  í: "i",
};
const GUARDED = GUARDED_SYMBOLS.map((symbol) => symbol.toLowerCase());
/** Guarded symbols whose near misses are no words of any language here, so lower case counts too. */
const GUARDED_LOWER = ["usdc", "usdt", "wbtc", "steth", "wsteth"];

/** What surrounds a word: its message, and whether that message shouts. */
export type WordSetting = { readonly folded: Folded; readonly shouted: boolean; readonly english: boolean };

/**
 * Reads a word that no lexicon knows as a token: a look-alike of a listed symbol (letter "q"), a cashtag or a
 * ticker-like word (letter "u"). Everything else stays text.
 */
export function readWord(
  pieces: readonly Piece[],
  at: number,
  setting: WordSetting,
): { readonly found: Found; readonly next: number } | undefined {
  const piece = pieces[at];
  if (piece?.kind !== "word") return undefined;
  const cashtag = pieces[at - 1]?.text === "$";
  const lookalike = readLookalike(pieces, at, setting);
  if (lookalike !== undefined) return lookalike;
  const listed = SYMBOLS.get(piece.text);
  const written = writtenAs(piece, setting.folded);
  const capital = written === written.toUpperCase() && /[A-Z]/.test(written);
  if (listed !== undefined) {
    if (!cashtag && (!capital || setting.shouted || isCommonWord(piece.text))) return undefined;
    return token(piece, listed.letter, listed.symbol, at, cashtag);
  }
  if (!/^[a-z][a-z0-9]{1,14}$/.test(piece.text)) return undefined;
  if (cashtag) return token(piece, "u", piece.text.toUpperCase(), at, true);
  if (/\d/.test(piece.text)) {
    return /^[a-z]{2,}\d{1,3}[a-z]*$/.test(piece.text) && !isCommonWord(piece.text)
      ? token(piece, "u", piece.text.toUpperCase(), at, false)
      : undefined;
  }
  if (!capital || setting.shouted || piece.text.length < 3 || isCommonWord(piece.text)) return undefined;
  return token(piece, "u", piece.text.toUpperCase(), at, false);
}

/** Reads a word that imitates a listed symbol: foreign letters, invisible characters, one slip away (Reading 12). */
export function readLookalike(
  pieces: readonly Piece[],
  at: number,
  setting: WordSetting,
): { readonly found: Found; readonly next: number } | undefined {
  const piece = pieces[at];
  if (piece?.kind !== "word") return undefined;
  const { folded } = setting;
  const cashtag = pieces[at - 1]?.text === "$";
  const suspicious = () => ({
    found: { kind: "token" as const, letter: "q", value: piece.text, start: piece.start, end: piece.end },
    next: at + 1,
  });
  const bare = piece.text;
  if (hasInvisible(piece, folded) && (SYMBOLS.has(bare) || SYMBOLS.has(skeletonOf(bare)))) return suspicious();
  if (/[^a-z0-9_]/.test(bare)) {
    const skeleton = skeletonOf(bare);
    const foreign = /[\u0370-\u03ff\u0400-\u052f]/.test(bare);
    if (
      SYMBOLS.has(skeleton) &&
      skeleton.length > 2 &&
      (foreign || !setting.english || /^[A-Z]/.test(writtenAs(piece, folded)))
    ) {
      const capital = /^\p{Lu}/u.test(writtenAs(piece, folded));
      const mixed = /[a-z]/.test(bare);
      if (mixed || capital) return suspicious();
    }
    return undefined;
  }
  if (SYMBOLS.has(bare) || bare.length < 4 || bare.length > 8) return undefined;
  const written = writtenAs(piece, folded);
  const capital = (written === written.toUpperCase() && !setting.shouted) || cashtag;
  if (capital && !isCommonWord(bare) && GUARDED.some((symbol) => isNearMiss(bare, symbol))) return suspicious();
  if (bare === "usds" || bare === "usdcs" || bare === "usdts") return undefined;
  return GUARDED_LOWER.some((symbol) => isNearMiss(bare, symbol)) && !isCommonWord(bare) ? suspicious() : undefined;
}

function token(piece: Piece, letter: string, symbol: string, at: number, cashtag: boolean) {
  const start = cashtag ? piece.start - 1 : piece.start;
  return { found: { kind: "token" as const, letter, value: symbol, start, end: piece.end }, next: at + 1 };
}

function writtenAs(piece: Piece, folded: Folded): string {
  return folded.original.slice(originOf(folded, piece.start), originOf(folded, piece.end));
}

function hasInvisible(piece: Piece, folded: Folded): boolean {
  for (let at = piece.start + 1; at < piece.end; at++) if (folded.invisible.has(at)) return true;
  return false;
}

function skeletonOf(text: string): string {
  return [...text].map((char) => SKELETON[char] ?? char).join("");
}

/** One slip apart: two neighbours swapped, or one character changed, added or lost. */
export function isNearMiss(word: string, symbol: string): boolean {
  if (word === symbol || Math.abs(word.length - symbol.length) > 1) return false;
  let head = 0;
  while (head < word.length && word[head] === symbol[head]) head++;
  let tail = 0;
  while (tail < word.length - head && tail < symbol.length - head && word.at(-1 - tail) === symbol.at(-1 - tail))
    tail++;
  const [a, b] = [word.slice(head, word.length - tail), symbol.slice(head, symbol.length - tail)];
  if (a.length <= 1 && b.length <= 1) return true;
  return a.length === 2 && b.length === 2 && a[0] === b[1] && a[1] === b[0];
}
