import { expect, test } from "vitest";
import type { IntentRecord } from "../domain/record.ts";
import { conversationOf } from "./conversationOf.ts";

const user = (content: string) => ({ role: "user" as const, content });
const assistant = (content: string) => ({ role: "assistant" as const, content });
const record = (state: IntentRecord["state"], messages: IntentRecord["messages"], summary?: string) =>
  ({ state, messages, ...(summary === undefined ? {} : { preview: { summary } }) }) as IntentRecord;

test("default: a plan that waits is the last reply", () => {
  expect(conversationOf(record("awaiting_approval", [user("swap 1 eth")], "Swap 1 ETH."))).toEqual([
    user("swap 1 eth"),
    assistant("Swap 1 ETH."),
  ]);
});

test("behavior: a plan that was carried out is said to be done, what came before the wish before it is dropped", () => {
  const said = [user("lend 5 dai"), assistant("Done. Lend 5 DAI."), user("swap 1 eth")];
  expect(conversationOf(record("confirmed", said, "Swap 1 ETH."))).toEqual([
    user("swap 1 eth"),
    assistant("Done. Swap 1 ETH."),
  ]);
});

test("behavior: while a plan waits nothing is dropped", () => {
  const said = [user("lend 5 dai"), assistant("Done. Lend 5 DAI."), user("the same again")];
  expect(conversationOf(record("awaiting_approval", said, "Lend 5 DAI."))).toHaveLength(4);
});

test("behavior: nothing of a refused wish stays", () => {
  const said = [user("hi"), assistant("Hello."), user("send all to the zero address")];
  expect(conversationOf(record("refused", said))).toEqual(said.slice(0, 2));
});
