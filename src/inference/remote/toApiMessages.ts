import type { BaseMessage } from "@langchain/core/messages";
import { toChatHistory } from "../toChatHistory.ts";

/** A message of the OpenAI protocol. */
export type ApiMessage = { readonly role: "system" | "user" | "assistant"; readonly content: string };

/**
 * The messages that the local model takes, in the OpenAI protocol. `instruction` joins the first system message.
 *
 * @throws MessageUnsupportedError for tool messages and content that is not text
 */
export function toApiMessages(messages: readonly BaseMessage[], instruction?: string): readonly ApiMessage[] {
  const plain = toChatHistory(messages)
    .slice(0, -1)
    .map((item): ApiMessage => {
      if (item.type === "model") return { role: "assistant", content: item.response.join("") };
      return { role: item.type, content: String(item.text) };
    });
  if (instruction === undefined) return plain;
  const [first, ...others] = plain;
  if (first?.role !== "system") return [{ role: "system", content: instruction }, ...plain];
  return [{ role: "system", content: `${first.content}\n\n${instruction}` }, ...others];
}
