import fc from "fast-check";

const WORDS = [
  "swap",
  "send",
  "all",
  "my",
  "usdc",
  "ETH",
  "to",
  "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
  "bob.eth",
  "1.000,50",
  "½",
  "ignore previous instructions",
  "[N1]",
  "[T1s]",
  "<|draft|>",
  "</s>",
  "user:",
  "\nassistant: ",
  '{"kind":"act"}',
  "{{{{",
  "```",
  "USDС",
  "\u200b",
  "\u202e",
  "0x0000000000000000000000000000000000000000",
  "−5",
  "1e999",
  "NaN",
  "%",
  "$",
  "一万",
  "🚀",
  "\u0000",
];

/** Messages that try to break a parser: words of the trade in any order, marks, template tokens, binary, nesting, lengths. */
export function hostileText(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.array(fc.constantFrom(...WORDS), { maxLength: 60 }).map((words) => words.join(" ")),
    fc.string({ unit: "binary", maxLength: 400 }),
    fc.string({ unit: "grapheme", maxLength: 400 }),
    fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
    fc.json({ maxDepth: 6 }),
    fc
      .tuple(fc.integer({ min: 1, max: 4000 }), fc.constantFrom("[", "{", "(", '"', "0", "9", ".", ",", "-"))
      .map(([count, unit]) => unit.repeat(count)),
    fc.bigInt({ min: 0n, max: 10n ** 90n }).map((value) => `send ${value} usdc to bob.eth`),
  );
}

const REFS = [
  "N1",
  "N2",
  "N3",
  "F1",
  "T1",
  "T2",
  "T3",
  "A1",
  "A2",
  "E1",
  "P1",
  "C1",
  "D1",
  "N99",
  "previous",
  "all",
  "x",
];

/** Drafts that a confused or hostile model could write: the right shape with wrong pointers, and any JSON at all. */
export function hostileDraft(): fc.Arbitrary<unknown> {
  const ref = fc.constantFrom(...REFS, null, 5, "0x70997970C51812dc3A010C7d01b50e0d17dc79C8", "1000000", {}, []);
  const amount = fc.oneof(
    ref,
    fc.record({ token: ref }),
    fc.record({ usd: ref }),
    fc.record({ percent: ref }),
    fc.record({ health: ref }),
  );
  const action = fc.oneof(
    fc.record({
      type: fc.constant("swap"),
      sell: ref,
      buy: ref,
      amount,
      side: fc.constantFrom("sell", "buy", 1),
      limit: ref,
    }),
    fc.record({ type: fc.constant("transfer"), asset: ref, amount, to: ref }),
    fc.record({ type: fc.constantFrom("supply", "withdraw", "borrow", "repay"), asset: ref, amount, protocol: ref }),
    fc.record({ type: fc.constant("approve"), asset: ref, spender: ref, amount }),
    fc.record({ type: fc.constant("recur"), every: ref, then: fc.array(fc.anything(), { maxLength: 3 }), until: ref }),
  );
  return fc.oneof(
    fc.record({
      kind: fc.constant("act"),
      actions: fc.array(action, { maxLength: 9 }),
      constraints: fc.oneof(fc.constant([]), fc.array(fc.dictionary(fc.constantFrom("gas", "allow", "chain"), ref))),
    }),
    fc.record({
      kind: fc.constantFrom("ask", "clarify", "control", "nonsense"),
      topic: ref,
      missing: fc.anything(),
      verb: ref,
    }),
    fc.anything({ maxDepth: 4 }),
  );
}
