import type { Piece } from "./lexText.ts";
import { isOrdinalSuffix, skipSpace } from "./pieces.ts";
import type { Found } from "./spans.ts";

const MONTHS: ReadonlyMap<string, number> = new Map(
  [
    "january jan januar janvier enero janeiro gennaio ocak januari января январь",
    "february feb februar février fevrier febrero fevereiro febbraio şubat februari февраля",
    "march mar märz mars marzo março mart maret марта",
    "april apr avril abril aprile nisan апреля",
    "may mai mayo maio maggio mayıs mei мая",
    "june jun juni juin junio junho giugno haziran июня",
    "july jul juli juillet julio julho luglio temmuz июля",
    "august aug août agosto ağustos agustus августа",
    "september sep sept septembre septiembre setembro settembre eylül сентября",
    "october oct oktober octobre octubre outubro ottobre ekim октября",
    "november nov novembre noviembre novembro kasım ноября",
    "december dec dezember décembre diciembre dezembro dicembre aralık desember декабря",
  ].flatMap((names, index) => names.split(" ").map((name) => [name, index + 1] as const)),
);
const FILLERS = new Set(["of", "de", "del", "di", "the", ",", ".", "des", "do"]);

/** A date read at one place, and the index of the piece after it. */
export type ReadDate = { readonly found: Found; readonly next: number };

/** Reads ISO dates, "31 December 2026", "march 15 2027", "end of 2026". Dates without a year need the clock. */
export function readDate(pieces: readonly Piece[], at: number, now: Date | undefined): ReadDate | undefined {
  const piece = pieces[at];
  if (piece === undefined) return undefined;
  if (piece.kind === "date") return written(piece, at);
  if (piece.kind === "digits" && /^\d{1,2}$/.test(piece.text)) return dayFirst(pieces, at, now);
  if (piece.kind !== "word") return undefined;
  if (piece.text === "end" || piece.text === "ende" || piece.text === "fin" || piece.text === "fine")
    return endOf(pieces, at);
  return MONTHS.has(piece.text) ? monthFirst(pieces, at, now) : undefined;
}

function written(piece: Piece, at: number): ReadDate | undefined {
  const cjk = /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]$/.exec(piece.text);
  if (cjk !== null) {
    const value = isoDate(Number(cjk[1]), Number(cjk[2]), Number(cjk[3]));
    return value === undefined ? undefined : date(piece.start, piece.end, value, at + 1);
  }
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(t.*)?$/.exec(piece.text);
  if (iso !== null) {
    const value = isoDate(Number(iso[1]), Number(iso[2]), Number(iso[3]));
    const time = iso[4] === undefined ? "" : iso[4].toUpperCase();
    return value === undefined ? undefined : date(piece.start, piece.end, value + time, at + 1);
  }
  const local = /^(\d{1,2})([./])(\d{1,2})[./](\d{4})$/.exec(piece.text);
  if (local === null) return undefined;
  const [first, second, year] = [Number(local[1]), Number(local[3]), Number(local[4])];
  // A slash between two small numbers is read differently on two continents: not certain, so not read.
  if (local[2] === "/" && first <= 12 && second <= 12 && first !== second) return undefined;
  const value = first > 12 || local[2] === "." ? isoDate(year, second, first) : isoDate(year, first, second);
  return value === undefined ? undefined : date(piece.start, piece.end, value, at + 1);
}

function dayFirst(pieces: readonly Piece[], at: number, now: Date | undefined): ReadDate | undefined {
  const day = Number(pieces[at]?.text);
  let index = at + 1;
  const suffix = pieces[index]?.text ?? "";
  if (isOrdinalSuffix(suffix) || suffix === "er" || suffix === "." || suffix === "º") index++;
  index = skipFillers(pieces, index);
  const month = MONTHS.get(pieces[index]?.text ?? "");
  if (month === undefined || pieces[index]?.kind !== "word") return undefined;
  const year = readYear(pieces, index + 1);
  return finish(pieces, at, index, month, day, year, now);
}

function monthFirst(pieces: readonly Piece[], at: number, now: Date | undefined): ReadDate | undefined {
  const month = MONTHS.get(pieces[at]?.text ?? "") ?? 0;
  const index = skipFillers(pieces, at + 1);
  const piece = pieces[index];
  if (piece?.kind !== "digits") return undefined;
  if (/^20\d\d$/.test(piece.text)) return lastOfMonth(pieces, at, index, month, Number(piece.text));
  if (!/^\d{1,2}$/.test(piece.text)) return undefined;
  let last = index;
  if (isOrdinalSuffix(pieces[index + 1]?.text ?? "")) last++;
  const year = readYear(pieces, last + 1);
  return finish(pieces, at, last, month, Number(piece.text), year, now);
}

function endOf(pieces: readonly Piece[], at: number): ReadDate | undefined {
  const index = skipFillers(pieces, at + 1);
  const piece = pieces[index];
  if (piece?.kind === "digits" && /^20\d\d$/.test(piece.text))
    return lastOfMonth(pieces, at, index, 12, Number(piece.text));
  const month = MONTHS.get(piece?.text ?? "");
  if (month === undefined) return undefined;
  const year = readYear(pieces, index + 1);
  return year === undefined ? undefined : lastOfMonth(pieces, at, year.index, month, year.value);
}

function lastOfMonth(
  pieces: readonly Piece[],
  at: number,
  last: number,
  month: number,
  year: number,
): ReadDate | undefined {
  const day = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const value = isoDate(year, month, day);
  const [start, end] = [pieces[at]?.start ?? 0, pieces[last]?.end ?? 0];
  return value === undefined ? undefined : date(start, end, value, last + 1);
}

function finish(
  pieces: readonly Piece[],
  at: number,
  last: number,
  month: number,
  day: number,
  year: { readonly value: number; readonly index: number } | undefined,
  now: Date | undefined,
): ReadDate | undefined {
  const [start, end] = [pieces[at]?.start ?? 0, pieces[year?.index ?? last]?.end ?? 0];
  const next = (year?.index ?? last) + 1;
  if (year !== undefined) {
    const value = isoDate(year.value, month, day);
    return value === undefined ? undefined : date(start, end, value, next);
  }
  if (now === undefined) return undefined;
  const thisYear = isoDate(now.getUTCFullYear(), month, day);
  const passed = thisYear !== undefined && thisYear < now.toISOString().slice(0, 10);
  const value = passed ? isoDate(now.getUTCFullYear() + 1, month, day) : thisYear;
  return value === undefined ? undefined : date(start, end, value, next);
}

function readYear(pieces: readonly Piece[], at: number): { value: number; index: number } | undefined {
  const index = skipFillers(pieces, at);
  const text = pieces[index]?.text ?? "";
  return /^20\d\d[.,]?$/.test(text) ? { value: Number.parseInt(text, 10), index } : undefined;
}

function skipFillers(pieces: readonly Piece[], at: number): number {
  let index = skipSpace(pieces, at);
  for (let seen = 0; seen < 2 && FILLERS.has(pieces[index]?.text ?? ""); seen++) index = skipSpace(pieces, index + 1);
  return index;
}

function isoDate(year: number, month: number, day: number): string | undefined {
  const value = new Date(Date.UTC(year, month - 1, day));
  if (value.getUTCMonth() !== month - 1 || value.getUTCDate() !== day) return undefined;
  return value.toISOString().slice(0, 10);
}

function date(start: number, end: number, value: string, next: number): ReadDate {
  return { found: { kind: "date", letter: "", value, start, end }, next };
}
