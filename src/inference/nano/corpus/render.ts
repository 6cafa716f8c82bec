import { chance, int, pickWeighted, type Rng } from "./random.ts";
import type { Piece } from "./template.ts";

type Voice = "as-is" | "lower" | "sentence" | "upper";

/** Joins pieces into one text in one voice: casing, a rare misspelling, end punctuation. */
export function render(rng: Rng, pieces: readonly Piece[], plain = false): string {
  const voice = plain
    ? "as-is"
    : pickWeighted<Voice>(rng, [
        [46, "as-is"],
        [22, "lower"],
        [26, "sentence"],
        [6, "upper"],
      ]);
  const sloppy = !plain && voice !== "sentence" && chance(rng, 0.12);
  let text = "";
  for (const piece of pieces) {
    let part = piece.text;
    if (sloppy && piece.kind === "words") part = misspell(rng, part);
    if (piece.kind !== "fixed") {
      if (voice === "lower") part = part.toLowerCase();
      else if (voice === "upper") part = part.toUpperCase();
    }
    text += part;
  }
  text = tidy(text);
  if (voice === "sentence")
    text = capitalise(text) + (/[.!?)\p{Extended_Pictographic}]$/u.test(text) ? "" : endOf(rng, text));
  return text;
}

/** A question keeps its mark most of the time, a wish ends with a stop. */
function endOf(rng: Rng, text: string): string {
  const asks = /^(can|could|would|will|what|how|is|do|does|am|are|which|who|where|when|why|did|may|whats|has) /i.test(
    text,
  );
  return asks && chance(rng, 0.75) ? "?" : ".";
}

/** Folds blanks and takes them away before punctuation. */
export function tidy(text: string): string {
  return text
    .replace(/[ \t]+/g, " ")
    .replace(/ +([,;!?])/g, "$1")
    .replace(/ +([.:])(?=\s|$)/g, "$1")
    .replace(/,+(?=[,.;!?])/g, "")
    .replace(/^[ ,]+/, "")
    .replace(/[ ,]+$/, "");
}

function capitalise(text: string): string {
  return text
    .replace(/^\p{Ll}/u, (first) => first.toUpperCase())
    .replace(/([.!?] )(\p{Ll})/gu, (_, end: string, first: string) => end + first.toUpperCase());
}

/** One slip in one longer word: a swapped, dropped or doubled letter. Values and names with a dot are never touched. */
export function misspell(rng: Rng, text: string, share = 0.18): string {
  return text.replace(/(?<![.\w-])[a-z]{5,}(?![\w-]*\.\w)(?!\w)/g, (word) => {
    if (
      /^(three|seven|eight|third|quarter|fifth|tenth|hundred|thousand|percent|dollars|bucks|collateral|never|don't)$/.test(
        word,
      ) ||
      !chance(rng, share)
    )
      return word;
    const at = int(rng, 1, word.length - 3);
    switch (int(rng, 0, 2)) {
      case 0:
        return word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
      case 1:
        return word.slice(0, at) + word.slice(at + 1);
      default:
        return word.slice(0, at) + word[at] + word.slice(at);
    }
  });
}
