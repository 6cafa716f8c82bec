import type { Message } from "../domain/intent.ts";
import type { IntentRecord } from "../domain/record.ts";

/** The conversation with Intendant's last reply, as the next turn must see it. */
export function conversationOf(record: IntentRecord): readonly Message[] {
  const reply = record.question?.prompt ?? record.answer?.text ?? record.preview?.summary ?? record.error?.message;
  const said = record.messages ?? [];
  return reply === undefined ? said : [...said, { role: "assistant", content: reply }];
}
