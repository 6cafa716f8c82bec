import type { Grounding } from "../domain/grounding.ts";
import type { Message } from "../domain/intent.ts";
import { NotOwnersWordsError } from "./resolveField.ts";
import type { Span } from "./spans.ts";

/** Quotation marks of the languages of the corpus, code fences, quoted or forwarded mail, system blocks, JSON objects. */
const QUOTED = [
  // Every pair, however short, so that what stands between two quotations is not taken for one.
  /"[^"]*"/g,
  /\u201c[^\u201c\u201d]{12,}\u201d/g,
  /\u201e[^\u201c\u201d\u201e]{12,}[\u201c\u201d]/g,
  /\u00ab[^\u00ab\u00bb]{12,}\u00bb/g,
  /\u300c[^\u300c\u300d]{6,}\u300d/g,
  /(?<=^|[\s:(])'(?:[^'\n]|(?<=\p{L})'(?=\p{L})){12,}'(?=$|[\s.,;:!?)])/gu,
  /```(?:[^`]|`(?!``))+```/g,
  /^>.*$/gm,
  /\[(system|admin|tool|assistant)\b[^\]]*\][\s\S]*?(?:\[\/\1\]|$)/gi,
  /\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\}){12,}\}/g,
  /^-{2,}\s*(?:fwd|fw|forwarded|original message|begin forwarded)[\s\S]*$/gim,
  /<!--[\s\S]*?(?:-->|$)/g,
  // A role of a chat model at the start of a line is nobody's signature but an injection's.
  /^\W{0,3}(?:system|assistant|developer|tool)(?: (?:message|prompt|note|override))?\s*:.*$/gim,
  /<(system|assistant|tool|instructions?)>[\s\S]*?(?:<\/\1>|$)/gi,
] as const;
/** Between shorter pairs of straight marks stands a word and not a sentence. */
const SHORTEST_STRAIGHT = 14;

/** What the owner makes their own by saying it again outside. */
const REPEATED: ReadonlySet<Span["kind"]> = new Set<Span["kind"]>(["number", "address", "ens"]);

export type Quotable = {
  readonly groundings: readonly Grounding[];
  readonly spans: readonly Span[];
  readonly messages: readonly Message[];
  /** The owner's last message. */
  readonly lastTurn: LastTurn;
};

type LastTurn = { readonly turn: number; readonly text: string };

/**
 * Quoted text is data (Reading 3): an action all of whose words stand inside quotation marks is somebody else's wish, as
 * long as the owner says something beside the quotation ("translate this: …"). One word of the action outside, an
 * amount or a recipient, makes it the owner's own; of a payment, the amount or the recipient. A limit counts by itself. An
 * order that points at the quotation makes it the owner's; a recipient that only an earlier message quoted needs one.
 *
 * @throws {NotOwnersWordsError}
 */
export function guardQuoted({ groundings, spans, messages, lastTurn }: Quotable): void {
  const quotations = new Map(
    messages.map(({ role, content }, turn) => [turn, role === "user" ? quotationsIn(content) : []] as const),
  );
  if ([...quotations.values()].every((regions) => regions.length === 0)) return;
  const inside = ({ turn, start, end }: Pick<Span, "turn" | "start" | "end">) =>
    quotations.get(turn)?.some(([from, to]) => start >= from && end <= to) === true;
  const own = spans.filter((span) => span.owner && REPEATED.has(span.kind) && !inside(span));
  const repeated = ({ turn, start }: Grounding) => {
    const said = spans.find((span) => span.turn === turn && span.start === start);
    return own.some(({ kind, value }) => kind === said?.kind && value === said.value);
  };
  const foreign = (word: Grounding) => inside(word) && !repeated(word);
  const pointed = pointsAtQuote(lastTurn.text, quotations.get(lastTurn.turn) ?? []);
  const pays = pointed && !own.some(({ turn }) => turn === lastTurn.turn);
  const wishes = new Set(
    groundings.flatMap(({ field }) => /^(?:actions\[\d+\]|constraints\.\w+)/.exec(field)?.[0] ?? []),
  );
  for (const wish of wishes) {
    const words = tellingOf(groundings.filter(({ field }) => field.startsWith(wish)));
    if ((words.every(foreign) || onlyForeignOfItsOwn(groundings, wish, words, foreign)) && !pays)
      throw new NotOwnersWordsError("action", textOf(words));
    const earlier = words.find(({ field, turn }) => turn < lastTurn.turn && /\]\.(?:to|spender)$/.test(field));
    if (earlier !== undefined && foreign(earlier) && !pointed && !POINTER.test(lastTurn.text))
      throw new NotOwnersWordsError("to", earlier.text);
  }
}

/**
 * Words that other wishes ground too do not make a wish the owner's: "swap eth for wbtc" beside a quoted advertisement of a
 * lender does not ask to lend the wbtc.
 */
function onlyForeignOfItsOwn(
  groundings: readonly Grounding[],
  wish: string,
  words: readonly Grounding[],
  foreign: (word: Grounding) => boolean,
): boolean {
  const others = groundings.filter(({ field }) => !field.startsWith(wish));
  const own = words.filter((word) => !others.some(({ turn, start }) => turn === word.turn && start === word.start));
  return own.length > 0 && own.every(foreign);
}

/** Quotations of a message in which something is said beside them. */
function quotationsIn(text: string): readonly (readonly [number, number])[] {
  const regions = quotedRegions(text);
  return saysMore(text, regions) ? regions : [];
}

function textOf(words: readonly Grounding[]): string {
  return words
    .map(({ text }) => text)
    .join(" ")
    .slice(0, 60);
}

/** Words that mean somebody or something named before. English and its neighbours. */
const POINTER =
  /(?<!\p{L})(?:him|her|them|there|it|that|this|same|address|wallet|one|he|she|they|él|ella|ahí|ele|ela|lá|ihm|ihr|dorthin|lui|elle|lei|lì|ona|oraya|dia|ke sana|ему|ей|туда)(?!\p{L})|他|她|那|そこ|彼/iu;

/**
 * The words that show whose wish it is: of a payment its amount and its recipient alone, because a token is soon named in
 * a question about somebody else's payment.
 */
function tellingOf(words: readonly Grounding[]): readonly Grounding[] {
  const pays = words.some(({ field }) => /\]\.to$/.test(field));
  return pays ? words.filter(({ field }) => /\]\.(?:to|amount)$/.test(field)) : words;
}

/**
 * The spans that may be the owner's own figures: without those in a quotation of the last message that the draft does not
 * point into. What an advertisement promises or a pasted order says was not left out by mistake.
 */
export function outsideQuotes(spans: readonly Span[], used: ReadonlySet<string>, lastTurn: LastTurn): readonly Span[] {
  const inside = (span: Span, [from, to]: readonly [number, number]) =>
    span.turn === lastTurn.turn && span.start >= from && span.end <= to;
  const idle = quotedRegions(lastTurn.text).filter(
    (region) => !spans.some((span) => inside(span, region) && ownReference(span, spans, used, region)),
  );
  return spans.filter((span) => !idle.some((region) => inside(span, region)));
}

/** Used by the draft, and said nowhere but in this quotation. */
function ownReference(
  span: Span,
  spans: readonly Span[],
  used: ReadonlySet<string>,
  [from, to]: readonly [number, number],
): boolean {
  if (!used.has(span.ref)) return false;
  return !spans.some((one) => one.ref === span.ref && one.owner && !(one.start >= from && one.end <= to));
}

/** The owner's last message with its quotations blanked, where something is said beside them. */
export function ownWords(text: string): string {
  const regions = quotedRegions(text, 0);
  return regions.length > 0 && saysMore(text, regions) ? besides(text, regions) : text;
}

function quotedRegions(text: string, shortest = SHORTEST_STRAIGHT): readonly (readonly [number, number])[] {
  return QUOTED.flatMap((pattern) =>
    [...text.matchAll(pattern)]
      .filter(([quoted]) => quoted.length >= (quoted.startsWith('"') ? shortest : 0))
      .map((match) => [match.index, match.index + match[0].length] as const),
  );
}

/** Words of the owner's beside the quotations. */
function saysMore(text: string, regions: readonly (readonly [number, number])[]): boolean {
  return /\p{L}{2,}/u.test(besides(text, regions));
}

/** The text with the quotations blanked. Regions count code units, so an emoji is two. */
function besides(text: string, regions: readonly (readonly [number, number])[]): string {
  return text
    .split("")
    .map((char, at) => (regions.some(([from, to]) => at >= from && at < to) ? " " : char))
    .join("");
}

/** An order to do what the quotation says, at the start of a sentence: "pay this invoice: …", "do as she asks". */
const POINTING =
  /(?:^|[.!;,:\n]\s*)(?:(?:please|pls|kindly|ok|okay|yes|right|now|so|then|just|can you|could you|would you)[, ]+)*(?:(?:pay|settle|execute|carry out)\b[^.!?\n]{0,40}?\b(?:this|that|these|the following|below|what|as|exactly|invoice|bill|request|order|him|her|them)|do (?:as|what|exactly|the \w+ that))\b/i;
/** Words of somebody who asks about a quotation, works on its text, doubts it, or will have nothing of it. */
const DISTANCE =
  /\?|\b(?:translat\w*|summar\w*|explain\w*|mean\w*|what is|read|check|scam|spam|phish\w*|fake|suspicious|ignore|don'?t|do not|never|not|no|nothing|won'?t|instead|but|however|attention|forward\w*|reply|answer|draft|rephrase|proofread|spell\w*|grammar|polite\w*|joke|lol|kidding|imagine|pretend|example|if|whether|should)\b/i;

/** Reading 3: the owner's own sentence points at the quotation and says nothing against it. English. */
function pointsAtQuote(text: string, regions: readonly (readonly [number, number])[]): boolean {
  const own = besides(text, regions);
  return POINTING.test(own.trim()) && !DISTANCE.test(own);
}
