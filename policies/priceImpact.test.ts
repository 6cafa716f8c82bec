import { expect, test } from "vitest";
import { DAI, ODD, OWNER, ROUTER, testEvidence, USDC } from "./lib/testEvidence.ts";
import { priceImpact } from "./priceImpact.ts";

const rule = { warnBps: 300, denyBps: 1000 };
const E18 = 10n ** 18n;

function judge(paid: bigint, got: bigint, buy = DAI, changes = true) {
  const effect = {
    type: "swap",
    protocol: "t",
    side: "sell",
    sell: USDC.address,
    buy: buy.address,
    sellAmount: paid,
    buyAmount: 1n,
    recipient: OWNER,
  } as const;
  const moved = changes
    ? ([
        [USDC, -paid],
        [buy, got],
      ] as const)
    : [];
  return priceImpact
    .check(testEvidence([{ to: ROUTER, effect, changes: moved }]), rule)
    .map((finding) => finding.severity);
}

test.each([
  ["nothing lost", 1000n * E18, []],
  ["a gain", 1001n * E18, []],
  ["exactly at the first limit", 970n * E18, []],
  ["a hair over the first limit", 970n * E18 - 10n ** 11n, ["warn"]],
  ["exactly at the second limit", 900n * E18, ["warn"]],
  ["a hair over the second limit", 900n * E18 - 10n ** 11n, ["danger"]],
  ["everything lost", 0n, ["danger"]],
])("behavior: %s", (_, got, expected) => {
  expect(judge(1_000_000_000n, got)).toEqual(expected);
});

test("behavior: no oracle price, or nothing seen to move, is denied", () => {
  expect(judge(1_000_000_000n, E18, ODD)).toEqual(["block"]);
  expect(judge(1_000_000_000n, E18, DAI, false)).toEqual(["block"]);
});
