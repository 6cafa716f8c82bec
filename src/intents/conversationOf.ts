import type { Message } from "../domain/intent.ts";
import type { IntentRecord } from "../domain/record.ts";

/** The conversation with Intendant's last reply, as the next turn must see it. */
export function conversationOf(record: IntentRecord): readonly Message[] {
  const reply = record.question?.prompt ?? record.answer?.text ?? planOf(record) ?? record.error?.message;
  const said = sinceDone(record);
  // A refused wish is not context: nothing of it may be taken up by the next one.
  if (record.state === "refused") return said.slice(0, -1);
  return reply === undefined ? said : [...said, { role: "assistant", content: reply }];
}

/** Begins the reply to a plan that was carried out. */
const DONE = "Done. ";

/** What was said after the wish before last was done: a finished wish grounds "the same again", older ones only mislead. */
function sinceDone({ messages = [], state }: IntentRecord): readonly Message[] {
  if (state !== "confirmed") return messages;
  return messages.slice(
    messages.findLastIndex(({ role, content }) => role === "assistant" && content.startsWith(DONE)) + 1,
  );
}

/** The plan's summary; one that was carried out is said to be done, so that nobody reads the next wish as a change of it. */
function planOf({ preview, state }: IntentRecord): string | undefined {
  return preview !== undefined && state === "confirmed" ? `${DONE}${preview.summary}` : preview?.summary;
}
