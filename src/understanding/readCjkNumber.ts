import type { Piece } from "./lexText.ts";
import { fraction, type ReadNumber } from "./numberParts.ts";
import { plus, type Rational, rational, times, toDecimal } from "./rational.ts";
import type { Found } from "./spans.ts";

const DIGITS: ReadonlyMap<string, number> = new Map(
  Object.entries<number>({
    零: 0,
    〇: 0,
    一: 1,
    二: 2,
    两: 2,
    兩: 2,
    三: 3,
    四: 4,
    五: 5,
    六: 6,
    七: 7,
    八: 8,
    九: 9,
  }),
);
const SCALES: ReadonlyMap<string, number> = new Map(
  Object.entries<number>({ 十: 10, 百: 100, 千: 1000, 万: 10_000, 萬: 10_000, 亿: 100_000_000 }),
);
const COUNTERS = new Set(["个", "個", "枚", "つ", "只", "块", "割", "成"]);
/** Counters behind which a half may stand ("一个半"). */
const HALVED = /^[个個枚只块]$/;

type ReadCjk = { readonly found: Found; readonly next: number };

/** Reads a Chinese or Japanese number or share ("三千五", "两个", "一半", "三分之一") at piece `at`. */
export function readCjkNumber(pieces: readonly Piece[], at: number): ReadCjk | undefined {
  const first = pieces[at]?.text ?? "";
  if (first !== "半" && !DIGITS.has(first) && !SCALES.has(first)) return undefined;
  let run = "";
  let next = at;
  for (; next < pieces.length && next < at + 14; next++) {
    const char = pieces[next]?.text ?? "";
    const joint = char === "の" && run.endsWith("分") && DIGITS.has(pieces[next + 1]?.text ?? "");
    if (!joint && !DIGITS.has(char) && !SCALES.has(char) && !"半分之".includes(char)) break;
    run += joint ? "之" : char;
  }
  const [start, end] = [pieces[at]?.start ?? 0, pieces[next - 1]?.end ?? 0];
  const share = readShare(run);
  if (share !== undefined) return { found: { kind: "fraction", letter: "", value: share, start, end }, next };
  if (/[分之半]/.test(run)) return undefined;
  const value = sum(run);
  if (value === undefined) return undefined;
  const after = pieces[next]?.text ?? "";
  const single = run.length === 1;
  if (single && !COUNTERS.has(after) && pieces[next]?.kind !== "word") return undefined;
  if (single && SCALES.has(first)) return undefined;
  const half = readHalfBehind(pieces, next);
  if (half === undefined) return { found: { kind: "number", letter: "", value: toDecimal(value), start, end }, next };
  const halved = toDecimal(plus(value, rational(1, 2)));
  return { found: { kind: "number", letter: "", value: halved, start, end: half.end }, next: half.next };
}

/** "个半" behind a number adds a half. */
export function readHalfBehind(pieces: readonly Piece[], at: number): { end: number; next: number } | undefined {
  const half = pieces[at + 1];
  if (half?.text !== "半" || !HALVED.test(pieces[at]?.text ?? "")) return undefined;
  return { end: half.end, next: at + 2 };
}

/** "4分の1", "4分之3": the denominator comes first. */
export function readDigitShare(pieces: readonly Piece[], at: number): ReadNumber | undefined {
  const [under, part, of, over] = [pieces[at], pieces[at + 1], pieces[at + 2], pieces[at + 3]];
  if (under === undefined || over?.kind !== "digits" || part?.text !== "分" || !/^[の之]$/.test(of?.text ?? ""))
    return undefined;
  const [n, d] = [Number(over.text), Number(under.text)];
  if (!Number.isInteger(n) || !Number.isInteger(d) || n < 1 || n >= d || d > 1000) return undefined;
  return fraction(under.start, over.end, [n, d], at + 4);
}

function readShare(run: string): string | undefined {
  if (run === "一半" || run === "半分" || run === "半") return "1/2";
  const parts = /^(.+)分之(.+)$/.exec(run);
  if (parts === null) return undefined;
  const [under, over] = [sum(parts[1] ?? ""), sum(parts[2] ?? "")];
  return under === undefined || over === undefined ? undefined : `${over.over}/${under.over}`;
}

/** "三千五" is 3500: a bare digit at the end counts in the next smaller scale. */
function sum(run: string): Rational | undefined {
  let total = rational(0);
  let group = rational(0);
  let digit: number | undefined;
  let last = 0;
  for (const char of run) {
    const scale = SCALES.get(char);
    if (scale === undefined) {
      digit = DIGITS.get(char);
      if (digit === undefined) return undefined;
      if (digit === 0) last = 0;
      continue;
    }
    if (scale >= 10_000) {
      total = plus(total, times(plus(group, rational(digit ?? 0)), rational(scale)));
      group = rational(0);
    } else {
      group = plus(group, rational((digit ?? 1) * scale));
    }
    digit = undefined;
    last = scale;
  }
  const tail = digit === undefined ? 0 : last >= 100 ? (digit * last) / 10 : digit;
  return plus(plus(total, group), rational(tail));
}
