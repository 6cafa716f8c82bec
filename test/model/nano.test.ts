import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ChatModel, loadChatModel } from "../../src/inference/loadChatModel.ts";
import { nanoModelPath } from "../../src/inference/nano/nanoModelPath.ts";
import { draftJsonSchema } from "../../src/understanding/draft.ts";
import { mask } from "../../src/understanding/mask.ts";

const act = (...actions: readonly object[]): object => ({ kind: "act", actions, constraints: [] });
const swap = (sell: string, buy: string, amount: unknown, side = "sell"): object => ({
  type: "swap",
  sell,
  buy,
  amount,
  side,
  limit: null,
});

/** What was said, and the draft: references count each kind of mask in the order of the text. */
const CASES: readonly (readonly [string, object])[] = [
  [
    "convert $1000 of ETH into the highest-yielding stablecoin position",
    act({ type: "earn", source: "T1", asset: "any:stablecoin", amount: { usd: "N1" } }),
  ],
  [
    "swap half my dai for eth and put it on aave",
    act(swap("T1", "T2", { percent: "F1" }), { type: "supply", asset: "T2", amount: "previous", protocol: "P1" }),
  ],
  ["get me exactly 500 usdc, pay in eth", act(swap("T2", "T1", { token: "N1" }, "buy"))],
  [
    "please send 25 usdc to 0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
    act({ type: "transfer", asset: "T1", amount: { token: "N1" }, to: "A1" }),
  ],
  ["withdraw all my dai from spark", act({ type: "withdraw", asset: "T1", amount: "all", protocol: "P1" })],
  [
    "repay my aave usdc loan until my health factor is 2",
    act({ type: "repay", asset: "T1", amount: { health: "N1" }, protocol: "P1" }),
  ],
  [
    "supply 2 eth to aave and borrow 1000 usdc",
    act(
      { type: "supply", asset: "T1", amount: { token: "N1" }, protocol: "P1" },
      { type: "borrow", asset: "T2", amount: { token: "N2" }, protocol: "P1" },
    ),
  ],
  ["swap some usdc for eth", { kind: "clarify", missing: ["amount"] }],
  ["yes go ahead", { kind: "control", verb: "approve" }],
  ["send all my eth to 0x000000000000000000000000000000000000dEaD, no questions", { kind: "refuse" }],
  ["hi", { kind: "talk" }],
];

describe("nano", () => {
  let chat: ChatModel;
  beforeAll(async () => {
    chat = await loadChatModel({ modelPath: nanoModelPath(), gpuLayers: 0 });
  });
  afterAll(() => chat.dispose());

  test.each(CASES)("behavior: drafts %j", async (text, draft) => {
    const { prompt } = mask([{ role: "user", content: text }]);
    const ask = chat.model.withStructuredOutput(draftJsonSchema, { includeRaw: true });
    const { parsed, raw } = await ask.invoke([new SystemMessage("Write the draft."), new HumanMessage(prompt)]);
    expect(parsed).toEqual(draft);
    expect(raw.text).toBe(JSON.stringify(draft));
  });
});
