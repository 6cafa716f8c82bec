import type { Token } from "./token.ts";

/** Letters of other scripts that are drawn like Latin ones, and digits that are drawn like letters. */
const DRAWN_AS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ["аαàáâãäå", "a"],
    ["вβ", "b"],
    ["сϲç", "c"],
    ["ԁď", "d"],
    ["еεéèêë", "e"],
    ["нη", "h"],
    ["кκ", "k"],
    ["мμ", "m"],
    ["ոńñ", "n"],
    ["оοσ0öóò", "o"],
    ["рρ", "p"],
    ["ѕ5šş", "s"],
    ["тτŧ", "t"],
    ["υüú", "u"],
    ["хχ", "x"],
    ["уγý", "y"],
    ["іι1iíìï|ӏ", "l"],
  ].flatMap(([drawn = "", as = ""]) => [...drawn].map((letter) => [letter, as])),
);

/** Symbols shorter than this resemble too many words by one letter. */
const SHORTEST_NEAR = 4;

/** Listed symbols that a text is drawn like, or that it misses by one letter; the text itself is not among them. */
export function similarSymbols(text: string, tokens: readonly Token[]): readonly string[] {
  const wanted = skeleton(text);
  const listed = [...new Set(tokens.map(({ symbol }) => symbol))]
    .filter((symbol) => symbol !== text)
    .map((symbol) => ({ symbol, drawn: skeleton(symbol) }));
  const same = listed.filter(({ drawn }) => drawn === wanted);
  const near = listed.filter(({ drawn }) => drawn.length >= SHORTEST_NEAR && oneEditApart(drawn, wanted));
  return (same.length > 0 ? same : near).slice(0, 3).map(({ symbol }) => symbol);
}

/** What a text is drawn like: lower case, look-alike letters as Latin ones, everything but letters and digits left out. */
export function skeleton(text: string): string {
  const plain = text.slice(0, 64).normalize("NFKC").toLowerCase();
  return [...plain]
    .map((letter) => DRAWN_AS[letter] ?? letter)
    .filter((letter) => /^[a-z2-9]$/.test(letter))
    .join("");
}

/** One letter more, less or other. */
function oneEditApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  return short.length === long.length
    ? short.slice(at + 1) === long.slice(at + 1)
    : short.slice(at) === long.slice(at + 1);
}
