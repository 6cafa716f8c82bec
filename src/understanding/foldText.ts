/** A message folded for reading: lower case, width variants and invisible characters removed, offsets kept. */
export type Folded = {
  readonly text: string;
  /** Offset in the original for every code unit of `text`, plus one entry for the end. */
  readonly origin: readonly number[] | undefined;
  /** Offsets in `text` where an invisible character was removed. */
  readonly invisible: ReadonlySet<number>;
  readonly original: string;
};

const INVISIBLE =
  /(?:\u034f|\u17b4|\u17b5|[\u180b-\u180d]|\u180e|[\u00ad\u061c\u115f\u1160\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb])/;
const NONE: ReadonlySet<number> = new Set();

/** Folds one message. Linear in its length. ASCII text keeps its offsets. */
export function foldText(original: string): Folded {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the test is exactly "is it ASCII"
  if (/^[\x00-\x7f]*$/.test(original)) {
    return { text: original.toLowerCase(), origin: undefined, invisible: NONE, original };
  }
  const parts: string[] = [];
  const origin: number[] = [];
  const invisible = new Set<number>();
  let length = 0;
  for (let at = 0; at < original.length; ) {
    const point = original.codePointAt(at) ?? 0;
    const char = String.fromCodePoint(point);
    if (INVISIBLE.test(char)) {
      invisible.add(length);
    } else {
      const folded = foldChar(char);
      parts.push(folded);
      for (let unit = 0; unit < folded.length; unit++) origin.push(at);
      length += folded.length;
    }
    at += char.length;
  }
  origin.push(original.length);
  return { text: parts.join(""), origin, invisible, original };
}

/** Vulgar fractions keep their glyph: NFKC would turn "2½" into "21⁄2". */
function foldChar(char: string): string {
  if (/[\u00bc-\u00be\u2150-\u215e]/.test(char)) return char;
  if (/[\u2018\u2019\u02bc]/.test(char)) return "'";
  if (/[\u201c\u201d\u00ab\u00bb]/.test(char)) return '"';
  if (/[\u2010-\u2012\u2212]/.test(char)) return "-";
  if (/[\u00b2\u00b3\u00b9\u2070-\u209f]/.test(char)) return char;
  return char.normalize("NFKC").toLowerCase().replace("i\u0307", "i");
}

/** Offset in the original message of an offset in the folded text. */
export function originOf(folded: Folded, offset: number): number {
  return folded.origin === undefined ? offset : (folded.origin[offset] ?? folded.original.length);
}
