/** One lexical piece of a folded message. */
export type Piece = {
  readonly kind: "space" | "hex" | "ens" | "date" | "clock" | "digits" | "word" | "glyph" | "other";
  readonly text: string;
  readonly start: number;
  readonly end: number;
};

const LETTERS = "a-z\\u00c0-\\u024f\\u0370-\\u03ff\\u0400-\\u052f\\u1e00-\\u1eff";
const RULES: readonly (readonly [Piece["kind"], string])[] = [
  ["space", "\\s+"],
  ["hex", "0x[0-9a-f]*(?:(?:\\u2026|\\.{2,6})[0-9a-f]+)?(?![a-z0-9])|(?<![a-z0-9])[0-9a-f]{64}(?![a-z0-9])"],
  ["ens", `[${LETTERS}0-9_][${LETTERS}0-9_-]*(?:\\.[${LETTERS}0-9_-]+)*\\.eth(?![${LETTERS}0-9_-])`],
  [
    "date",
    "(?<!\\d)20\\d\\d年\\d{1,2}月\\d{1,2}[日号]|(?<!\\d)20\\d\\d-\\d{1,2}-\\d{1,2}(?:t\\d{1,2}:\\d\\d(?::\\d\\d)?z?)?(?!\\d)|(?<!\\d)\\d{1,2}[./]\\d{1,2}[./]20\\d\\d(?!\\d)",
  ],
  [
    "clock",
    "(?<![\\d:])(?:[01]?\\d|2[0-3]):[0-5]\\d(?![\\d:])|(?<![\\d.,])(?:1[0-2]|0?[1-9])(?::[0-5]\\d)?\\s?(?:am|pm)(?![a-z])",
  ],
  [
    "digits",
    "(?<![\\d])(?:\\d{1,3}(?:[ \\u00a0\\u202f']\\d{3})+(?:[.,]\\d+)?(?!\\d)|\\d[\\d.,]*\\d|\\d|(?:\\.|(?<=^|[\\s$(]),)\\d+)",
  ],
  // The first part reads "ETH1.5枚", "USDC100个", a symbol and the number of it; the second "swap100usdc".
  [
    "word",
    `[a-z]{3,6}(?=\\d+(?:\\.\\d+)?[枚個个])|(?:swap|send|sell|lend|stake|pay|bridge|borrow|repay|deposit|withdraw|supply|transfer|move)(?=\\d)|[${LETTERS}_][${LETTERS}0-9_]*`,
  ],
  ["glyph", "[\\u00bc-\\u00be\\u2150-\\u215e]"],
  ["other", "[\\s\\S]"],
];
const LEXER = new RegExp(RULES.map(([kind, source]) => `(?<${kind}>${source})`).join("|"), "gy");

/** Splits a folded message into pieces that cover it without gaps. Linear in practice: no rule backtracks far. */
export function lexText(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  LEXER.lastIndex = 0;
  for (let match = LEXER.exec(text); match !== null && match[0] !== ""; match = LEXER.exec(text)) {
    const groups = match.groups ?? {};
    for (const [kind] of RULES) {
      if (groups[kind] !== undefined) {
        pieces.push({ kind, text: match[0], start: match.index, end: match.index + match[0].length });
        break;
      }
    }
  }
  return pieces;
}
