import { expect, test } from "vitest";
import { MAX_UINT256 } from "../src/domain/effect.ts";
import { exactApprovals } from "./exactApprovals.ts";
import { codesOf, DAI, OWNER, POOL, ROUTER, type Step, testEvidence, USDC } from "./lib/testEvidence.ts";

const approve = (amount: bigint, spender = POOL): Step => ({
  to: USDC.address,
  effect: { type: "approve", token: USDC.address, spender, amount },
});
const supply = (amount: bigint, asset = USDC): Step => ({
  to: POOL,
  effect: { type: "supply", protocol: "test", asset: asset.address, amount, onBehalfOf: OWNER },
});
const repay = (amount: bigint): Step => ({
  to: POOL,
  effect: { type: "repay", protocol: "test", asset: USDC.address, amount, onBehalfOf: OWNER },
});
const bound = (step: Step, from: number): Step => ({
  ...step,
  bindings: [{ at: 36, from: [from], asset: USDC.address, min: 1n, max: 9n }],
});

test.each<[string, readonly Step[], readonly string[]]>([
  ["exactly what is pulled", [approve(5n), supply(5n)], []],
  ["two pulls of one approval", [approve(5n), supply(2n), supply(3n)], []],
  ["reset, then exact", [approve(0n), approve(5n), supply(5n)], []],
  ["one unit too much", [approve(6n), supply(5n)], ["exact-approvals.inexact"]],
  ["one unit too little", [approve(4n), supply(5n)], ["exact-approvals.inexact"]],
  ["unlimited", [approve(MAX_UINT256), supply(5n)], ["exact-approvals.unlimited"]],
  ["nearly unlimited", [approve(MAX_UINT256 - 1n), supply(5n)], ["exact-approvals.unlimited"]],
  ["nobody pulls", [approve(5n)], ["exact-approvals.unused"]],
  ["another token is pulled", [approve(5n), supply(5n, DAI)], ["exact-approvals.unused"]],
  ["another spender pulls", [approve(5n, ROUTER), supply(5n)], ["exact-approvals.unused"]],
  ["pulled before, not after", [supply(5n), approve(5n)], ["exact-approvals.unused"]],
  ["a whole debt, the rest taken back", [approve(5n), repay(MAX_UINT256), approve(0n)], []],
  ["a whole debt, the rest left", [approve(5n), repay(MAX_UINT256)], ["exact-approvals.not-taken-back"]],
  ["bound to the same output", [bound(approve(5n), 0), bound(supply(5n), 0)], []],
  ["bound to another output", [bound(approve(5n), 0), bound(supply(5n), 1)], ["exact-approvals.bound-apart"]],
  ["only the approval is bound", [bound(approve(5n), 0), supply(5n)], ["exact-approvals.bound-apart"]],
])("behavior: %s", (_, steps, expected) => {
  expect(codesOf(exactApprovals.check(testEvidence(steps), true))).toEqual(expected);
});
