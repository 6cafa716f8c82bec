import type { NumberWords } from "./lexicon/numbers.ts";
import type { Piece } from "./lexText.ts";
import { skipSpace } from "./pieces.ts";
import { fromDecimal, type Rational, rational, times, toDecimal } from "./rational.ts";
import type { Found } from "./spans.ts";

/** A number or fraction read at one place: what it is, and the index of the piece after it. */
export type ReadNumber = { readonly found: Found; readonly next: number };

/** Scales that may stick to digits or follow them, in every language. */
const SUFFIX: ReadonlyMap<string, bigint> = new Map(
  Object.entries<bigint>({
    k: 1_000n,
    m: 1_000_000n,
    mm: 1_000_000n,
    mn: 1_000_000n,
    bn: 1_000_000_000n,
    b: 1_000_000_000n,
  }),
);

const SPACED: ReadonlyMap<string, bigint> = new Map(
  Object.entries<bigint>({
    k: 1_000n,
    к: 1_000n,
    thousand: 1_000n,
    grand: 1_000n,
    thou: 1_000n,
    hundred: 100n,
    million: 1_000_000n,
    millions: 1_000_000n,
    mil: 1_000_000n,
    mill: 1_000_000n,
    billion: 1_000_000_000n,
    百: 100n,
    千: 1_000n,
    万: 10_000n,
    萬: 10_000n,
    亿: 100_000_000n,
    만: 10_000n,
    천: 1_000n,
    mio: 1_000_000n,
    mln: 1_000_000n,
    dozen: 12n,
  }),
);

/** "3/4", "1/2": a fraction, unless it is a date, a ratio of large numbers or "24/7". */
export function readSlash(pieces: readonly Piece[], at: number): ReadNumber | undefined {
  const [over, slash, under] = [pieces[at], pieces[at + 1], pieces[at + 2]];
  if (over?.kind !== "digits" || slash?.text !== "/" || under?.kind !== "digits") return undefined;
  const [n, d] = [Number(over.text), Number(under.text)];
  if (!Number.isInteger(n) || !Number.isInteger(d) || n < 1 || d < 2 || d > 20 || n >= d) return undefined;
  if (pieces[at + 3]?.text === "/") return undefined;
  return fraction(over.start, under.end, [n, d], at + 3);
}

/** "and a half", "y media", "buçuk" after a number. */
export function readMixed(
  pieces: readonly Piece[],
  at: number,
  words: NumberWords,
): { value: Rational; next: number } | undefined {
  let index = at;
  if (words.halves?.has(pieces[index]?.text ?? "") === true) return { value: rational(1, 2), next: at + 1 };
  if (!words.joints.has(pieces[index]?.text ?? "")) return undefined;
  index = skipSpace(pieces, index + 1);
  let over = 1;
  const first = pieces[index]?.text ?? "";
  if (words.articles.has(first) || first === "one") index = skipSpace(pieces, index + 1);
  else if (first === "three" || first === "two") {
    over = first === "three" ? 3 : 2;
    index = skipSpace(pieces, index + 1);
  }
  const share = words.shares.get(pieces[index]?.text ?? "");
  if (share === undefined || pieces[index]?.kind !== "word") return undefined;
  return { value: rational(share[0] * over, share[1]), next: index + 1 };
}

/** "k", "million", "hundred thousand" at piece `at`: what it multiplies by. */
export function readScale(
  pieces: readonly Piece[],
  at: number,
  words: NumberWords,
): { scale: bigint; next: number } | undefined {
  const attached = pieces[at];
  if (attached?.kind === "word") {
    const suffix = SUFFIX.get(attached.text) ?? SPACED.get(attached.text);
    if (suffix !== undefined) return { scale: suffix, next: at + 1 };
  }
  const index = skipSpace(pieces, at, true);
  const text = pieces[index]?.text ?? "";
  const own = words.scales.get(text);
  if (own !== undefined && index >= at && text !== "paus" && text !== "pau") {
    const second = words.scales.get(pieces[skipSpace(pieces, index + 1)]?.text ?? "");
    if (own < 1000 && second !== undefined && second >= 1000) {
      return { scale: BigInt(own) * BigInt(second), next: skipSpace(pieces, index + 1) + 1 };
    }
    return { scale: BigInt(own), next: index + 1 };
  }
  const spaced = SPACED.get(text);
  return spaced === undefined ? undefined : { scale: spaced, next: index + 1 };
}

/** "3 quarters", "2 thirds". */
export function readShareAfter(pieces: readonly Piece[], at: number, words: NumberWords, value: Rational) {
  const index = skipSpace(pieces, at, true);
  const piece = pieces[index];
  if (piece === undefined || index === at || value.under !== 1n || value.over > 20n) return undefined;
  const share = words.shares.get(piece.text);
  if (share === undefined || share[1] === 2 || value.over >= BigInt(share[1])) return undefined;
  return { share: [Number(value.over) * share[0], share[1]] as const, end: piece.end, next: index + 1 };
}

/** "40 cents" is 0.4 dollars; "half a percent" is the number 0.5, not a share. */
export function finishUnits(pieces: readonly Piece[], read: ReadNumber): ReadNumber {
  const index = skipSpace(pieces, read.next);
  const { found } = read;
  const text = pieces[index]?.text ?? "";
  if (found.kind === "number" && found.letter === "" && /^(cent|cents)$/.test(text)) {
    const value = toDecimal(times(fromDecimal(found.value), rational(1, 100)));
    return { found: { ...found, value }, next: read.next };
  }
  if (found.kind === "number" && /^[割成]$/.test(pieces[read.next]?.text ?? "")) {
    return { found: { ...found, value: toDecimal(times(fromDecimal(found.value), rational(10))) }, next: read.next };
  }
  if (found.kind !== "fraction") return read;
  const article = ["a", "of", "one"].includes(text);
  const second = article ? pieces[skipSpace(pieces, index + 1)]?.text : text;
  const third =
    second === "a" || second === "one" ? pieces[skipSpace(pieces, skipSpace(pieces, index + 1) + 1)]?.text : second;
  if (!/^(%|percent|prozent|pct|per)$/.test(third ?? "")) return read;
  const [over = "0", under = "1"] = found.value.split("/");
  const value = toDecimal(rational(BigInt(over), BigInt(under)));
  return { found: { kind: "number", letter: "", value, start: found.start, end: found.end }, next: read.next };
}

/** A span of a number; "v" when a careful reader cannot be sure of it. */
export function number(start: number, end: number, value: string, certain: boolean): Found {
  return { kind: "number", letter: certain ? "" : "v", value, start, end };
}

/** A share as a reading. */
export function fraction(start: number, end: number, share: readonly [number, number], next: number): ReadNumber {
  return { found: { kind: "fraction", letter: "", value: `${share[0]}/${share[1]}`, start, end }, next };
}
