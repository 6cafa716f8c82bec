import type { Message } from "../domain/intent.ts";
import { detectLanguage } from "./detectLanguage.ts";
import { findSpans } from "./findSpans.ts";
import { type Folded, foldText, originOf } from "./foldText.ts";
import { numberUnit } from "./numberUnit.ts";
import { readPick } from "./readPick.ts";
import type { Found, MaskContext, Masked, Span, SpanKind } from "./spans.ts";

/** Most code units of one message that the model sees; longer ones are cut in the middle. */
const LAST_MESSAGE_LIMIT = 1600;
const EARLIER_MESSAGE_LIMIT = 500;
/** Most turns that the model sees. */
const TURN_LIMIT = 12;

const REF: Readonly<Record<SpanKind, string>> = {
  number: "N",
  fraction: "F",
  token: "T",
  address: "A",
  ens: "E",
  hash: "H",
  date: "D",
  time: "X",
  protocol: "P",
  chain: "C",
  secret: "K",
};
/** Kinds of which the same value keeps one index through the conversation. */
const SHARED: ReadonlySet<SpanKind> = new Set(["token", "protocol", "chain", "address", "ens"]);
/** Kinds that an assistant's turn may offer to the owner (Reading 3). */
const OFFERED: ReadonlySet<SpanKind> = new Set(["token", "protocol", "chain"]);

type Turn = {
  readonly index: number;
  readonly owner: boolean;
  readonly folded: Folded;
  readonly found: readonly Found[];
};

/**
 * Masks a conversation: numbers, tokens, addresses, names, dates and secrets become short marks, their values stay
 * with code. System and tool turns are left out: they are data, never instruction. Bounded time and size.
 */
export function mask(messages: readonly Message[], context: MaskContext = {}): Masked {
  const spoken = messages
    .map((message, index) => ({ message, index }))
    .filter(({ message }) => message.role === "user" || message.role === "assistant")
    .slice(-TURN_LIMIT);
  const lastUser = spoken.findLast(({ message }) => message.role === "user")?.index ?? -1;
  let truncated = false;
  const owned = spoken
    .filter(({ message }) => message.role === "user")
    .map(({ message }) => message.content.slice(0, 800));
  const language = detectLanguage(owned.join(" ").toLowerCase());
  const turns: Turn[] = spoken.map(({ message, index }) => {
    const limit = index === lastUser ? LAST_MESSAGE_LIMIT : EARLIER_MESSAGE_LIMIT;
    const long = message.content.length > limit;
    if (long && message.role === "user") truncated = true;
    const folded = foldText(long ? cutMiddle(message.content, limit) : message.content);
    return { index, owner: message.role === "user", folded, found: findSpans(folded, language, context) };
  });
  return assemble(withPicks(turns), truncated);
}

/** What the owner picks by its place in the assistant's offer stands as if it had been named. */
function withPicks(turns: readonly Turn[]): readonly Turn[] {
  const said = new Set<string>();
  return turns.map((turn, position) => {
    const heard = turns[position - 1];
    const picks =
      turn.owner && heard?.owner === false
        ? readPick(turn.folded.text, { text: heard.folded.text, found: heard.found, said })
        : [];
    if (turn.owner) for (const { kind, value } of turn.found) said.add(`${kind}:${value.toLowerCase()}`);
    if (picks.length === 0) return turn;
    const apart = turn.found.filter((one) => picks.every(({ start, end }) => one.end <= start || one.start >= end));
    return { ...turn, found: [...apart, ...picks].sort((a, b) => a.start - b.start) };
  });
}

/** Blanks the middle with spaces so that offsets stay true. */
function cutMiddle(text: string, limit: number): string {
  const head = Math.floor(limit * 0.6);
  const tail = limit - head;
  // One space stands for the cut; offsets after the cut are of the shortened text and never ground anything.
  return `${text.slice(0, head)} … ${text.slice(-tail)}`;
}

function assemble(turns: readonly Turn[], truncated: boolean): Masked {
  const counters = new Map<string, number>();
  const refs = new Map<string, string>();
  const spans: Span[] = [];
  const said = ownersValues(turns);
  const lines = turns.map((turn, position) => {
    const choice = turn.owner && isListed(turns.slice(0, position).findLast((one) => !one.owner));
    let line = "";
    let from = 0;
    for (const piece of turn.found) {
      if (keepsText(turn, piece, choice)) continue;
      const ref = refOf(turn, piece, { counters, refs, said });
      spans.push(toSpan(turn, piece, ref));
      line += `${turn.folded.text.slice(from, piece.start)} [${ref === "" ? REF[piece.kind] : ref}${piece.letter}] `;
      from = piece.end;
    }
    line += turn.folded.text.slice(from);
    return `${turn.owner ? "user" : "assistant"}: ${line.replace(/\s+/g, " ").trim()}`;
  });
  return { prompt: lines.join("\n"), spans, truncated };
}

type Numbering = {
  readonly counters: Map<string, number>;
  readonly refs: Map<string, string>;
  readonly said: ReadonlySet<string>;
};

function refOf(turn: Turn, piece: Found, { counters, refs, said }: Numbering): string {
  const head = REF[piece.kind];
  const key = `${head}:${piece.value.toLowerCase()}`;
  if (!turn.owner && !OFFERED.has(piece.kind)) {
    // An assistant's number or address is named only where the owner said the same one before.
    return said.has(key) ? (refs.get(key) ?? "") : "";
  }
  const kept = SHARED.has(piece.kind) ? refs.get(key) : undefined;
  if (kept !== undefined) return kept;
  const count = (counters.get(head) ?? 0) + 1;
  counters.set(head, count);
  const ref = `${head}${count}`;
  refs.set(key, ref);
  return ref;
}

function ownersValues(turns: readonly Turn[]): ReadonlySet<string> {
  const said = new Set<string>();
  for (const turn of turns) {
    if (turn.owner) for (const piece of turn.found) said.add(`${REF[piece.kind]}:${piece.value.toLowerCase()}`);
  }
  return said;
}

function toSpan(turn: Turn, piece: Found, ref: string): Span {
  const start = originOf(turn.folded, piece.start);
  const end = originOf(turn.folded, piece.end);
  const unit = piece.kind === "number" || piece.kind === "fraction" ? numberUnit(turn.folded.text, piece) : undefined;
  return {
    ref,
    kind: piece.kind,
    letter: piece.letter,
    value: piece.value,
    turn: turn.index,
    start,
    end,
    text: piece.kind === "secret" ? "" : turn.folded.original.slice(start, end),
    owner: turn.owner,
    ...(unit === undefined ? {} : { unit }),
  };
}

/** The assistant's list markers, and the owner's bare choice from a list, stay readable digits. */
function keepsText(turn: Turn, piece: Found, choice: boolean): boolean {
  if (piece.kind !== "number" || !/^[1-9]$/.test(piece.value)) return false;
  const { text } = turn.folded;
  if (!turn.owner) return isMarker(text, piece);
  return choice && text.length < 40 && turn.found.length === 1;
}

function isMarker(text: string, piece: Found): boolean {
  const before = text.slice(Math.max(0, piece.start - 2), piece.start);
  return (piece.start === 0 || /[\n;:]\s?$/.test(before)) && /^[.)]\s/.test(text.slice(piece.end, piece.end + 2));
}

function isListed(turn: Turn | undefined): boolean {
  return turn !== undefined && /(?:^|\n)\s*1[.)]\s/.test(turn.folded.text);
}
