import { describe, expect, it } from "vitest";
import type { Message } from "../domain/intent.ts";
import { mask } from "./mask.ts";
import type { MaskContext } from "./spans.ts";

const say = (text: string, context: MaskContext = {}) => mask([{ role: "user", content: text }], context);
const chat = (...turns: readonly string[]) =>
  mask(turns.map((content, index): Message => ({ role: index % 2 === 0 ? "user" : "assistant", content })));
const ADDRESS = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";

describe("mask", () => {
  it("default", () => {
    const masked = say("Convert $1000 of ETH into the  highest-yielding stablecoin position");
    expect(masked.prompt).toBe("user: convert $ [N1] of [T1e] into the highest-yielding stablecoin position");
    expect(masked.spans.map(({ ref, value, text }) => [ref, value, text])).toEqual([
      ["N1", "1000", "1000"],
      ["T1", "ETH", "ETH"],
    ]);
  });

  it.each([
    ["swap ether for tether", "user: swap [T1e] for [T2s]"],
    ["wrap eth into weth", "user: wrap [T1e] into [T2w]"],
    ["wrapped staked ether and wrapped bitcoin", "user: [T1w] and [T2b]"],
    ["eth, ETH and Ethereum", "user: [T1e] , [T1e] and [T1e]"],
    ["put it on aave v3", "user: put it on [P1l]"],
    ["sell aave on aave", "user: sell [P1a] on [P1a]"],
    ["sell aave tokens", "user: sell [T1x]"],
    ["uni v2 or uniswap", "user: [P1d] or [P2d]"],
    ["lido eth versus lido", "user: [T1w] versus [P1s]"],
    ["bridge to base", "user: bridge to [C1]"],
    ["is PEPE2 safe", "user: is [T1u] safe"],
    ["rug check on $GROKK", "user: rug check on [T1u]"],
    ["send to bob.eth", "user: send to [E1]"],
    ["the market maker read this link", "user: the market maker read this link"],
    ["until 31 December 2026 at 8am", "user: until [D1] at [X1]"],
    ["every weekday at 9 buy 20 usdc of eth", "user: every weekday at [X1] buy [N1] [T1s] of [T2e]"],
    ["at nine in the morning UTC swap 1 eth", "user: at [X1] utc swap [N1] [T1e]"],
    ["daily at noon, 5 dai to eth", "user: daily at [X1] , [N1] [T1s] to [T2e]"],
    ["each evening at 8 send 5 dai", "user: each evening at [X1] send [N1] [T1s]"],
    ["every day at 9 usdc or more", "user: every day at [N1] [T1s] or more"],
    ["sell at 9 in dai", "user: sell at [N1] in [T1s]"],
    ["stop on the first of march 2027", "user: stop on the [D1]"],
    ["on christmas eve 2026 send 1 eth", "user: on [D1] send [N1] [T1e]"],
    ["30 dai for christmas", "user: [N1] [T1s] for christmas"],
    ["it is november. 12% of my eth", "user: it is november. [N1] % of my [T1e]"],
    ["on the 15th of each month", "user: on the [N1] th of each month"],
    ["ＵＳＤＣ", "user: [T1s]"],
    ["10k usdc yi sparka yatir", "user: [N1] [T1s] yi [P1l] yatir"],
    ["aaveye koy, morphodan 100 usdcyi cek", "user: [P1a] koy, [P2l] [N1] [T1s] cek"],
    ["a sparkling compounded lidocaine", "user: a sparkling compounded lidocaine"],
    ["ETH1.5枚をUSDCへ", "user: [T1e] [N1] 枚を [T2s] へ"],
    ["un eth e mezzo in usdc", "user: [N1] [T1e] e mezzo in [T2s]"],
    ["manda 60 usdc a pau", "user: manda [N1] [T1s] a pau"],
    ["9k usdc to comp v3", "user: [N1] [T1s] to [P1l]"],
  ])("behavior: %s", (text, prompt) => {
    expect(say(text).prompt).toBe(prompt);
  });

  it.each([
    ["a Cyrillic letter", "swap 100 USD\u0421 to eth"],
    ["a Greek letter", "lend 90 D\u0391I"],
    ["a zero-width space", "send 50 US\u200bDT"],
    ["a word joiner", "trade 2 link for WBT\u2060C"],
    ["swapped letters", "swap 100 USCD to eth"],
    ["a doubled letter", "swap 100 usdtt to eth"],
    ["a near miss in capitals", "50 usdc to LNIK"],
    ["a version", "200 usdc to LINK2.0"],
  ])("behavior: a symbol with %s is an imitation", (_, text) => {
    expect(say(text).spans.filter((span) => span.letter === "q")).toHaveLength(1);
  });

  it("behavior: classes of addresses", () => {
    const token = "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48";
    const context = {
      account: ADDRESS,
      tokens: { all: [{ symbol: "USDC", address: token }] },
      contacts: [{ name: "Bob", address: ADDRESS }],
    };
    const letter = (text: string) => say(text, context).spans[0]?.letter;
    expect(letter("0x000000000000000000000000000000000000dEaD")).toBe("z");
    expect(letter("0x0000000000000000000000000000000000000000")).toBe("z");
    expect(letter("0x000…dEaD")).toBe("z");
    expect(letter("the burn address")).toBe("z");
    expect(letter(token.toLowerCase())).toBe("k");
    expect(letter(ADDRESS)).toBe("o");
    expect(letter("bob")).toBe("c");
    expect(letter("0x84d129E7243Ae7C2")).toBe("x");
    expect(letter("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")).toBe("");
  });

  it("behavior: a secret never reaches the prompt or the spans", () => {
    const key = "6609cfa30cc44d23ec93d9423324100d6270d47af81211e88d5870a179e0f2ad";
    const seed = "legal winner thank year wave sausage worth useful legal winner thank yellow";
    for (const text of [`my private key is 0x${key}`, key, `seed phrase: ${seed}`, seed]) {
      const masked = say(text);
      expect(masked.prompt).toContain("[K1]");
      expect(JSON.stringify(masked)).not.toContain("6609cf");
      expect(JSON.stringify(masked)).not.toContain("sausage");
    }
  });

  it("behavior: 32 bytes without talk of keys is a transaction", () => {
    expect(say(`status of 0x${"ab".repeat(32)}`).prompt).toBe("user: status of [H1]");
  });

  it("behavior: an assistant's numbers and addresses cannot be pointed at", () => {
    const masked = chat("swap some usdc", `You hold 900 USDC. Send to ${ADDRESS}?`, "yes 50 of it");
    expect(masked.prompt).toBe(
      "user: swap some [T1s]\nassistant: you hold [N] [T1s] . send to [A] ?\nuser: yes [N1] of it",
    );
    expect(masked.spans.filter((span) => !span.owner && span.kind !== "token").every((span) => span.ref === "")).toBe(
      true,
    );
  });

  it("behavior: an assistant's echo of the owner's number shows which one", () => {
    expect(chat("swap 200 usdc to eth", "200 USDC → 0.1 ETH. Approve?", "300").prompt).toBe(
      "user: swap [N1] [T1s] to [T2e]\nassistant: [N1] [T1s] → [N] [T2e] . approve?\nuser: [N2]",
    );
  });

  it("behavior: a choice from a list stays a digit", () => {
    expect(chat("supply 10 dai", "1. today\n2. next week", "2").prompt).toContain("user: 2");
  });

  it("behavior: system and tool turns are left out", () => {
    const masked = mask([
      { role: "system", content: `send all to ${ADDRESS}` },
      { role: "tool", content: "swap 5 eth" },
      { role: "user", content: "hi" },
    ]);
    expect(masked.prompt).toBe("user: hi");
    expect(masked.spans).toEqual([]);
  });

  it("behavior: offsets point into the original message", () => {
    const text = "🍕 Sénd  ５０ US\u00adDC zu bob.eth";
    for (const span of say(text).spans) expect(text.slice(span.start, span.end)).toBe(span.text);
    expect(say(text).spans.find((span) => span.kind === "number")?.text).toBe("５０");
  });

  it("behavior: a megabyte is masked in bounded time and marked as cut", () => {
    const started = performance.now();
    for (const text of [
      "1,".repeat(500_000),
      "a".repeat(1_000_000),
      "0x".repeat(500_000),
      "half a ".repeat(150_000),
      "é\u200b".repeat(500_000),
    ]) {
      const masked = say(text);
      expect(masked.truncated).toBe(true);
      expect(masked.prompt.length).toBeLessThan(12_000);
    }
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
