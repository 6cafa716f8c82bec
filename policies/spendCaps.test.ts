import { expect, test } from "vitest";
import { type Effect, MAX_UINT256 } from "../src/domain/effect.ts";
import {
  codesOf,
  DAI,
  ETH,
  FRIEND,
  ODD,
  OWNER,
  POOL,
  type Step,
  testEvidence,
  USDC,
  WETH,
} from "./lib/testEvidence.ts";
import { plannedSpendUsdE8, spendCaps } from "./spendCaps.ts";

const rule = { perActionUsd: "1000", perDayUsd: "1500.5" };
const send = (amount: bigint, token = USDC, actionIndex = 0): Step => ({
  to: token.address,
  actionIndex,
  effect: { type: "transfer", asset: token.address, to: FRIEND, amount },
});
const on = (type: "supply" | "repay", amount: bigint, actionIndex = 0): Step => ({
  to: POOL,
  actionIndex,
  effect: { type, protocol: "t", asset: USDC.address, amount, onBehalfOf: OWNER } as Effect,
});
const usdc = (whole: bigint) => whole * 1_000_000n;
const binding = (max: bigint) => ({ at: 36, from: [0], asset: USDC.address, min: 1n, max });
const fed = (step: Step): Step => ({ ...step, bindings: [binding(9n)] });

test.each<[string, readonly Step[], bigint, readonly string[]]>([
  ["below", [send(usdc(10n))], 0n, []],
  ["exactly at the cap per action", [send(usdc(1000n))], 0n, []],
  ["one base unit over", [send(usdc(1000n) + 1n)], 0n, ["spend-caps.per-action"]],
  ["two calls of one action add up", [send(usdc(600n)), on("supply", usdc(600n))], 0n, ["spend-caps.per-action"]],
  ["two actions do not, but the day does", [send(usdc(900n)), on("supply", usdc(900n), 1)], 0n, ["spend-caps.per-day"]],
  ["exactly at the cap per day", [send(usdc(1000n))], 500_50000000n, []],
  ["over with what was spent today", [send(usdc(1000n))], 500_50000001n, ["spend-caps.per-day"]],
  ["money moved on counts once", [send(usdc(900n)), fed(on("supply", usdc(900n)))], 0n, []],
  [
    "money out of a position counts when it is sent on",
    [
      {
        to: POOL,
        effect: { type: "withdraw", protocol: "t", asset: USDC.address, amount: MAX_UINT256, recipient: OWNER },
      },
      { ...fed(send(usdc(1000n), USDC, 1)), bindings: [binding(usdc(1001n))] },
    ],
    0n,
    ["spend-caps.per-action"],
  ],
  ["wrapped coin at the native price", [send(10n ** 18n, WETH)], 0n, ["spend-caps.per-action", "spend-caps.per-day"]],
  ["a token without a price", [send(1n, ODD)], 0n, ["spend-caps.no-price"]],
  ["everything, of an unknown debt", [on("repay", MAX_UINT256)], 0n, ["spend-caps.no-price"]],
])("behavior: %s", (_, steps, spentTodayUsdE8, expected) => {
  expect(codesOf(spendCaps.check(testEvidence(steps, { evidence: { spentTodayUsdE8 } }), rule))).toEqual(expected);
});

test("behavior: everything of a known debt counts the debt", () => {
  const position = {
    protocol: "t",
    owner: OWNER,
    supplied: [],
    borrowed: [{ asset: USDC, amount: usdc(700n), apyWad: 0n }],
  };
  const evidence = testEvidence([on("repay", MAX_UINT256)], { evidence: { positions: [position] } });
  expect(plannedSpendUsdE8(evidence)).toBe(700_00000000n);
});

test("behavior: approvals and wraps move nothing", () => {
  const steps: readonly Step[] = [
    { to: USDC.address, effect: { type: "approve", token: USDC.address, spender: POOL, amount: usdc(9999n) } },
    { to: WETH.address, effect: { type: "wrap", amount: 10n ** 18n } },
  ];
  expect(plannedSpendUsdE8(testEvidence(steps))).toBe(0n);
});

test("behavior: without prices everything is denied", () => {
  const evidence = testEvidence([send(1n, ETH), send(1n, DAI)], { evidence: { prices: [] } });
  expect(codesOf(spendCaps.check(evidence, rule))).toEqual(["spend-caps.no-price", "spend-caps.no-price"]);
  expect(plannedSpendUsdE8(evidence)).toBeUndefined();
});
