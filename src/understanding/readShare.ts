import { type NumberWords, numberWords } from "./lexicon/numbers.ts";
import type { Piece } from "./lexText.ts";
import { fraction, number, type ReadNumber } from "./numberParts.ts";
import { skipSpace } from "./pieces.ts";
import { rational, times, toDecimal } from "./rational.ts";
import { readName } from "./readName.ts";

const UNIT_AFTER_HALF = new Set(["past", "life", "hour", "year", "time", "way"]);

/** Before "quarter" as a part of a year or a game. */
const YEAR_BEFORE = /^(first|second|third|fourth|final|of|by|since|until|till|quarter)$/;
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
  const parted = readParts(pieces, at, words);
  if (parted !== undefined) return parted;
  let index = at;
  const hasArticle =
    words.articles.has(first.text) ||
    first.text === "one" ||
    (words.units.get(first.text) === 1 && words.units !== numberWords("en").units);
  if (hasArticle && !words.shares.has(first.text)) index = skipSpace(pieces, at + 1, true);
  const piece = pieces[index];
  const share = words.shares.get(piece?.text ?? "");
  if (piece?.kind !== "word" || share === undefined) return undefined;
  // "satu setengah" is one and a half.
  if (index !== at && words.halves?.has(piece.text) === true) return undefined;
  const afterIndex = skipSpace(pieces, index + 1, true);
  const after = pieces[afterIndex]?.text ?? "";
  if (
    UNIT_AFTER_HALF.has(after) ||
    (UNIT_AFTER_HALF.has(pieces[skipSpace(pieces, afterIndex + 1)]?.text ?? "") && (after === "a" || after === "an"))
  )
    return undefined;
  const bare = index === at;
  const counting = isQuarterOf(pieces, piece.text, before, afterIndex) || isPartOf(pieces, afterIndex);
  if (bare && share[1] !== 2 && !counting && !isShareContext(piece.text, before, after)) return undefined;
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

/** "üçte bir", "dörtte üçünü": the denominator comes first. */
function readParts(pieces: readonly Piece[], at: number, words: NumberWords): ReadNumber | undefined {
  const first = pieces[at];
  const under = words.parts?.get(first?.text ?? "");
  const index = skipSpace(pieces, at + 1);
  const piece = pieces[index];
  const over = words.numerators?.get(piece?.text ?? "");
  if (first === undefined || piece === undefined || under === undefined || over === undefined || over >= under)
    return undefined;
  return fraction(first.start, piece.end, [over, under], index + 1);
}

/** "stake quarter ether": a token right behind, and no quarter of a year before. */
function isQuarterOf(pieces: readonly Piece[], text: string, before: string, after: number): boolean {
  if (text !== "quarter" || PERIOD_BEFORE.has(before) || YEAR_BEFORE.test(before)) return false;
  return readName(pieces, after)?.found.kind === "token";
}

/** "third part of my uni": a token must follow. */
function isPartOf(pieces: readonly Piece[], at: number): boolean {
  const of = skipSpace(pieces, at + 1);
  if (pieces[at]?.text !== "part" || pieces[of]?.text !== "of") return false;
  const next = skipSpace(pieces, of + 1);
  const owner = /^(my|the|our)$/.test(pieces[next]?.text ?? "");
  return readName(pieces, owner ? skipSpace(pieces, next + 1) : next)?.found.kind === "token";
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
    /^(cuarto|tercio|tiers|drittel|viertel|terço|metà|sepertiga|seperempat|sepertiganya|seperempatnya|seperlima|dreiviertel|треть|четверть|çeyrek|çeyreğini|ceyregini)$/.test(
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
