import { CHAIN_NAMES, PROTOCOL_NAMES } from "./lexicon/protocols.ts";
import { isWordSymbol, SYMBOLS, TOKEN_NAMES } from "./lexicon/tokens.ts";
import type { Piece } from "./lexText.ts";
import type { Found, SpanKind } from "./spans.ts";

type Entry = { readonly kind: SpanKind; readonly letter: string; readonly value: string };

const NAMES: ReadonlyMap<string, Entry> = new Map<string, Entry>([
  ...[...SYMBOLS]
    .filter(([lower]) => !isWordSymbol(lower))
    .map(([lower, known]) => entry(lower, "token", known.letter, known.symbol)),
  ...[...TOKEN_NAMES].map(([name, known]) => entry(name, "token", known.letter, known.symbol)),
  ...[...CHAIN_NAMES].map(([name, id]) => entry(name, "chain", "", id)),
  ...[...PROTOCOL_NAMES].map(([name, known]) => entry(name, "protocol", known.letter, known.id)),
  ...[
    "zero address",
    "null address",
    "burn address",
    "dead address",
    "address zero",
    "zero addr",
    "the void address",
    "burn addr",
    "null addr",
  ].map((name) => entry(name, "address", "z", "burn")),
]);

/** Longest name in words, per first word: bounds the look-ahead. */
const LONGEST: ReadonlyMap<string, number> = longestByFirst();
/** Names in scripts that write without spaces, longest first. */
const CJK = [...NAMES.keys()]
  .filter((name) => /^[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/.test(name))
  .sort((a, b) => b.length - a.length);
const CYRILLIC: readonly (readonly [RegExp, Entry])[] = [
  [/^эфир(а|у|ом|е|ы|ов)?$/, { kind: "token", letter: "e", value: "ETH" }],
  [
    /^(биток|битк[аиуео]|битком|биткоин\p{L}{0,3}|битко[ийя]н\p{L}{0,3})$/u,
    { kind: "token", letter: "b", value: "WBTC" },
  ],
  [/^(тезер|тетер|юсдт|усдт)(а|у|ом|е|ы|ов)?$/, { kind: "token", letter: "s", value: "USDT" }],
  [/^(юсдс|усдс|юсдц)(а|у|ом|е|ы|ов)?$/, { kind: "token", letter: "s", value: "USDC" }],
  [/^(линк|чейнлинк)(а|у|ом|е|и|ов)?$/, { kind: "token", letter: "x", value: "LINK" }],
  [/^спарк(а|у|ом|е)?$/, { kind: "protocol", letter: "l", value: "spark" }],
  [/^морфо$/, { kind: "protocol", letter: "l", value: "morpho" }],
  [/^компаунд(а|у|ом|е)?$/, { kind: "protocol", letter: "l", value: "compound-v3" }],
  [/^а(а|)в(е|э)$/, { kind: "protocol", letter: "a", value: "aave-v3" }],
  [/^юнисвап(а|у|ом|е)?$/, { kind: "protocol", letter: "d", value: "uniswap-v3" }],
  [/^лидо$/, { kind: "protocol", letter: "s", value: "lido" }],
];

/** Reads a token, protocol or chain name at piece `at`; the longest name wins. */
export function readName(
  pieces: readonly Piece[],
  at: number,
): { readonly found: Found; readonly next: number } | undefined {
  const first = pieces[at];
  if (first === undefined) return undefined;
  const isWord = first.kind === "word" || first.kind === "digits";
  if (isWord && /[\u0400-\u04ff]/.test(first.text)) return readCyrillic(first, at);
  if (!isWord) return first.kind === "other" ? readCjk(pieces, at) : undefined;
  const limit = LONGEST.get(first.text) ?? 0;
  let best: { found: Found; next: number } | undefined;
  let text = first.text;
  let index = at;
  for (let count = 1; count <= limit; count++) {
    const known = NAMES.get(text);
    const last = pieces[index];
    if (known !== undefined && last !== undefined && endsCleanly(pieces, index)) {
      best = { found: { ...known, start: first.start, end: last.end }, next: index + 1 };
    }
    const following = pieces[index + 1];
    if (following === undefined) break;
    if (following.kind === "space") {
      text += " ";
      index += 2;
    } else {
      index += 1;
    }
    text += pieces[index]?.text ?? "";
  }
  return best !== undefined && isOrdinaryWord(pieces, at, best.next, best.found) ? undefined : best;
}

/** "aave's" is two names glued; "uni-v3" continues; a letter right after would cut a longer word. */
function endsCleanly(pieces: readonly Piece[], index: number): boolean {
  const following = pieces[index + 1];
  return following === undefined || following.kind !== "word";
}

const LINK_BEFORE = new Set([
  "this",
  "that",
  "click",
  "a",
  "following",
  "phishing",
  "website",
  "web",
  "discord",
  "same",
  "bad",
]);

/** Words that are tokens or protocols elsewhere but plain words here. */
function isOrdinaryWord(pieces: readonly Piece[], at: number, next: number, found: Found): boolean {
  const before = neighbour(pieces, at, -1);
  const after = neighbour(pieces, next - 1, 1);
  const text = pieces[at]?.text ?? "";
  if (next > at + 1) return false;
  if (text === "link")
    return (
      (LINK_BEFORE.has(before) && !/^(loan|position|balance|debt|bag|stack)$/.test(after)) || /^https?$/.test(after)
    );
  if (text === "maker" || text === "makers") return before === "market" || before === "coffee";
  if (text === "compound") return after === "interest" || after === "it" || before === "auto";
  if (text === "curve") return before === "yield" || before === "learning" || before === "the";
  if (text === "op") return before === "co" || before === "no";
  if (
    text === "savings" &&
    (before === "my" ||
      before === "life" ||
      before === "own" ||
      before === "her" ||
      before === "his" ||
      before === "our")
  )
    return !/^(vault|account)$/.test(after) && found.value === "savings" && before !== "my";
  return false;
}

function neighbour(pieces: readonly Piece[], at: number, step: 1 | -1): string {
  for (let index = at + step; index >= 0 && index < pieces.length && Math.abs(index - at) < 4; index += step) {
    const piece = pieces[index];
    if (piece?.kind !== "space") return piece?.text ?? "";
  }
  return "";
}

function readCyrillic(piece: Piece, at: number): { found: Found; next: number } | undefined {
  for (const [pattern, known] of CYRILLIC) {
    if (pattern.test(piece.text)) return { found: { ...known, start: piece.start, end: piece.end }, next: at + 1 };
  }
  return undefined;
}

function readCjk(pieces: readonly Piece[], at: number): { found: Found; next: number } | undefined {
  const first = pieces[at]?.text ?? "";
  if (!/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/.test(first)) return undefined;
  let text = "";
  for (let index = at; index < at + 9; index++) text += pieces[index]?.text ?? "";
  const name = CJK.find((candidate) => text.startsWith(candidate));
  const known = name === undefined ? undefined : NAMES.get(name);
  if (name === undefined || known === undefined) return undefined;
  const start = pieces[at]?.start ?? 0;
  let next = at;
  while ((pieces[next]?.start ?? Number.POSITIVE_INFINITY) < start + name.length) next++;
  return { found: { ...known, start, end: start + name.length }, next };
}

function entry(name: string, kind: SpanKind, letter: string, value: string): [string, Entry] {
  return [name, { kind, letter, value }];
}

/** Pieces of a name: words and the marks between them. */
function longestByFirst(): Map<string, number> {
  const longest = new Map<string, number>();
  for (const name of NAMES.keys()) {
    const parts = name.split(/(?=[-'])|(?<=[-'])|\s+/);
    const first = (parts[0] ?? name).match(/^\d+(?=[a-z])/)?.[0] ?? parts[0] ?? name;
    longest.set(first, Math.max(longest.get(first) ?? 0, parts.length + (first === parts[0] ? 0 : 1)));
  }
  return longest;
}
