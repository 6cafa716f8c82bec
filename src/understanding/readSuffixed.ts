import type { Language } from "./detectLanguage.ts";
import type { Piece } from "./lexText.ts";
import { readName } from "./readName.ts";
import type { Found } from "./spans.ts";

/** Turkish case endings glued to a name. */
const ENDING = /^(.{3,}?)(?:y?[ae]|y[ıiuü]|[dt][ae]n?(?:ki)?|n[ıiuü]n|[ıü]n)$/;
/** Endings of two letters and more: what is left of a short symbol must not be guessed from one letter. */
const LONG_ENDING = /^(.{3,}?)(?:y[aeıiuü]|[dt][ae]n?(?:ki)?|n[ıiuü]n|[ae]k[ıi])$/;

/**
 * Reads a name with a Turkish ending and no apostrophe: protocols ("sparka", "morphodan") in any language, for no other
 * word is spelled so; tokens ("usdcyi", "ethden") in Turkish.
 */
export function readSuffixed(
  pieces: readonly Piece[],
  at: number,
  language: Language,
): { readonly found: Found; readonly next: number } | undefined {
  const piece = pieces[at];
  if (piece?.kind !== "word" || pieces[at + 1]?.kind === "word") return undefined;
  return (
    readStem(piece, at, ENDING, "protocol") ??
    (language === "tr" ? readStem(piece, at, LONG_ENDING, "token") : undefined)
  );
}

function readStem(piece: Piece, at: number, ending: RegExp, kind: Found["kind"]) {
  const stem = ending.exec(piece.text)?.[1];
  if (stem === undefined) return undefined;
  const named = readName([{ ...piece, text: stem, end: piece.start + stem.length }], 0);
  if (named?.found.kind !== kind) return undefined;
  return { found: { ...named.found, end: piece.end }, next: at + 1 };
}
