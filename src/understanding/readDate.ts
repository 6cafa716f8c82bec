import type { Piece } from "./lexText.ts";
import { isOrdinalSuffix, skipSpace, wordBefore } from "./pieces.ts";
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
/** "the first of March": days in words, English. */
const DAYS: ReadonlyMap<string, number> = new Map(
  "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
    .split(" ")
    .map((word, index) => [word, index + 1] as const),
);
/** Feasts of a fixed day, as month and day; a feast that moves is no date that code may guess. */
const FEASTS: ReadonlyMap<string, readonly [number, number]> = new Map(
  Object.entries<readonly [number, number]>({
    "christmas eve": [12, 24],
    "christmas day": [12, 25],
    christmas: [12, 25],
    xmas: [12, 25],
    "boxing day": [12, 26],
    "new year's eve": [12, 31],
    "new years eve": [12, 31],
    "new year's day": [1, 1],
    "new years day": [1, 1],
    "valentine's day": [2, 14],
    "valentines day": [2, 14],
    halloween: [10, 31],
    nochebuena: [12, 24],
    navidad: [12, 25],
    nochevieja: [12, 31],
    heiligabend: [12, 24],
    silvester: [12, 31],
    noël: [12, 25],
    natale: [12, 25],
  }),
);
const FIRST_WORDS = new Set([...FEASTS.keys()].map((name) => name.split(/[ ']/)[0] ?? name));
const LONGEST_FEAST = 7;
/** Letters of the longest short form of a month, "sept". */
const LONGEST_SHORT = 4;
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
  const feast = feastAt(pieces, at, now);
  if (feast !== undefined) return feast;
  const day = DAYS.get(piece.text);
  if (day !== undefined) return ordinalDay(pieces, at, day, now);
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

/** A feast by name, of the year that is said or of its next day; only as a time, not as the reason ("for christmas"). */
function feastAt(pieces: readonly Piece[], at: number, now: Date | undefined): ReadDate | undefined {
  if (!FIRST_WORDS.has(pieces[at]?.text ?? "")) return undefined;
  if (!/^(?:on|am|an|in|le|à|el|en|il|a|until|till|by|before|bis|hasta)$/.test(wordBefore(pieces, at)))
    return undefined;
  for (let last = Math.min(at + LONGEST_FEAST, pieces.length) - 1; last >= at; last--) {
    const name = pieces
      .slice(at, last + 1)
      .map(({ text }) => text.replace("’", "'"))
      .join("");
    const feast = FEASTS.get(name);
    if (feast === undefined) continue;
    return finish(pieces, at, last, feast[0], feast[1], readYear(pieces, last + 1), now);
  }
  return undefined;
}

/** "first of march 2027"; without the small word it may count something else ("second march of the army"). */
function ordinalDay(pieces: readonly Piece[], at: number, day: number, now: Date | undefined): ReadDate | undefined {
  const of = skipSpace(pieces, at + 1);
  if (pieces[of]?.text !== "of") return undefined;
  const index = skipFillers(pieces, of);
  const month = MONTHS.get(pieces[index]?.text ?? "");
  if (month === undefined || pieces[index]?.kind !== "word") return undefined;
  return finish(pieces, at, index, month, day, readYear(pieces, index + 1), now);
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
  const name = pieces[at]?.text ?? "";
  const month = MONTHS.get(name) ?? 0;
  // "it's november. 12 % of my eth": a dot behind a whole name ends the sentence.
  if (name.length > LONGEST_SHORT && pieces[at + 1]?.text === ".") return undefined;
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
