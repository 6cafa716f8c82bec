import { expect, test } from "vitest";
import type { IntentRecord } from "../domain/record.ts";
import { mask } from "../understanding/mask.ts";
import { toUnderstanding } from "../understanding/toUnderstanding.ts";
import { applyUpdate } from "./applyUpdate.ts";

function understood(content: string): IntentRecord {
  const messages = [{ role: "user" as const, content }];
  const record: IntentRecord = {
    id: "one",
    state: "received",
    account: "0x1000000000000000000000000000000000000001",
    chainId: 31337,
    mode: "plan",
    text: content,
    messages,
    createdAt: "2026-01-01T00:00:00Z",
    updatedAt: "2026-01-01T00:00:00Z",
    receipts: [],
    usage: [],
  };
  const masked = mask(messages);
  const reading = toUnderstanding({ kind: "talk" }, masked, messages);
  return applyUpdate(record, { understood: { ...reading, draft: {}, masked: masked.prompt } }, {});
}

test("default: other words are kept as they were said", () => {
  expect(understood("hello, what can you do?").text).toBe("hello, what can you do?");
});
