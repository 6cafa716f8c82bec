import { describe, expect, it } from "vitest";
import type { Message } from "../domain/intent.ts";
import { mask } from "./mask.ts";

/** Prompt of the owner's last line in a conversation that the owner begins. */
function last(...turns: readonly string[]): string {
  const messages = turns.map((content, index): Message => ({ role: index % 2 === 0 ? "user" : "assistant", content }));
  return mask(messages).prompt.split("\n").at(-1) ?? "";
}

describe("readPick", () => {
  it("default", () => {
    expect(last("lend 250 on aave", "USDC or DAI?", "the second one")).toBe("user: [T2s]");
  });

  it("default: the picked thing is grounded in the words that pick it", () => {
    const { spans } = mask([
      { role: "user", content: "lend 250 usdc" },
      { role: "assistant", content: "Aave v3 pays 4.1 %, Spark 4.6 %, Morpho 5.2 %." },
      { role: "user", content: "the last one for me" },
    ]);
    expect(spans.at(-1)).toMatchObject({
      kind: "protocol",
      value: "morpho",
      text: "the last one",
      owner: true,
      turn: 2,
    });
  });

  it.each([
    ["swap 1 eth", "DAI, USDT or USDC?", "the latter", "user: the latter"],
    ["swap 1 eth", "DAI or USDT?", "The latter!", "user: [T3s] !"],
    ["swap 1 eth", "1. DAI\n2. USDT\n3. USDC", "3", "user: [T4s]"],
    ["swap 1 eth", "DAI, USDT or USDC?", "3", "user: [N2]"],
    ["lend 500 usdc", "Spark 4.6 %, Morpho 5.2 %", "option 2, half of it", "user: [P2l] , [F1] of it"],
    ["bridge 2 eth", "Base or Arbitrum?", "0.3 to the first, 0.2 to the second", "user: [N2] to [C1] , [N3] to [C2]"],
    ["lend 500 usdc", "1. USDC on Aave\n2. DAI on Spark", "the second one", "user: [T2s] [P2l]"],
    ["presta 500 usdc", "¿Aave o Spark?", "la segunda", "user: [P2l]"],
    ["500 usdc verleihen", "Aave oder Spark?", "zum zweiten bitte", "user: [P2l] bitte"],
    ["500 usdc", "Aave, Spark", "第二个", "user: [P2l]"],
    ["trade 80 uni", "USDC, USDT or DAI?", "middle option", "user: [T3s]"],
    ["quero trocar 90 dai", "Por qual token? 1) ETH 2) USDC", "o primeiro", "user: [T2e]"],
    ["repay 400 usdc", "You owe it at 1) Aave and 2) Compound. Which?", "the second", "user: [P2l]"],
  ])("behavior: %s / %s / %s", (wish, offer, answer, line) => {
    expect(last(wish, offer, answer)).toBe(line);
  });

  it.each([
    ["pools are pairs", "what do i have", "1. ETH/USDC 2. LINK/ETH", "close the second"],
    [
      "the steps are the owner's",
      "100 dai to spark, 200 to morpho",
      "DAI to Spark, then to Morpho?",
      "drop the second one",
    ],
    ["more was listed than one row shows", "lend", "1. USDC\n2. the other dollar\n3. DAI", "the second one"],
    ["nothing was offered", "swap 1 eth to dai", "1 ETH for 3,100 DAI. Approve?", "the second one"],
    ["a noun follows", "lend 500 usdc", "Spark or Morpho?", "the second half of june"],
    ["the place is beyond the row", "lend 500 usdc", "Spark or Morpho?", "the third one"],
    ["two rows are crossed", "lend 500", "USDC or DAI, on Spark or Morpho?", "the second one"],
  ])("behavior: nothing is picked where %s", (_, wish, offer, answer) => {
    expect(last(wish, offer, answer)).not.toMatch(/\[[TPC]\d/);
  });
});
