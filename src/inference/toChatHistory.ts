import type { BaseMessage } from "@langchain/core/messages";
import type { ChatHistoryItem } from "node-llama-cpp";
import { MessageUnsupportedError } from "./errors.ts";

/**
 * LangChain messages → node-llama-cpp's chat history, ending with the open model turn to be generated.
 *
 * @throws MessageUnsupportedError for tool messages and content that is not text
 */
export function toChatHistory(messages: readonly BaseMessage[]): ChatHistoryItem[] {
  const items = messages.map(toItem);
  return [...items, { type: "model", response: [] }];
}

function toItem(message: BaseMessage): ChatHistoryItem {
  const text = textOf(message);
  switch (message.type) {
    case "system":
      return { type: "system", text };
    case "human":
      return { type: "user", text };
    case "ai":
      return { type: "model", response: [text] };
    default:
      throw new MessageUnsupportedError(message.type);
  }
}

function textOf(message: BaseMessage): string {
  if (typeof message.content === "string") return message.content;
  const foreign = message.content.find((block) => block.type !== "text");
  if (foreign !== undefined) throw new MessageUnsupportedError(`${message.type} with ${String(foreign.type)}`);
  return message.text;
}
