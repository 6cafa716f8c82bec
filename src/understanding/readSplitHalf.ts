import type { Language } from "./detectLanguage.ts";
import { numberWords } from "./lexicon/numbers.ts";
import type { Piece } from "./lexText.ts";
import { type ReadNumber, readMixed } from "./numberParts.ts";
import { skipSpace } from "./pieces.ts";
import { fromDecimal, plus, toDecimal } from "./rational.ts";
import { readName } from "./readName.ts";

/** A half that the token stands before ("deux eth et demi"): the number with it, and the pieces that say it. */
export type SplitHalf = { readonly value: string; readonly from: number; readonly next: number };

const HALF = /^(half|demie?|mezz[oa]|medi[oa]|mei[oa]|половиной)$/;
/** What makes the half a share of something else ("and half of my dai", "e mezzo del mio eth"). */
const OF = /^(of|my|the|de|d|des|du|del|della|dei|di|do|da|dos|das|mi|mis|meu|mes|mio)$/;

/** Reads "and a half" behind the token that a whole number counts; what follows must not be what the half is of. */
export function readSplitHalf(pieces: readonly Piece[], read: ReadNumber, language: Language): SplitHalf | undefined {
  if (read.found.kind !== "number" || !/^\d+$/.test(read.found.value) || read.found.letter !== "") return undefined;
  const token = readName(pieces, skipSpace(pieces, read.next));
  if (token?.found.kind !== "token") return undefined;
  const from = skipSpace(pieces, token.next);
  const mixed = readMixed(pieces, from, numberWords(language));
  if (mixed === undefined || !HALF.test(pieces[mixed.next - 1]?.text ?? "")) return undefined;
  // English and German say "and half (of) my dai" of a share, "and a half" of the number.
  const bare = skipSpace(pieces, from + 1) === mixed.next - 1;
  const after = skipSpace(pieces, mixed.next);
  const share = OF.test(pieces[after]?.text ?? "") || readName(pieces, after)?.found.kind === "token";
  if (share || (bare && language === "en")) return undefined;
  return { value: toDecimal(plus(fromDecimal(read.found.value), mixed.value)), from, next: mixed.next };
}
