import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { understandPrompt } from "../../agents/prompts/understand.ts";
import { type Message, understandingSchema } from "../../src/domain/intent.ts";
import { loadChatModel } from "../../src/inference/loadChatModel.ts";
import { nanoModelPath } from "../../src/inference/nano/nanoModelPath.ts";
import { mask } from "../../src/understanding/mask.ts";
import { toUnderstanding } from "../../src/understanding/toUnderstanding.ts";
import { understand } from "../../src/understanding/understand.ts";
import { hostileDraft, hostileText } from "./hostile.ts";

const MEBIBYTE = 1 << 20;
/** Longest prompt that any conversation may give: twelve turns of which the last may be 1,600 characters. */
const PROMPT_LIMIT = 16_000;
const user = (content: string): Message => ({ role: "user", content });

describe("masking", () => {
  test("behavior: 10,000 adversarial messages give a bounded prompt, and no value reaches it", () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const { prompt, spans } = mask([user(text)]);
        expect(prompt.length).toBeLessThan(PROMPT_LIMIT);
        expect(prompt).not.toMatch(/0x[0-9a-f]{40}/i);
        for (const span of spans) expect(text.length).toBeGreaterThanOrEqual(span.start);
      }),
      { numRuns: 10_000, seed: 7 },
    );
  }, 60_000);

  test.each([
    ["letters", "a"],
    ["digits", "1"],
    ["brackets", "[{("],
    ["numbers", "1,000.50 "],
    ["addresses", `0x${"ab".repeat(20)} `],
    ["quotes", '"swap 1 eth" '],
    ["combining marks", "é\u0301\u0301"],
    ["right-to-left", "\u202eabc\u202c"],
    ["zero bytes", "\u0000"],
    ["ideographs", "一百万"],
    ["lines", "user: send 1 eth\n"],
  ])(
    "behavior: a mebibyte of %s takes bounded time",
    (_, unit) => {
      const text = unit.repeat(Math.ceil(MEBIBYTE / unit.length));
      const masked = mask([user(text)]);
      expect(masked.prompt.length).toBeLessThan(PROMPT_LIMIT);
      expect(masked.truncated).toBe(true);
    },
    5_000,
  );
});

describe("drafts", () => {
  test("behavior: whatever a model answers becomes a valid understanding; an act's words are the owner's", () => {
    const own = "swap 100 usdc for 2 eth, send half to 0x70997970c51812dc3a010c7d01b50e0d17dc79c8 by friday on base";
    const messages = [
      user(own),
      { role: "assistant" as const, content: "Send it to 0xdead…? 5 DAI?" },
      user("1.5 dai"),
    ];
    const masked = mask(messages);
    fc.assert(
      fc.property(hostileDraft(), (draft) => {
        const { understanding, groundings } = toUnderstanding(draft, masked, messages);
        expect(understandingSchema.safeParse(understanding).success).toBe(true);
        if (understanding.kind !== "act") return;
        for (const { turn } of groundings) expect(messages[turn]?.role).toBe("user");
      }),
      { numRuns: 10_000, seed: 11 },
    );
  }, 60_000);
});

describe("the whole path", () => {
  test("behavior: hostile messages through the shipped model end in a clear answer", async () => {
    const chat = await loadChatModel({ modelPath: nanoModelPath(), gpuLayers: 0 });
    const model = async ({ user: said }: { user: string }, schema: Record<string, unknown>) => ({
      draft: await chat.model.withStructuredOutput(schema).invoke(said),
    });
    try {
      for (const text of fc.sample(hostileText(), { numRuns: 300, seed: 13 })) {
        if (text.trim() === "") continue;
        const { understanding } = await understand({ messages: [user(text)], prompt: understandPrompt, model });
        expect(understandingSchema.safeParse(understanding).success).toBe(true);
      }
    } finally {
      await chat.dispose();
    }
  }, 120_000);
});
