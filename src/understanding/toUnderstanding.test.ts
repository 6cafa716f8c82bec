import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Message, understandingSchema } from "../domain/intent.ts";
import { ACTION_FIELDS } from "./draftShape.ts";
import { mask } from "./mask.ts";
import { toUnderstanding } from "./toUnderstanding.ts";

const ADDRESS = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
const user = (content: string): Message => ({ role: "user", content });
const bot = (content: string): Message => ({ role: "assistant", content });
const read = (draft: unknown, ...messages: readonly Message[]) => toUnderstanding(draft, mask(messages), messages);
const act = (...actions: readonly unknown[]) => ({ kind: "act", actions, constraints: [] });
const swap = (amount: unknown, more: object = {}) =>
  act({ type: "swap", sell: "T1", buy: "T2", amount, side: "sell", limit: null, ...more });
const transfer = (to: unknown, amount: unknown = { token: "N1" }) => act({ type: "transfer", asset: "T1", amount, to });
const missing = (field: string) => expect.objectContaining({ kind: "clarify", missing: [field] });
const refuse = expect.objectContaining({ kind: "refuse" });

describe("toUnderstanding", () => {
  it("default", () => {
    const { understanding, groundings } = read(swap({ token: "N1" }), user("Swap 1,000.50 usdc to ether"));
    expect(understanding).toEqual({
      kind: "act",
      intent: {
        actions: [{ type: "swap", sell: "USDC", buy: "ETH", amount: { unit: "token", value: "1000.5" }, side: "sell" }],
      },
    });
    expect(groundings).toEqual([
      { field: "actions[0].sell", value: "USDC", turn: 0, start: 14, end: 18, text: "usdc" },
      { field: "actions[0].buy", value: "ETH", turn: 0, start: 22, end: 27, text: "ether" },
      { field: "actions[0].amount", value: "1000.5", turn: 0, start: 5, end: 13, text: "1,000.50" },
    ]);
  });

  it("behavior: a share is six digits as percent and exact as part of a token (Reading 17)", () => {
    const amount = (draft: unknown, text: string) => {
      const { understanding } = read(swap(draft), user(text));
      return understanding.kind === "act" ? understanding.intent.actions[0] : understanding;
    };
    expect(amount({ percent: "F1" }, "swap a third of my dai to eth")).toMatchObject({
      amount: { unit: "percent", value: "33.333333" },
    });
    expect(amount({ percent: "F1" }, "swap two thirds of my dai to eth")).toMatchObject({
      amount: { unit: "percent", value: "66.666667" },
    });
    expect(amount({ token: "F1" }, "swap half an ether to dai")).toMatchObject({
      amount: { unit: "token", value: "0.5" },
    });
  });

  it("behavior: constraints, percent to basis points", () => {
    const draft = { ...swap({ token: "N1" }), constraints: [{ slippage: "N2" }, { gas: "N3" }, { allow: ["P1"] }] };
    const { understanding } = read(draft, user("swap 5 dai to eth, slippage 0.5%, gas below $4, on uniswap"));
    expect(understanding).toMatchObject({
      intent: { constraints: { maxSlippageBps: "50", maxGasUsd: "4", protocols: { allow: ["uniswap-v3"] } } },
    });
  });

  it("behavior: wrapping names the other side", () => {
    expect(read(swap({ token: "N1" }, { buy: "wrapped" }), user("wrap 2 eth")).understanding).toMatchObject({
      intent: { actions: [{ sell: "ETH", buy: "WETH" }] },
    });
    expect(read(swap({ token: "N1" }, { buy: "wrapped" }), user("wrap 2 dai")).understanding).toEqual(missing("buy"));
  });

  it("behavior: portfolio weights with a rest", () => {
    const draft = act({
      type: "allocate",
      targets: [
        { asset: "T1", percent: "N1" },
        { asset: "T2", percent: "rest" },
      ],
      drift: null,
      every: "month",
    });
    expect(read(draft, user("keep 60% eth, the rest usdc, monthly")).understanding).toMatchObject({
      intent: { actions: [{ targets: [{ percent: "60" }, { asset: "USDC", percent: "40" }], every: "month" }] },
    });
  });

  it("behavior: a moment takes the one hour that was said", () => {
    const draft = act({ type: "when", if: "time", asset: null, value: "D1", then: [{ type: "notify" }] });
    expect(read(draft, user("at 18:00 UTC on 5 May 2027 tell me")).understanding).toMatchObject({
      intent: { actions: [{ condition: { type: "time", value: "2027-05-05T18:00:00Z" } }] },
    });
  });

  describe("Reading 3: whose words", () => {
    it("behavior: a token offered by the assistant and picked is grounded in the owner's pick", () => {
      const picked = read(
        act({ type: "swap", sell: "T1", buy: "T3", amount: { token: "N1" }, side: "sell", limit: null }),
        user("swap 250 of what I have"),
        bot("DAI or USDT, into ETH?"),
        user("the first"),
      );
      expect(picked.understanding.kind).toBe("act");
      expect(picked.groundings[0]).toEqual({
        field: "actions[0].sell",
        value: "DAI",
        turn: 2,
        start: 0,
        end: 9,
        text: "the first",
      });
    });

    it("behavior: an address of the assistant's never becomes a recipient", () => {
      const conversation = [
        user("does the shelter take donations"),
        bot(`Yes: ${ADDRESS}`),
        user("send 50 usdc there"),
      ];
      expect(read(transfer("A1"), ...conversation).understanding).toEqual(missing("to"));
    });

    it("behavior: an assistant's number never becomes an amount", () => {
      const conversation = [user("swap usdc to eth"), bot("You hold 900 USDC. How much?"), user("that")];
      expect(read(swap({ token: "N1" }), ...conversation).understanding).toEqual(missing("amount"));
    });

    it("behavior: an approval needs the owner's own spender, a revocation may follow a list", () => {
      const conversation = [user("what about dai"), bot("DAI may be spent by Spark."), user("ok 5")];
      expect(
        read(act({ type: "approve", asset: "T1", spender: "P1", amount: { token: "N1" } }), ...conversation)
          .understanding,
      ).toEqual(missing("spender"));
      expect(
        read(act({ type: "revoke", asset: "T1", spender: "P1" }), ...conversation.slice(0, 2), user("remove it"))
          .understanding.kind,
      ).toBe("act");
    });
  });

  describe("Readings 12 and 13: symbols and numbers", () => {
    it.each([
      ["sell", "swap 100 USD\u0421 to eth"],
      ["buy", "swap 100 usdc to \u0415TH"],
      ["buy", "swap 2 dai for WBT\u2060C"],
      ["sell", "swap 100 USCD to eth"],
    ])("behavior: imitation, clarify %s: %s", (field, text) => {
      const { understanding } = read(swap({ token: "N1" }), user(text));
      expect(understanding).toEqual(missing(field));
      expect(understanding).toMatchObject({ prompt: expect.stringContaining("imitates a listed symbol") });
    });

    it.each([
      ["1.500 in English", "swap 1.500 usdc to the eth", { token: "N1" }],
      ["gwei", "swap 40 gwei of usdc to eth", { token: "N1" }],
      ["euros", "swap 200 euros of usdc to eth", { usd: "N1" }],
      ["dollars nobody said", "swap 200 usdc to eth", { usd: "N1" }],
      ["percent nobody said", "swap 20 usdc to eth", { percent: "N1" }],
      ["tokens where percent was said", "swap 20% usdc to eth", { token: "N1" }],
      ["dollars as tokens", "swap $20 of usdc to eth", { token: "N1" }],
      ["more than there is", "swap 150% of usdc to eth", { percent: "N1" }],
      ["nothing", "swap 0 usdc to eth", { token: "N1" }],
    ])("behavior: %s: clarify amount", (_, text, amount) => {
      expect(read(swap(amount), user(text)).understanding).toEqual(missing("amount"));
    });
  });

  describe("recipients", () => {
    it.each([
      ["0x000000000000000000000000000000000000dEaD", refuse],
      ["0x0000000000000000000000000000000000000000", refuse],
      ["0x000…dEaD", refuse],
      ["0x84d129E7243Ae7C2", missing("to")],
      ["0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", missing("to")],
      [ADDRESS, expect.objectContaining({ kind: "act" })],
      [ADDRESS.toLowerCase(), expect.objectContaining({ kind: "act" })],
    ])("behavior: %s", (to, expected) => {
      expect(read(transfer("A1"), user(`send 5 usdc to ${to}`)).understanding).toEqual(expected);
    });

    it("behavior: a token's own contract is no recipient", () => {
      const messages = [user(`send 5 usdc to ${ADDRESS}`)];
      const masked = mask(messages, { tokens: { all: [{ symbol: "X", address: ADDRESS }] } });
      expect(toUnderstanding(transfer("A1"), masked, messages).understanding).toEqual(missing("to"));
    });

    it("behavior: an unlimited approval for a stranger is refused", () => {
      const approve = (amount: unknown) => act({ type: "approve", asset: "T1", spender: "A1", amount });
      expect(read(approve("all"), user(`approve max dai for ${ADDRESS}`)).understanding).toEqual(refuse);
      expect(read(approve(null), user(`approve dai for ${ADDRESS}`)).understanding).toEqual(refuse);
      expect(read(approve({ token: "N1" }), user(`approve 5 dai for ${ADDRESS}`)).understanding.kind).toBe("act");
    });
  });

  it("behavior: a secret in the last message is refused whatever the draft says", () => {
    const { understanding } = read(
      swap({ token: "N1" }),
      user(`my private key is 0x${"6a".repeat(32)}, swap 5 dai to eth`),
    );
    expect(understanding).toEqual(refuse);
    expect(JSON.stringify(understanding)).not.toContain("6a6a");
  });

  it("behavior: a follow-up's figure that the draft ignores is asked for", () => {
    const conversation = [
      user("swap 200 usdc to eth"),
      bot("200 USDC → 0.1 ETH. Approve?"),
      user("no wait, make it 300"),
    ];
    expect(read(swap({ token: "N1" }), ...conversation).understanding).toEqual(missing("amount"));
    expect(read(swap({ token: "N2" }), ...conversation).understanding).toMatchObject({
      intent: { actions: [{ amount: { value: "300" } }] },
    });
  });

  it("behavior: a message too long to be seen whole never acts", () => {
    expect(read(swap({ token: "N1" }), user(`swap 5 dai to eth ${"and so on ".repeat(400)}`)).understanding).toEqual(
      missing("action"),
    );
  });

  it.each([
    ["PT1H", "every monday swap 5 dai to eth", false],
    ["week", "every monday swap 5 dai to eth", false],
    ["week:friday", "every monday swap 5 dai to eth", false],
    ["week:monday", "every monday swap 5 dai to eth", true],
    ["week:monday", "jeden Montag 5 dai in eth", true],
    ["week", "chaque semaine échange mon dai, 5, en eth", true],
    ["PT1H", "hourly swap 5 dai to eth", true],
  ])("behavior: period %s of %j stands: %s", (every, text, stands) => {
    const draft = act({ type: "recur", every, then: swap({ token: "N1" }).actions, until: null });
    expect(read(draft, user(text)).understanding).toEqual(
      stands ? expect.objectContaining({ kind: "act" }) : missing("every"),
    );
  });

  it("behavior: a question about a contract carries its address", () => {
    const draft = { kind: "ask", topic: "contract", asset: null, protocol: null };
    expect(read(draft, user(`what is ${ADDRESS}`)).understanding).toEqual({
      kind: "ask",
      question: { topic: "contract", subject: ADDRESS },
    });
  });

  describe("hostile drafts", () => {
    const text = user(`swap 5 dai to eth on aave, or send to ${ADDRESS}`);
    it.each<readonly [string, unknown, unknown]>([
      ["not an object", "swap everything", missing("action")],
      ["null", null, missing("action")],
      ["a list", [], missing("action")],
      ["an unknown kind", { kind: "execute" }, missing("action")],
      ["no actions", act(), missing("action")],
      ["nine actions", act(...Array.from({ length: 9 }, () => ({ type: "notify" }))), missing("action")],
      ["an unknown verb", act({ type: "drain" }), missing("action")],
      ["a prototype's verb", act({ type: "constructor" }), missing("action")],
      ["an extra field", swap({ token: "N1" }, { calldata: "0x" }), missing("action")],
      ["a reference out of range", swap({ token: "N99" }), missing("amount")],
      ["a reference of the wrong kind", swap({ token: "T1" }), missing("amount")],
      ["a number of its own", swap({ token: "1000000" }), missing("amount")],
      ["a symbol of its own", swap({ token: "N1" }, { sell: "USDC" }), missing("sell")],
      ["an address of its own", transfer("0x1111111111111111111111111111111111111111"), missing("to")],
      ["a token as recipient", transfer("T1"), missing("to")],
      ["two units", swap({ token: "N1", usd: "N1" }), missing("amount")],
      ["an unknown unit", swap({ wei: "N1" }), missing("amount")],
      ["previous first", swap("previous"), missing("amount")],
      ["itself for itself", swap({ token: "N1" }, { buy: "T1" }), missing("buy")],
      ["a share of what is bought", swap("all", { side: "buy" }), missing("amount")],
      ["an unknown side", swap({ token: "N1" }, { side: "both" }), expect.objectContaining({ kind: "clarify" })],
      [
        "an unknown constraint",
        { ...swap({ token: "N1" }), constraints: [{ skipGuards: true }] },
        missing("condition"),
      ],
      [
        "recur within recur",
        act({
          type: "recur",
          every: "day",
          until: null,
          then: [{ type: "recur", every: "day", then: [{ type: "notify" }] }],
        }),
        missing("action"),
      ],
      ["a control of its own", { kind: "control", verb: "execute" }, missing("action")],
      ["a topic of its own", { kind: "ask", topic: "keys" }, missing("action")],
      ["a missing of its own", { kind: "clarify", missing: ["__proto__"] }, missing("action")],
    ])("behavior: %s", (_, draft, expected) => {
      expect(read(draft, text).understanding).toEqual(expected);
    });

    it("behavior: whatever the draft, the answer is valid and every value of an act was said", () => {
      const value = fc.oneof(
        fc.constantFrom(
          "N1",
          "N2",
          "T1",
          "T2",
          "T9",
          "A1",
          "P1",
          "F1",
          "all",
          "previous",
          "wrapped",
          "sell",
          "buy",
          "day",
          null,
          true,
          5,
        ),
        fc.record({ token: fc.constantFrom("N1", "T1", "N7") }),
        fc.jsonValue(),
      );
      const action = fc.constantFrom(...ACTION_FIELDS.keys()).chain((type) =>
        fc.record({
          type: fc.constant(type),
          ...Object.fromEntries((ACTION_FIELDS.get(type) ?? []).map((field) => [field.key, value])),
        }),
      );
      fc.assert(
        fc.property(fc.array(action, { maxLength: 3 }), (actions) => {
          const { understanding, groundings } = read(act(...actions), text);
          expect(understandingSchema.safeParse(understanding).success).toBe(true);
          for (const one of groundings) expect(text.content.slice(one.start, one.end)).toBe(one.text);
          if (understanding.kind !== "act") return;
          const said = JSON.stringify(understanding.intent).match(/"(?:USDC|0x[0-9a-fA-F]+|\d+)"/g) ?? [];
          expect(said.every((entry) => text.content.includes(entry.slice(1, -1)))).toBe(true);
        }),
        { numRuns: 500 },
      );
    });
  });
});
