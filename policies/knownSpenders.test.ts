import { expect, test } from "vitest";
import { knownSpenders } from "./knownSpenders.ts";
import { codesOf, ORPHAN, POOL, STRANGER, testEvidence, USDC } from "./lib/testEvidence.ts";

const approve = (spender: typeof POOL, amount: bigint) =>
  testEvidence([{ to: USDC.address, effect: { type: "approve", token: USDC.address, spender, amount } }]);

test.each([
  ["a known spender", POOL, 5n, []],
  ["a person", STRANGER, 1n, ["known-spenders.unknown"]],
  ["an unknown contract", ORPHAN, 5n, ["known-spenders.unknown"]],
  ["a token is a known target but no spender", USDC.address, 5n, ["known-spenders.unknown"]],
  ["taking back from an unknown one", ORPHAN, 0n, []],
] as const)("behavior: %s", (_, spender, amount, expected) => {
  expect(codesOf(knownSpenders.check(approve(spender, amount), true))).toEqual(expected);
});

test("behavior: without known contracts every approval is denied", () => {
  expect(knownSpenders.check({ ...approve(POOL, 5n), known: [] }, true)).toHaveLength(1);
});
