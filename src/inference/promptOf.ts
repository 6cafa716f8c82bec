import type { BaseMessage } from "@langchain/core/messages";
import type { ChatWrapper, LlamaModel, Token } from "node-llama-cpp";
import { PromptIncompleteError } from "./errors.ts";
import { toChatHistory } from "./toChatHistory.ts";

/** A prompt as the model takes it, and the token runs by which its template ends an answer. */
export type Prompt = { readonly tokens: readonly Token[]; readonly stopTokens: readonly (readonly Token[])[] };

/**
 * Renders messages through the model's own chat template and tokenises them. A template may move a system message into
 * the user's turn and change blanks; it may not lose a word.
 *
 * @throws PromptIncompleteError
 */
export function promptOf({
  model,
  wrapper,
  messages,
}: {
  readonly model: LlamaModel;
  readonly wrapper: ChatWrapper;
  readonly messages: readonly BaseMessage[];
}): Prompt {
  const state = wrapper.generateContextState({ chatHistory: toChatHistory(messages) });
  assertWhole(state.contextText.toString(), messages);
  const tokens = state.contextText.tokenize(model.tokenizer);
  const bos = model.tokens.bos;
  if (model.tokens.shouldPrependBosToken && bos !== null && tokens[0] !== bos) tokens.unshift(bos);
  const stopTokens = state.stopGenerationTriggers.map((trigger) => trigger.tokenize(model.tokenizer));
  return { tokens, stopTokens };
}

function assertWhole(rendered: string, messages: readonly BaseMessage[]): void {
  const found = plain(rendered);
  const lost = messages.find((message) => !found.includes(plain(message.text)));
  if (lost !== undefined) throw new PromptIncompleteError(lost.type);
}

/** Templates trim and join with blanks of their own. */
function plain(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
