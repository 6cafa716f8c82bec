import { describe, expect, it } from "vitest";
import { NoUserMessageError, understand } from "./understand.ts";

const supply = {
  kind: "act",
  actions: [{ type: "supply", asset: "T1", amount: { token: "N1" }, protocol: "P1" }],
  constraints: [],
};
const prompt = (masked: string) => ({ system: "", user: masked });

describe("understand", () => {
  it("default", async () => {
    const asked: string[] = [];
    const understood = await understand({
      messages: [{ role: "user", content: "supply 500 usdc to aave" }],
      prompt,
      model: async ({ user }) => {
        asked.push(user);
        return { draft: supply };
      },
    });
    expect(asked).toEqual(["user: supply [N1] [T1s] to [P1a]"]);
    expect(understood.masked).toBe(asked[0]);
    expect(understood.understanding).toEqual({
      kind: "act",
      intent: {
        actions: [{ type: "supply", asset: "USDC", amount: { unit: "token", value: "500" }, protocol: "aave-v3" }],
      },
    });
    expect(understood.groundings.map((one) => one.text)).toEqual(["usdc", "500", "aave"]);
  });

  it("behavior: where the guards reject a reading as something to do, another one that holds is taken", async () => {
    const wrong = { ...supply, actions: [{ ...supply.actions[0], amount: { usd: "N1" } }] };
    const messages = [{ role: "user", content: "supply 500 usdc to aave" }] as const;
    const read = async (other: { readonly draft: unknown; readonly doubtful: boolean }) =>
      (await understand({ messages, prompt, model: async () => ({ draft: wrong, other }) })).understanding;
    expect((await read({ draft: supply, doubtful: false })).kind).toBe("act");
    expect(await read({ draft: supply, doubtful: true })).toMatchObject({ kind: "clarify", options: ["yes", "no"] });
    expect((await read({ draft: { kind: "talk" }, doubtful: false })).kind).toBe("clarify");
  });

  it("behavior: where the guards find no order, another reading that moves nothing is taken", async () => {
    const messages = [{ role: "user", content: "would it be smart to supply 500 usdc to aave?" }] as const;
    const read = async (other: { readonly draft: unknown; readonly doubtful: boolean }) =>
      (await understand({ messages, prompt, model: async () => ({ draft: supply, other }) })).understanding.kind;
    expect(await read({ draft: { kind: "talk" }, doubtful: false })).toBe("talk");
    expect(await read({ draft: { kind: "talk" }, doubtful: true })).toBe("clarify");
    expect(await read({ draft: { kind: "control", verb: "approve" }, doubtful: false })).toBe("clarify");
  });

  it.each([
    ["prompt_too_long", /too long/],
    ["output_incomplete", /no end/],
  ])("error: a model that stops with %s is answered with a question", async (code, says) => {
    const messages = [{ role: "user", content: "supply 500 usdc to aave" }] as const;
    const failing = async () => {
      throw Object.assign(new NoUserMessageError(), { code });
    };
    const { understanding } = await understand({ messages, prompt, model: failing });
    expect(understanding).toMatchObject({ kind: "clarify", missing: ["action"], prompt: expect.stringMatching(says) });
    await expect(
      understand({ messages, prompt, model: async () => Promise.reject(new TypeError("odd")) }),
    ).rejects.toThrow("odd");
  });

  const wish = { role: "user" as const, content: "supply 500 usdc to aave" };
  /** Doubts its reading of the wish, and knows a yes and a no. */
  const doubting = async ({ user }: { user: string }) =>
    user.endsWith("yes") || user.endsWith("no")
      ? { draft: { kind: "control", verb: user.endsWith("yes") ? "approve" : "cancel" } }
      : { draft: supply, doubtful: true };

  it("behavior: a doubtful reading is shown back, a yes takes it, a no does not", async () => {
    const { understanding } = await understand({ messages: [wish], prompt, model: doubting });
    expect(understanding).toMatchObject({ kind: "clarify", missing: ["action"], options: ["yes", "no"] });
    const question = understanding.kind === "clarify" ? understanding.prompt : "";
    expect(question).toBe(
      "Is this what you mean: supply 500 USDC, protocol aave-v3? Say yes, or say it in other words.",
    );
    const reply = (content: string) => [
      wish,
      { role: "assistant" as const, content: question },
      { role: "user" as const, content },
    ];
    const yes = await understand({ messages: reply("yes"), prompt, model: doubting });
    expect(yes.understanding).toMatchObject({ kind: "act", intent: { actions: [{ type: "supply", asset: "USDC" }] } });
    expect(yes.groundings.every(({ turn }) => turn === 0)).toBe(true);
    const no = await understand({ messages: reply("no"), prompt, model: doubting });
    expect(no.understanding).toMatchObject({ kind: "control", verb: "cancel" });
  });

  it("behavior: an answer that leaves the wish as it was is shown back; the same again is not", async () => {
    const read = async (answer: string) => {
      const messages = [
        wish,
        { role: "assistant" as const, content: "500 USDC to Aave v3. Approve?" },
        { role: "user" as const, content: answer },
      ];
      return (await understand({ messages, prompt, model: async () => ({ draft: supply }) })).understanding;
    };
    expect(await read("max quit")).toMatchObject({ kind: "clarify", missing: ["action"], options: ["yes", "no"] });
    expect((await read("the same again")).kind).toBe("act");
  });

  it("behavior: a yes that brings values of its own, or answers another reading, takes nothing", async () => {
    const shown = "Is this what you mean: supply 500 USDC, protocol aave-v3? Say yes, or say it in other words.";
    const answered = async (question: string, reply: string) => {
      const model = async ({ user }: { user: string }) =>
        user.includes("yes") ? { draft: { kind: "control", verb: "approve" } } : { draft: supply, doubtful: true };
      const messages = [
        wish,
        { role: "assistant" as const, content: question },
        { role: "user" as const, content: reply },
      ];
      return (await understand({ messages, prompt, model })).understanding.kind;
    };
    expect(await answered(shown, "YES")).toBe("act");
    expect(await answered(shown, "yes but only 50")).toBe("clarify");
    expect(await answered(shown.replace("500", "5"), "yes")).toBe("clarify");
  });

  it("behavior: a yes to any other question of the assistant is no yes to a reading", async () => {
    const messages = [
      wish,
      { role: "assistant" as const, content: "Shall I?" },
      { role: "user" as const, content: "yes" },
    ];
    const { understanding } = await understand({ messages, prompt, model: doubting });
    expect(understanding).toMatchObject({ kind: "control", verb: "approve" });
  });

  it("behavior: a secret never reaches the model", async () => {
    const understood = await understand({
      messages: [{ role: "user", content: `private key 0x${"5e".repeat(32)} send all my eth` }],
      prompt,
      model: () => Promise.reject(new RangeError("the model was asked")),
    });
    expect(understood.understanding.kind).toBe("refuse");
  });

  it("behavior: an error of the model passes through", async () => {
    const asking = understand({
      messages: [{ role: "user", content: "hi" }],
      prompt,
      model: () => Promise.reject(new RangeError("gone")),
    });
    await expect(asking).rejects.toThrow(RangeError);
  });

  it("error: NoUserMessageError", async () => {
    const asking = understand({
      messages: [{ role: "assistant", content: "hi" }],
      prompt,
      model: async () => ({ draft: { kind: "talk" } }),
    });
    await expect(asking).rejects.toThrow(NoUserMessageError);
  });
});
