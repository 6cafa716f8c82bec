import { parseUnits } from "viem";
import { expect, test } from "vitest";
import type { Effect } from "../src/domain/effect.ts";
import type { PositionChange } from "../src/domain/simulation.ts";
import { OWNER, POOL, testEvidence, USDC } from "./lib/testEvidence.ts";
import { minHealthFactor } from "./minHealthFactor.ts";

const rule = { warn: "1.5", deny: "1.1" };
const wad = (text: string) => parseUnits(text, 18);
const change = (before: string | undefined, after: string | undefined): PositionChange => ({
  protocol: "t",
  before: before === undefined ? {} : { healthFactorWad: wad(before) },
  after: after === undefined ? {} : { healthFactorWad: wad(after) },
});
const loan = { protocol: "t", owner: OWNER, supplied: [], borrowed: [{ asset: USDC, amount: 5n, apyWad: 0n }] };
const on = (type: "borrow" | "repay"): Effect =>
  ({ type, protocol: "t", asset: USDC.address, amount: 5n, onBehalfOf: OWNER, recipient: OWNER }) as Effect;

function judge(positions: readonly PositionChange[], effect: Effect = on("borrow"), existing = false) {
  const evidence = existing ? { positions: [loan] } : {};
  return minHealthFactor
    .check(testEvidence([{ to: POOL, effect }], { simulation: { positions }, evidence }), rule)
    .map((finding) => finding.severity);
}

test.each<[string, string | undefined, string | undefined, readonly string[]]>([
  ["well above", undefined, "2", []],
  ["exactly at the warning", undefined, "1.5", []],
  ["just below the warning", undefined, "1.499999999999999999", ["warn"]],
  ["exactly at the denial", undefined, "1.1", ["warn"]],
  ["just below the denial", undefined, "1.099999999999999999", ["danger"]],
  ["worse, below the denial", "1.2", "1.05", ["danger"]],
  ["low, but no worse than before", "1.05", "1.05", ["info"]],
  ["low, but better", "1.02", "1.08", ["info"]],
])("behavior: %s", (_, before, after, expected) => {
  expect(judge([change(before, after)])).toEqual(expected);
});

test("behavior: a loan whose health nobody read is denied", () => {
  expect(judge([])).toEqual(["block"]);
  expect(judge([change(undefined, undefined)])).toEqual(["block"]);
  expect(judge([{ ...change(undefined, "2"), protocol: "other" }])).toEqual(["block"]);
  expect(minHealthFactor.check(testEvidence([], { evidence: { positions: [loan] } }), rule)).toHaveLength(1);
});

test("behavior: a loan that ends has no health factor and needs none", () => {
  expect(judge([change("1.3", undefined)], on("repay"), true)).toEqual([]);
});

test("behavior: no loan, nothing to judge", () => {
  expect(minHealthFactor.check(testEvidence([]), rule)).toEqual([]);
});
