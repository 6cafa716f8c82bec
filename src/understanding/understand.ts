import { IntendantError } from "../domain/error.ts";
import type { Understood } from "../domain/grounding.ts";
import type { Message, Understanding } from "../domain/intent.ts";
import { clarifyWith } from "./clarifyWith.ts";
import { draftJsonSchema, type RootDraftSchema } from "./draft.ts";
import { holdsSecret } from "./holdsSecret.ts";
import { mask } from "./mask.ts";
import { sayIntent } from "./sayIntent.ts";
import type { MaskContext } from "./spans.ts";
import { toUnderstanding } from "./toUnderstanding.ts";

/** What a model is asked: instructions and legend, and the masked conversation. */
export type Prompt = { readonly system: string; readonly user: string };

/** What a model made of a prompt; untrusted. `doubtful`: the model itself does not find it probable enough to act on. */
export type Drafted = { readonly draft: unknown; readonly doubtful?: boolean };

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
 * shown back; a yes to that reading takes it.
 *
 * @throws {NoUserMessageError} when no owner's turn is there to understand; errors of the model pass through
 */
export async function understand(options: UnderstandOptions): Promise<Understood> {
  const { messages } = options;
  const read = await readOnce(options);
  const asked = doubtAnswered(messages, read.understanding);
  if (asked === undefined) return doubted(read);
  // The same words, without our question and the yes to it.
  const confirmed = await readOnce({ ...options, messages: asked });
  return confirmed.understanding.kind === "act" ? confirmed : read;
}

type Read = Understood & { readonly doubtful: boolean };

async function readOnce({ messages, context = {}, prompt, model }: UnderstandOptions): Promise<Read> {
  const last = messages.findLastIndex((message) => message.role === "user" && message.content.trim() !== "");
  if (last < 0) throw new NoUserMessageError();
  const masked = mask(messages, context);
  const secret = holdsSecret(masked, messages, last);
  const drafted = secret ? REFUSAL : await model(prompt(masked.prompt), draftJsonSchema).catch(tooLong);
  if (drafted === TOO_LONG) {
    const understanding = clarifyWith(["action"], "That is too long for the model; say the wish in a few sentences.");
    return { understanding, groundings: [], draft: null, masked: masked.prompt, doubtful: false };
  }
  const { draft, doubtful = false } = drafted;
  const { understanding, groundings } = toUnderstanding(draft, masked, messages);
  return { understanding, groundings, draft, masked: masked.prompt, doubtful };
}

const REFUSAL: Drafted = { draft: { kind: "refuse" } };
const TOO_LONG = Symbol("prompt too long");

/** A conversation that the model's context cannot hold is asked for anew; nothing is cut silently. */
function tooLong(error: unknown): typeof TOO_LONG {
  if (error instanceof IntendantError && error.code === "prompt_too_long") return TOO_LONG;
  throw error;
}

/** Begins the question that shows a doubtful reading back. */
const DOUBT = "Is this what you mean:";

function doubted({ doubtful, ...read }: Read): Understood {
  if (!doubtful || read.understanding.kind !== "act") return read;
  const { intent } = read.understanding;
  const prompt = `${DOUBT} ${sayIntent(intent)}? Say yes, or say it in other words.`;
  const options = ["yes", "no"];
  return {
    ...read,
    understanding: { kind: "clarify", missing: ["action"], prompt, options, draft: intent },
    groundings: [],
  };
}

/** The conversation up to the words that were shown back, when the last message is a yes to that. */
function doubtAnswered(messages: readonly Message[], { kind, ...rest }: Understanding): readonly Message[] | undefined {
  if (kind !== "control" || !("verb" in rest) || rest.verb !== "approve") return undefined;
  const yes = messages.findLastIndex(({ role }) => role === "user");
  const question = messages.slice(0, yes).findLastIndex(({ role }) => role === "user" || role === "assistant");
  const asked = messages[question];
  return asked?.role === "assistant" && asked.content.startsWith(DOUBT) ? messages.slice(0, question) : undefined;
}

/** A conversation without a word of the owner's. */
export class NoUserMessageError extends IntendantError {
  readonly code = "no_user_message";

  constructor() {
    super("Send at least one message of role user with text in it.");
  }
}
