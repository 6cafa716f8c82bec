import type { Language } from "./detectLanguage.ts";
import { type Folded, originOf } from "./foldText.ts";
import { isCommonWord } from "./lexicon/common.ts";
import { SYMBOLS } from "./lexicon/tokens.ts";
import { lexText, type Piece } from "./lexText.ts";
import { finishUnits } from "./numberParts.ts";
import { skipSpace } from "./pieces.ts";
import { readCjkNumber } from "./readCjkNumber.ts";
import { readDate } from "./readDate.ts";
import { readHex, readSecretWords } from "./readHex.ts";
import { readName } from "./readName.ts";
import { readNumber } from "./readNumber.ts";
import { readSplitHalf, type SplitHalf } from "./readSplitHalf.ts";
import { readSuffixed } from "./readSuffixed.ts";
import { readTime } from "./readTime.ts";
import { readLookalike, readWord, type WordSetting } from "./readWord.ts";
import type { Found, MaskContext } from "./spans.ts";

/** Finds every span of one folded message, in order, without overlaps. Linear in its length. */
export function findSpans(folded: Folded, language: Language, context: MaskContext): readonly Found[] {
  const pieces = lexText(folded.text);
  const setting = { folded, shouted: isShouted(folded.original), english: language === "en" };
  const secret = readSecretWords(folded.text);
  const contacts = new Map((context.contacts ?? []).map((entry) => [entry.name.toLowerCase(), entry.address]));
  const found: Found[] = secret === undefined ? [] : [secret];
  let half: SplitHalf | undefined;
  for (let at = 0; at < pieces.length; ) {
    if (at === half?.from) at = half.next;
    const piece = pieces[at];
    if (piece === undefined) break;
    if (piece.kind === "space" || (secret !== undefined && piece.start >= secret.start && piece.end <= secret.end)) {
      at++;
      continue;
    }
    const read = readPiece(pieces, at, piece, { setting, language, context, contacts });
    if (read === undefined) {
      at++;
      continue;
    }
    const split = readSplitHalf(pieces, read, language);
    half = split ?? half;
    found.push(split === undefined ? read.found : { ...read.found, value: split.value });
    at = read.next;
  }
  return found.sort((a, b) => a.start - b.start);
}

type Reading = {
  readonly setting: WordSetting;
  readonly language: Language;
  readonly context: MaskContext;
  readonly contacts: ReadonlyMap<string, string>;
};

function readPiece(pieces: readonly Piece[], at: number, piece: Piece, reading: Reading) {
  const { folded } = reading.setting;
  const next = at + 1;
  const { start, end } = piece;
  switch (piece.kind) {
    case "hex":
      return { found: readHex(piece, folded, reading.context), next };
    case "ens": {
      const original = folded.original.slice(originOf(folded, start), originOf(folded, end));
      // Letters of a foreign script inside a Latin name imitate another name.
      const plain = /^[a-z0-9._-]+$/.test(piece.text) && original.toLowerCase() === piece.text;
      return { found: { kind: "ens" as const, letter: plain ? "" : "q", value: piece.text, start, end }, next };
    }
    case "clock":
      return { found: { kind: "time" as const, letter: "", value: clockOf(piece.text), start, end }, next };
    case "date":
      return readDate(pieces, at, reading.context.now);
    case "digits":
      return (
        readDate(pieces, at, reading.context.now) ??
        readTime(pieces, at, folded.text) ??
        readName(pieces, at) ??
        readNumber(pieces, at, reading.language)
      );
    case "word": {
      const contact = reading.contacts.get(piece.text);
      if (contact !== undefined)
        return { found: { kind: "address" as const, letter: "c", value: contact, start, end }, next };
      return (
        readDate(pieces, at, reading.context.now) ??
        readTime(pieces, at, folded.text) ??
        (folded.invisible.size > 0 ? readLookalike(pieces, at, reading.setting) : undefined) ??
        readName(pieces, at) ??
        readNumber(pieces, at, reading.language) ??
        readArticle(pieces, at, reading.language) ??
        readSuffixed(pieces, at, reading.language) ??
        readWord(pieces, at, reading.setting)
      );
    }
    case "glyph":
      return readNumber(pieces, at, reading.language);
    case "other":
      return readName(pieces, at) ?? readCjk(pieces, at);
    default:
      return undefined;
  }
}

function readCjk(pieces: readonly Piece[], at: number) {
  const read = readCjkNumber(pieces, at);
  return read === undefined ? undefined : finishUnits(pieces, read);
}

const ARTICLES: Readonly<Partial<Record<Language, readonly string[]>>> = {
  en: ["a", "an"],
  es: ["un"],
  pt: ["um"],
  de: ["ein", "einen"],
  fr: ["un"],
  it: ["un"],
  tr: ["bir"],
  id: ["satu"],
  ru: ["один"],
};
/** Before "a single eth" where nothing is to be done with it: "what is a single eth worth". */
const ASKED_BEFORE = /^(is|does|not|own|owned)$/;
const COMPOUND_NOUN =
  /^(loan|position|balance|debt|swap|pool|vault|whale|holder|price|transfer|deposit|address|token|tokens|maxi|bag|supply|market|rate|yield|rebalancer|stack|contract|order|purchase|payment|trade|wallet|account|user|fan|guy|v\d|lp|apy|limit|budget|dip|pair)$/;

/** "an ether", "a weth", "a single usdc": one of it, where the token's name does not merely describe the next noun. */
function readArticle(pieces: readonly Piece[], at: number, language: Language) {
  const article = pieces[at];
  if (article === undefined || ARTICLES[language]?.includes(article.text) !== true) return undefined;
  const behind = skipSpace(pieces, at + 1);
  const single = language === "en" && /^(single|whole)$/.test(pieces[behind]?.text ?? "");
  const named = readName(pieces, single ? skipSpace(pieces, behind + 1) : behind);
  if (named?.found.kind !== "token" || (named.found.letter === "s" && !single)) return undefined;
  const after = pieces[skipSpace(pieces, named.next, true)]?.text ?? "";
  const before = pieces[at - 2]?.text ?? "";
  if (single && ASKED_BEFORE.test(before)) return undefined;
  if (COMPOUND_NOUN.test(after) || /^(half|quarter|third|fifth|tenth|such|of|what|not)$/.test(before)) return undefined;
  const end = single ? (pieces[behind]?.end ?? article.end) : article.end;
  return {
    found: { kind: "number" as const, letter: "", value: "1", start: article.start, end },
    next: single ? behind + 1 : at + 1,
  };
}

/** Most everyday words in capitals: capitals then say nothing about a word. Symbols are in capitals anyway. */
function isShouted(text: string): boolean {
  const words = (text.slice(0, 2000).match(/[A-Za-z]{3,}/g) ?? []).filter((word) => !SYMBOLS.has(word.toLowerCase()));
  const capital = words.filter((word) => word === word.toUpperCase());
  const everyday = capital.some((word) => isCommonWord(word.toLowerCase()));
  return everyday && capital.length / words.length > 0.6;
}

/** "8am", "20:30" as "HH:MM". */
function clockOf(text: string): string {
  const match = /^(\d{1,2})(?::(\d\d))?\s?(am|pm)?$/.exec(text);
  const hour = Number(match?.[1] ?? 0);
  const half = match?.[3];
  const full = half === undefined ? hour : (hour % 12) + (half === "pm" ? 12 : 0);
  return `${String(full).padStart(2, "0")}:${match?.[2] ?? "00"}`;
}
