import type { Piece } from "./lexText.ts";

const ORDINAL = new Set(["st", "nd", "rd", "th"]);

/** Index of the first piece that is not space (nor, when asked, one hyphen). */
export function skipSpace(pieces: readonly Piece[], at: number, hyphen = false): number {
  let index = at;
  while (pieces[index]?.kind === "space" && !pieces[index]?.text.includes("\n")) index++;
  if (hyphen && pieces[index]?.text === "-" && pieces[index + 1]?.kind === "word") index++;
  return index;
}

/** Text of the piece before `at`, spaces and hyphens skipped; "" at the start. */
export function wordBefore(pieces: readonly Piece[], at: number): string {
  for (let index = at - 1; index >= 0 && index >= at - 3; index--) {
    const piece = pieces[index];
    if (piece?.kind === "space" || piece?.text === "-") continue;
    return piece?.text ?? "";
  }
  return "";
}

/** True for "st", "nd", "rd", "th" after digits. */
export function isOrdinalSuffix(text: string): boolean {
  return ORDINAL.has(text);
}
