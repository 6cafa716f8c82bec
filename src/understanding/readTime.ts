import type { Piece } from "./lexText.ts";
import type { Found } from "./spans.ts";

const WORDS = "one two three four five six seven eight nine ten eleven twelve".split(" ");
const HOUR = `(\\d{1,2}|${WORDS.join("|")})`;
/** What such a time can begin with; most pieces of a message do not. */
const BEGINS = new RegExp(`^(?:${HOUR}|noon|midnight|midday)$`);
/** "nine in the morning", "8 o'clock at night", "6 uhr". */
const SAID = new RegExp(
  `^${HOUR}(?:(?: o'? ?clock| uhr)?(?: (?:utc|gmt))? (?:in the (morning|afternoon|evening)|at (night))| (?:o'? ?clock|uhr)(?![a-z]))`,
);
/** "noon", "midnight": behind "at" only, because both are also times of a story. */
const NAMED = /^(noon|midnight|midday)(?![a-z])/;
/** Behind "every day at", a bare number is an hour. */
const RHYTHM =
  /(?:every ?day|daily|each day|week ?days|every (?:morning|evening|night|afternoon|week ?day)|each (?:morning|evening|night|afternoon|week ?day))(?: of the week)?,? at $/;
const BARE = new RegExp(
  `^${HOUR}(?: (?:utc|gmt))?(?=\\s*(?:$|[,;:!?)]|\\.(?!\\d)|(?:i |we |please |pls |buy|sell|swap|send|put|take|lend|stake|convert|move|repay|pay|turn|for |with |my )))`,
);

/** A time of day in words, as "HH:MM" (UTC), at one place of the folded text; and the index of the piece after it. */
export function readTime(
  pieces: readonly Piece[],
  at: number,
  text: string,
): { readonly found: Found; readonly next: number } | undefined {
  const piece = pieces[at];
  if (piece === undefined || !BEGINS.test(piece.text)) return undefined;
  const [before, after] = [
    text.slice(Math.max(0, piece.start - 40), piece.start),
    text.slice(piece.start, piece.start + 40),
  ];
  const said = SAID.exec(after);
  if (said !== null) return found(pieces, at, said[0].length, hourOf(said[1] ?? "", said[2] ?? said[3] ?? ""));
  const named = /(?:^|\s)at $/.test(before) ? NAMED.exec(after) : null;
  if (named !== null) return found(pieces, at, named[0].length, named[1] === "midnight" ? 0 : 12);
  const rhythm = RHYTHM.exec(before);
  const bare = rhythm === null ? null : BARE.exec(after);
  if (rhythm === null || bare === null) return undefined;
  return found(pieces, at, bare[0].length, hourOf(bare[1] ?? "", /evening|night|afternoon/.exec(rhythm[0])?.[0] ?? ""));
}

function hourOf(hour: string, part: string): number {
  const number = /^\d/.test(hour) ? Number(hour) : WORDS.indexOf(hour) + 1;
  if (number > 12 || part === "" || part === "morning") return part === "morning" && number === 12 ? 0 : number;
  if (number === 12) return part === "night" ? 0 : 12;
  return number + 12;
}

function found(pieces: readonly Piece[], at: number, length: number, hour: number) {
  const start = pieces[at]?.start ?? 0;
  const end = start + length;
  const after = pieces.findIndex((piece, index) => index > at && piece.start >= end);
  if (hour > 23) return undefined;
  const value = `${String(hour).padStart(2, "0")}:00`;
  return { found: { kind: "time" as const, letter: "", value, start, end }, next: after < 0 ? pieces.length : after };
}
