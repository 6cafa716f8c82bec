import { IntendantError } from "../domain/error.ts";
import type { Understood } from "../domain/grounding.ts";
import type { Intent, Message, Understanding } from "../domain/intent.ts";
import { clarifyWith } from "./clarifyWith.ts";
import { draftJsonSchema, type RootDraftSchema } from "./draft.ts";
import { holdsSecret } from "./holdsSecret.ts";
import { mask } from "./mask.ts";
import { beforeAnswer, sameWish } from "./repeatsPlan.ts";
import { sayIntent } from "./sayIntent.ts";
import type { MaskContext, Masked } from "./spans.ts";
import { toUnderstanding } from "./toUnderstanding.ts";

/** What a model is asked: instructions and legend, and the masked conversation. */
export type Prompt = { readonly system: string; readonly user: string };

/** What a model made of a prompt; untrusted. `doubtful`: the model itself does not find it probable enough to act on. */
export type Drafted = {
  readonly draft: unknown;
  readonly doubtful?: boolean;
  /** What another model made of it; read where code rejects the first as something to do. */
  readonly other?: { readonly draft: unknown; readonly doubtful: boolean };
};

/** Fills the schema for a prompt. */
export type DraftModel = (prompt: Prompt, schema: RootDraftSchema) => Promise<Drafted>;

export type UnderstandOptions = {
  readonly messages: readonly Message[];
  readonly context?: MaskContext;
  /** Wraps the masked conversation with the instructions that a large model needs. */
  readonly prompt: (masked: string) => Prompt;
  readonly model: DraftModel;
};

/**
 * Words to Understanding: code masks, the model fills a terse draft, code resolves and checks it. A conversation
 * with a wallet secret in its last message never reaches the model. A reading that the model itself finds doubtful is
 * shown back; a bare yes to exactly that reading takes it.
 *
 * @throws {NoUserMessageError} when no owner's turn is there to understand; errors of the model pass through
 */
export async function understand(options: UnderstandOptions): Promise<Understood> {
  const { messages } = options;
  const read = await readOnce(options);
  const asked = doubtAnswered(messages, read.understood.understanding);
  if (asked === undefined) return doubted(await answered(options, read));
  if (read.brings) return { ...read.understood, understanding: clarifyWith(["action"], "A yes stands alone.") };
  // The same words, without our question and the yes to it.
  const { understood } = await readOnce({ ...options, messages: asked.wish });
  const { understanding } = understood;
  if (understanding.kind !== "act") return read.understood;
  // The conversation comes from outside and a model may read twice in two ways: what was shown is what the yes is to.
  if (asked.question.startsWith(questionOf(understanding.intent))) return understood;
  const other = clarifyWith(["action"], "That reads otherwise than what was shown; say the wish in other words.");
  return { ...understood, understanding: other, groundings: [] };
}

/** An answer that leaves the wish before it as it was is doubtful: what it asked for was not seen. */
async function answered(options: UnderstandOptions, read: Read): Promise<Read> {
  const { understanding, groundings } = read.understood;
  if (understanding.kind !== "act" || read.doubtful) return read;
  const messages = beforeAnswer({ messages: options.messages, turns: groundings.map(({ turn }) => turn) });
  if (messages === undefined) return read;
  const { understanding: before } = (await readOnce({ ...options, messages })).understood;
  return before.kind === "act" && sameWish(before.intent, understanding.intent) ? { ...read, doubtful: true } : read;
}

type Read = {
  readonly understood: Understood;
  readonly doubtful: boolean;
  /** The last message holds values of its own, so it is more than a yes or a no. */
  readonly brings: boolean;
};

async function readOnce({ messages, context = {}, prompt, model }: UnderstandOptions): Promise<Read> {
  const last = messages.findLastIndex((message) => message.role === "user" && message.content.trim() !== "");
  if (last < 0) throw new NoUserMessageError();
  const masked = mask(messages, context);
  const secret = holdsSecret(masked, messages, last);
  const drafted = secret ? REFUSAL : await model(prompt(masked.prompt), draftJsonSchema).catch(unreadable);
  if (typeof drafted === "string") {
    const understanding = clarifyWith(["action"], drafted);
    const understood = { understanding, groundings: [], draft: null, masked: masked.prompt };
    return { understood, doubtful: false, brings: false };
  }
  const { draft, doubtful, ...read } = readDraft(drafted, masked, messages);
  // A word in capitals may pass for an unlisted ticker.
  const brings = masked.spans.some((span) => span.turn === last && span.letter !== "u");
  return { understood: { ...read, draft, masked: masked.prompt }, doubtful, brings };
}

/**
 * The draft as it stands; where the guards turn an act into a question and the other reading is an act that holds, that one.
 * Where they find no order at all, so is another reading that moves nothing and is not doubtful: "would it be smart to swap …?" is
 * a question, not half an order.
 */
function readDraft({ draft, doubtful = false, other }: Drafted, masked: Masked, messages: readonly Message[]) {
  const read = toUnderstanding(draft, masked, messages);
  if (other === undefined || read.understanding.kind !== "clarify" || kindOf(draft) !== "act")
    return { ...read, draft, doubtful };
  const second = toUnderstanding(other.draft, masked, messages);
  const { kind } = second.understanding;
  const noOrder = read.understanding.missing.includes("action");
  const holds = kind === "act" || (noOrder && MOVES_NOTHING.has(kind) && !other.doubtful);
  return holds ? { ...second, ...other } : { ...read, draft, doubtful };
}

const MOVES_NOTHING: ReadonlySet<Understanding["kind"]> = new Set(["ask", "talk", "refuse"]);

function kindOf(draft: unknown): unknown {
  return typeof draft === "object" && draft !== null && "kind" in draft ? draft.kind : undefined;
}

const REFUSAL: Drafted = { draft: { kind: "refuse" } };
/** What is said where a model cannot take the words, or goes on without an end; nothing is cut silently. */
const UNREADABLE: Readonly<Record<string, string>> = {
  prompt_too_long: "That is too long for the model; say the wish in a few sentences.",
  output_incomplete: "The model found no end to that; say the wish in other words.",
};

function unreadable(error: unknown): string {
  const says = error instanceof IntendantError ? UNREADABLE[error.code] : undefined;
  if (says === undefined) throw error;
  return says;
}

/** Begins the question that shows a doubtful reading back. */
const DOUBT = "Is this what you mean:";

function questionOf(intent: Intent): string {
  return `${DOUBT} ${sayIntent(intent)}? Say yes, or say it in other words.`;
}

function doubted({ understood, doubtful }: Read): Understood {
  if (!doubtful || understood.understanding.kind !== "act") return understood;
  const { intent } = understood.understanding;
  const options = ["yes", "no"];
  return {
    ...understood,
    understanding: { kind: "clarify", missing: ["action"], prompt: questionOf(intent), options, draft: intent },
    groundings: [],
  };
}

type Asked = { readonly wish: readonly Message[]; readonly question: string };

/** The conversation up to the words that were shown back and that question, when the last message is a yes to it. */
function doubtAnswered(messages: readonly Message[], { kind, ...rest }: Understanding): Asked | undefined {
  if (kind !== "control" || !("verb" in rest) || rest.verb !== "approve") return undefined;
  const yes = messages.findLastIndex(({ role }) => role === "user");
  const at = messages.slice(0, yes).findLastIndex(({ role }) => role === "user" || role === "assistant");
  const asked = messages[at];
  return asked?.role === "assistant" && asked.content.startsWith(DOUBT)
    ? { wish: messages.slice(0, at), question: asked.content }
    : undefined;
}

/** A conversation without a word of the owner's. */
export class NoUserMessageError extends IntendantError {
  readonly code = "no_user_message";

  constructor() {
    super("Send at least one message of role user with text in it.");
  }
}
