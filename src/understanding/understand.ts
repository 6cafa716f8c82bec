import { IntendantError } from "../domain/error.ts";
import type { Understood } from "../domain/grounding.ts";
import type { Message } from "../domain/intent.ts";
import { clarifyWith } from "./clarifyWith.ts";
import { draftJsonSchema, type RootDraftSchema } from "./draft.ts";
import { holdsSecret } from "./holdsSecret.ts";
import { mask } from "./mask.ts";
import type { MaskContext } from "./spans.ts";
import { toUnderstanding } from "./toUnderstanding.ts";

/** What a model is asked: instructions and legend, and the masked conversation. */
export type Prompt = { readonly system: string; readonly user: string };

/** Fills the schema for a prompt; the answer is untrusted. */
export type DraftModel = (prompt: Prompt, schema: RootDraftSchema) => Promise<unknown>;

export type UnderstandOptions = {
  readonly messages: readonly Message[];
  readonly context?: MaskContext;
  /** Wraps the masked conversation with the instructions that a large model needs. */
  readonly prompt: (masked: string) => Prompt;
  readonly model: DraftModel;
};

/**
 * Words to Understanding: code masks, the model fills a terse draft, code resolves and checks it. A conversation
 * with a wallet secret in its last message never reaches the model.
 *
 * @throws {NoUserMessageError} when no owner's turn is there to understand; errors of the model pass through
 */
export async function understand({ messages, context = {}, prompt, model }: UnderstandOptions): Promise<Understood> {
  const last = messages.findLastIndex((message) => message.role === "user" && message.content.trim() !== "");
  if (last < 0) throw new NoUserMessageError();
  const masked = mask(messages, context);
  const secret = holdsSecret(masked, messages, last);
  const draft = secret ? { kind: "refuse" } : await model(prompt(masked.prompt), draftJsonSchema).catch(tooLong);
  if (draft === TOO_LONG) {
    const understanding = clarifyWith(["action"], "That is too long for the model; say the wish in a few sentences.");
    return { understanding, groundings: [], draft: null, masked: masked.prompt };
  }
  const { understanding, groundings } = toUnderstanding(draft, masked, messages);
  return { understanding, groundings, draft, masked: masked.prompt };
}

const TOO_LONG = Symbol("prompt too long");

/** A conversation that the model's context cannot hold is asked for anew; nothing is cut silently. */
function tooLong(error: unknown): typeof TOO_LONG {
  if (error instanceof IntendantError && error.code === "prompt_too_long") return TOO_LONG;
  throw error;
}

/** A conversation without a word of the owner's. */
export class NoUserMessageError extends IntendantError {
  readonly code = "no_user_message";

  constructor() {
    super("Send at least one message of role user with text in it.");
  }
}
