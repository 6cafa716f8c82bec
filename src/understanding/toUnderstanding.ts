import type { Grounding } from "../domain/grounding.ts";
import { type Message, questionSchema, type Understanding, understandingSchema } from "../domain/intent.ts";
import { type AskedFor, askedFor } from "./askedFor.ts";
import { clarifyWith } from "./clarifyWith.ts";
import { QUESTION_FIELDS } from "./draftShape.ts";
import { guardDropped } from "./guardDropped.ts";
import { guardEarlier } from "./guardEarlier.ts";
import { guardIntent, MustRefuseError } from "./guardIntent.ts";
import { guardNeighbours } from "./guardNeighbours.ts";
import { guardQuoted, outsideQuotes, ownWords } from "./guardQuoted.ts";
import { guardShares } from "./guardShares.ts";
import { guardStated } from "./guardStated.ts";
import { guardVenues } from "./guardVenues.ts";
import { guardVerbs } from "./guardVerbs.ts";
import { guardWording } from "./guardWording.ts";
import { guardWords } from "./guardWords.ts";
import { holdsSecret } from "./holdsSecret.ts";
import { DraftInvalidError, type Resolving, resolveField } from "./resolveField.ts";
import { type Resolved, resolveIntent } from "./resolveIntent.ts";
import { scopeOf } from "./scopeOf.ts";
import type { Masked, Span } from "./spans.ts";
import { guardTakenBack, withoutTakenBack } from "./takenBack.ts";

/** The public form, and the proof that its values were said by the owner. */
export type Reading = {
  readonly understanding: Understanding;
  readonly groundings: readonly Grounding[];
  readonly asked?: AskedFor;
};

const SECRET_REASON =
  "The message holds a secret key or seed phrase. Never share it; treat that wallet as known to others and move its funds.";
const REFUSAL = "This would skip a safety check, hand over a secret, destroy funds or harm someone, so it is not done.";
const TALK =
  "I can swap, send, lend, borrow, repay, stake, protect a loan and set up standing orders, and I can look up balances, rates and risks. Say what you want with its amount and token.";

/**
 * Reads an untrusted draft against the masked conversation. Whatever is not certain becomes `clarify`; nothing is
 * guessed and nothing thrown for a bad draft.
 */
export function toUnderstanding(draft: unknown, masked: Masked, messages: readonly Message[]): Reading {
  const scope = scopeOf(messages, masked);
  const last = scope.lastTurn.turn;
  if (holdsSecret(masked, messages, last)) return plain({ kind: "refuse", reason: SECRET_REASON });
  if (typeof draft !== "object" || draft === null || Array.isArray(draft)) return plain(clarifyWith(["action"]));
  const fields: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(draft));
  switch (fields.kind) {
    case "act":
      return act(fields, masked, { ...scope, messages });
    case "ask":
      return ask(fields, masked, scope);
    case "clarify":
      return plain(clarifyWith(texts(fields.missing), reasonIn(masked.spans, last)));
    case "control":
      return checked({ kind: "control", verb: fields.verb });
    case "refuse":
      return plain({
        kind: "refuse",
        reason: burns(masked.spans, last) ? "What is sent to a burn or zero address is lost for ever." : REFUSAL,
      });
    case "talk":
      return plain({ kind: "talk", text: TALK });
    default:
      return plain(clarifyWith(["action"]));
  }
}

type Heard = ReturnType<typeof scopeOf> & { readonly messages: readonly Message[] };

function act(draft: Readonly<Record<string, unknown>>, masked: Masked, scope: Heard): Reading {
  if (masked.truncated)
    return plain(clarifyWith(["action"], "The message is too long to act on; say the wish in a few sentences."));
  try {
    const { intent, groundings }: Resolved = resolveIntent(draft, scope);
    const used = referencesIn(draft);
    const outside = outsideQuotes(masked.spans, used, scope.lastTurn);
    const own = withoutTakenBack({ intent, spans: outside, used, lastTurn: scope.lastTurn });
    guardTakenBack({ intent, spans: outside, used, lastTurn: scope.lastTurn });
    guardIntent({ intent, spans: masked.spans, own, lastTurn: scope.lastTurn.turn, used, said: scope.said });
    guardQuoted({ groundings, spans: masked.spans, messages: scope.messages, lastTurn: scope.lastTurn });
    guardWording({ intent, groundings, spans: masked.spans, lastTurn: scope.lastTurn });
    guardShares({ intent, spans: own, used, lastTurn: scope.lastTurn });
    guardNeighbours({ intent, groundings, spans: masked.spans, lastTurn: scope.lastTurn });
    guardWords({ intent, spans: masked.spans, lastTurn: scope.lastTurn, said: scope.said });
    guardVenues({ intent, spans: masked.spans, lastTurn: scope.lastTurn, said: scope.said });
    const words = ownWords(scope.lastTurn.text);
    const { messages, lastTurn } = scope;
    guardVerbs({ intent, groundings, messages, spans: masked.spans, own: words, turn: lastTurn.turn });
    guardEarlier({ intent, groundings, spans: masked.spans, draft, lastTurn });
    const heard = scope.messages.map(({ content }) => content).join("\n");
    guardStated({ intent, spans: own, own: words, heard, turn: scope.lastTurn.turn, used });
    guardDropped({ intent, groundings, spans: own, used, lastTurn: scope.lastTurn });
    return { understanding: { kind: "act", intent }, groundings };
  } catch (error) {
    if (error instanceof MustRefuseError) return plain({ kind: "refuse", reason: error.message });
    if (!(error instanceof DraftInvalidError)) throw error;
    return plain(clarifyWith([error.asks], error.reason, draft));
  }
}

function ask(draft: Readonly<Record<string, unknown>>, masked: Masked, scope: ReturnType<typeof scopeOf>): Reading {
  const groundings: Grounding[] = [];
  const at: Resolving = { ...scope, groundings, path: "question", asks: "asset" };
  try {
    const question: Record<string, unknown> = { topic: draft.topic };
    for (const field of QUESTION_FIELDS) {
      const value = draft[field.key];
      if (value !== undefined && value !== null)
        question[field.as] = resolveField(field, value, { ...at, path: `question.${field.as}` });
    }
    const subject = subjectOf(String(draft.topic), masked.spans);
    if (subject !== undefined && question.asset !== subject.value) question.subject = subject.value;
    const parsed = questionSchema.parse(question);
    const asked = askedFor({ question: parsed, spans: masked.spans, lastTurn: scope.lastTurn });
    return { understanding: { kind: "ask", question: parsed }, groundings, asked };
  } catch (error) {
    if (error instanceof DraftInvalidError) return plain(clarifyWith([error.asks], error.reason));
    return plain(clarifyWith(["action"]));
  }
}

/** The one address or hash that a question about a contract or a transaction is about. */
function subjectOf(topic: string, spans: readonly Span[]): Span | undefined {
  const kinds: readonly Span["kind"][] =
    topic === "transaction" ? ["hash"] : topic === "contract" || topic === "token-safety" ? ["address"] : [];
  const found = spans.filter((span) => kinds.includes(span.kind));
  const [only] = found;
  return only !== undefined && found.every((span) => span.value === only.value) ? only : undefined;
}

/** Every reference that a draft points at. */
export function referencesIn(draft: unknown): ReadonlySet<string> {
  return new Set((JSON.stringify(draft) ?? "").match(/(?<=")[A-Z]\d+(?=")/g) ?? []);
}

/** Why a token or a number of the last message cannot stand, when code can see it (Readings 12 and 13). */
function reasonIn(spans: readonly Span[], turn: number): string {
  const own = spans.filter((span) => span.owner && span.turn === turn);
  const imitation = own.find((span) => span.letter === "q");
  if (imitation !== undefined) return `"${imitation.text}" imitates a listed symbol.`;
  const unsure = own.find((span) => span.letter === "v");
  return unsure === undefined ? "" : `"${unsure.text}" can be read in two ways.`;
}

function burns(spans: readonly Span[], turn: number): boolean {
  return spans.some((span) => span.owner && span.turn === turn && span.kind === "address" && span.letter === "z");
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === "string").slice(0, 11) : [];
}

function checked(value: unknown): Reading {
  const parsed = understandingSchema.safeParse(value);
  return plain(parsed.success ? parsed.data : clarifyWith(["action"]));
}

function plain(understanding: Understanding): Reading {
  return { understanding, groundings: [] };
}
