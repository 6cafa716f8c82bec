import { expect, test } from "vitest";
import { knownCalls } from "./knownCalls.ts";
import { codesOf, FRIEND, ORPHAN, OWNER, POOL, type Step, testEvidence, USDC } from "./lib/testEvidence.ts";

const supply: Step = {
  to: POOL,
  effect: { type: "supply", protocol: "test", asset: USDC.address, amount: 1n, onBehalfOf: OWNER },
};
const pay: Step = { to: FRIEND, data: "0x", effect: { type: "transfer", asset: USDC.address, to: FRIEND, amount: 1n } };

test.each<[string, readonly Step[], readonly string[]]>([
  ["a decoded call to a known contract", [supply], []],
  ["a plain payment to a person", [pay], []],
  ["a payment with calldata", [{ ...pay, data: "0x1234" }], ["known-calls.unknown-target"]],
  ["nobody can decode it", [{ to: POOL }], ["known-calls.undecoded"]],
  ["decoded, but to an unknown contract", [{ ...supply, to: ORPHAN }], ["known-calls.unknown-target"]],
  ["one bad call among good ones", [supply, { to: POOL }, supply], ["known-calls.undecoded"]],
  ["no calls at all", [], ["known-calls.empty"]],
])("behavior: %s", (_, steps, expected) => {
  expect(codesOf(knownCalls.check(testEvidence(steps), true))).toEqual(expected);
});

test("behavior: evidence that does not fit the plan", () => {
  const evidence = { ...testEvidence([supply, supply]), decoded: testEvidence([supply]).decoded };
  expect(codesOf(knownCalls.check(evidence, true))).toEqual(["known-calls.mismatch"]);
  const swapped = testEvidence([supply, supply]);
  const decoded = swapped.decoded.map((entry) => ({ ...entry, callIndex: 1 - entry.callIndex }));
  expect(knownCalls.check({ ...swapped, decoded }, true)).toHaveLength(2);
});
