import { describe, expect, it } from "vitest";
import { NoUserMessageError, understand } from "./understand.ts";

const prompt = (masked: string) => ({ system: "", user: masked });

describe("understand", () => {
  it("default", async () => {
    const asked: string[] = [];
    const understood = await understand({
      messages: [{ role: "user", content: "supply 500 usdc to aave" }],
      prompt,
      model: async ({ user }) => {
        asked.push(user);
        return {
          kind: "act",
          actions: [{ type: "supply", asset: "T1", amount: { token: "N1" }, protocol: "P1" }],
          constraints: [],
        };
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
      model: async () => ({ kind: "talk" }),
    });
    await expect(asking).rejects.toThrow(NoUserMessageError);
  });
});
