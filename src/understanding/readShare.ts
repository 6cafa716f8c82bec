import { type NumberWords, numberWords } from "./lexicon/numbers.ts";
import type { Piece } from "./lexText.ts";
import { fraction, number, type ReadNumber } from "./numberParts.ts";
import { skipSpace } from "./pieces.ts";
import { rational, times, toDecimal } from "./rational.ts";

const UNIT_AFTER_HALF = new Set(["past", "life", "hour", "year", "time", "way"]);

const PERIOD_BEFORE = new Set(["every", "each", "this", "last", "next", "per", "the"]);

/** "half a million" is a number; "half", "a third", "ein Drittel" are shares. */
export function readLeadingShare(
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
