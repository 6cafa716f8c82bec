import type { Found, SpanKind } from "./spans.ts";

/** What of an assistant's turn the owner may pick by its place. */
type Heard = {
  /** Folded text of the assistant's turn, and what was found in it. */
  readonly text: string;
  readonly found: readonly Found[];
  /** What the owner had said before it, as `kind:value`: not on offer but repeated. */
  readonly said: ReadonlySet<string>;
};

const PICKABLE: readonly SpanKind[] = ["token", "protocol", "chain"];
const MOST = 6;
/** A list's marker at the start of a line or of a sentence. */
const MARKER = /(?:^|[\n;:,.?!]\s?)\s*[1-6][.)]\s|\s[1-6]\)\s/g;
/** What stands between two neighbours of a list, in the languages of the corpus. */
const SEPARATED =
  /^[^?!]{0,60}$(?<=(?:[,;\n•|、/]|\. | [1-6]\) | (?:or|and|vs|versus|oder|und|ou|et|o|u|y|e|veya|ve|atau|dan|или|и) |或|和|か|と).*)/su;

/** Rows of ordinals in the languages of the corpus; a number's place in its row is its place in the list. */
const ORDINALS = [
  "first second third fourth fifth sixth",
  "1st 2nd 3rd 4th 5th 6th",
  "primero segundo tercero cuarto quinto sexto",
  "primera segunda tercera cuarta quinta sexta",
  "primeiro segundo terceiro quarto quinto sexto",
  "primeira segunda terceira quarta quinta sexta",
  "erste zweite dritte vierte fünfte sechste",
  "ersten zweiten dritten vierten fünften sechsten",
  "premier deuxième troisième quatrième cinquième sixième",
  "première seconde troisième quatrième cinquième sixième",
  "primo secondo terzo quarto quinto sesto",
  "prima seconda terza quarta quinta sesta",
  "birinci ikinci üçüncü dördüncü beşinci altıncı",
  "birincisi ikincisi üçüncüsü dördüncüsü beşincisi altıncısı",
  "pertama kedua ketiga keempat kelima keenam",
  "первый второй третий четвёртый пятый шестой",
  "первое второе третье четвёртое пятое шестое",
  "первую вторую третью четвёртую пятую шестую",
  "第一个 第二个 第三个 第四个 第五个 第六个",
  "一番目 二番目 三番目 四番目 五番目 六番目",
  "1つ目 2つ目 3つ目 4つ目 5つ目 6つ目",
].map((row) => row.split(" "));
const PLACES: ReadonlyMap<string, number> = new Map(
  ORDINALS.flatMap((row) => row.map((word, index) => [word, index] as const)),
);
const LAST = "last|letzte|letzten|último|última|dernier|dernière|ultimo|ultima|terakhir|最後";
const MIDDLE = "middle|mittlere|mittleren";
const ANY = [...PLACES.keys(), LAST, MIDDLE].join("|");

/** "the second one", "third option": wherever it stands. */
const NAMED = new RegExp(
  `(?<!\\p{L})(?:the |that )?(${ANY})(?: one| option| choice| offer| entry| opción| opção| option| opzione| вариант)(?!\\p{L})`,
  "gu",
);
/** "the second", "la segunda", "yang kedua", "ikincisi": alone, or before what is no noun. */
const BARE = new RegExp(
  `(?<!\\p{L})(?:the|el|la|lo|il|o|a|das|die|der|den|dem|zum|beim|le|yang) (${ANY})(?=\\s*$|\\s*[,.!;:)]|\\s+(?:please|pls|plz|then|for|with|but|and|thanks|thx|it is|pero|aber|bitte|mais|ma|por favor)(?!\\p{L}))`,
  "gu",
);
const WHOLE = new RegExp(`^(${ANY})(?: please| pls)?\\s*[.!]?$`, "gu");
const OF_TWO = /(?<!\p{L})(?:the )?(former|latter)(?!\p{L})/gu;
const NUMBERED =
  /(?<![\p{L}\p{N}])(?:option |number |no\. ?|nr\. ?|# ?|opción |opção |nummer )([1-6]|one|two|three|four|five|six)(?![\p{L}\p{N}]|[.,]\d)/gu;
const DIGIT = /^([1-6])\s*[.!)]?$/gu;

/**
 * The token, lender or chain that the owner picks by its place in what the assistant has just offered ("the second one",
 * "option 2", "the latter"). Only where the offer leaves no doubt: one row of things that the owner had not named
 * before, or pairs of two kinds ("1. USDC on Aave 2. DAI on Spark"), which give two pieces.
 */
export function readPick(text: string, heard: Heard): readonly Found[] {
  const rows = rowsOf(heard);
  const size = rows[0]?.length ?? 0;
  if (size === 0) return [];
  return matchesIn(text, size, heard.text.search(MARKER) >= 0)
    .filter(({ place }) => place < size)
    .flatMap((match) =>
      spread(
        text,
        match,
        rows.flatMap((row) => row[match.place] ?? []),
      ),
    );
}

type Match = { readonly place: number; readonly start: number; readonly end: number };

function matchesIn(text: string, size: number, listed: boolean): readonly Match[] {
  const ordinals = [NAMED, BARE, WHOLE].flatMap((pattern) =>
    [...text.matchAll(pattern)].map((found) => at(found, placeOf(found[1] ?? "", size))),
  );
  const ofTwo = size === 2 ? [...text.matchAll(OF_TWO)].map((found) => at(found, found[1] === "former" ? 0 : 1)) : [];
  const numbered = [NUMBERED, ...(listed ? [DIGIT] : [])].flatMap((pattern) =>
    [...text.matchAll(pattern)].map((found) => at(found, numberOf(found[1] ?? "") - 1)),
  );
  const all = [...ordinals, ...ofTwo, ...numbered].sort((a, b) => a.start - b.start);
  return all.filter(({ start }, index) => start >= (all[index - 1]?.end ?? 0));
}

const CARDINALS = ["one", "two", "three", "four", "five", "six"];

function numberOf(text: string): number {
  const word = CARDINALS.indexOf(text);
  return word < 0 ? Number(text) : word + 1;
}

/** "The middle one" is one of three; of other lists it is none. */
function placeOf(word: string, size: number): number {
  if (MIDDLE.split("|").includes(word)) return size === 3 ? 1 : size;
  return PLACES.get(word) ?? size - 1;
}

function at(found: RegExpExecArray, place: number): Match {
  return { place, start: found.index, end: found.index + found[0].length };
}

/** The offer as one row, or two of equal length whose members stand in pairs; nothing where it is neither. */
function rowsOf(heard: Heard): readonly (readonly Found[])[] {
  const rows = PICKABLE.map((kind) => rowOf(kind, heard)).filter((row) => row.length > 1);
  const [first, second] = rows;
  const markers = heard.text.match(MARKER)?.length ?? 0;
  if (first === undefined || (markers > 1 && rows.some((row) => row.length !== markers))) return [];
  if (second === undefined) return [first];
  return rows.length === 2 && inPairs(first, second) ? rows : [];
}

/** The one run of things of a kind that stand side by side; nothing where there are two runs, or pools ("ETH/USDC"). */
function rowOf(kind: SpanKind, { text, found, said }: Heard): readonly Found[] {
  const all = found.filter((one) => one.kind === kind && one.letter !== "u" && one.letter !== "q");
  const runs: Found[][] = [];
  for (const [index, one] of all.entries()) {
    const before = all[index - 1];
    const between = before === undefined ? "" : text.slice(before.end, one.start);
    if (between === "/") return [];
    if (before !== undefined && SEPARATED.test(between)) runs.at(-1)?.push(one);
    else runs.push([one]);
  }
  const rows = runs
    .map((run) => run.filter((one, index) => run.findIndex(({ value }) => value === one.value) === index))
    .filter((run) => run.length > 1);
  const [row = []] = rows;
  const news = row.some(({ value }) => !said.has(`${kind}:${value.toLowerCase()}`));
  return rows.length === 1 && row.length <= MOST && news ? row : [];
}

function inPairs(left: readonly Found[], right: readonly Found[]): boolean {
  if (left.length !== right.length) return false;
  const [before, after] = (left[0]?.start ?? 0) < (right[0]?.start ?? 0) ? [left, right] : [right, left];
  const order = before.flatMap((one, index) => [one.start, after[index]?.start ?? 0]);
  return order.every((start, index) => index === 0 || start > (order[index - 1] ?? 0));
}

/** The picked things over the words that pick them; two share the words at a blank. */
function spread(text: string, { start, end }: Match, picked: readonly Found[]): readonly Found[] {
  const [first, second] = picked;
  if (first === undefined) return [];
  if (second === undefined) return [{ ...first, start, end }];
  const blank = text.slice(start, end).lastIndexOf(" ");
  if (blank < 0) return [];
  return [
    { ...first, start, end: start + blank },
    { ...second, start: start + blank + 1, end },
  ];
}
