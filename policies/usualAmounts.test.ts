import { expect, test } from "vitest";
import type { Effect } from "../src/domain/effect.ts";
import type { Evidence } from "../src/domain/evidence.ts";
import type { Amount } from "../src/domain/intent.ts";
import { DAI, ETH, FRIEND, OWNER, ROUTER, testEvidence, USDC, WETH } from "./lib/testEvidence.ts";
import { usualAmounts } from "./usualAmounts.ts";

const DOLLAR = 1_000_000n;
const rule = { timesUsual: 10, largeShareBps: 9_000 };
const before = (...amounts: readonly bigint[]): Partial<Evidence> => ({
  history: {
    payments: amounts.map((amount) => ({ to: FRIEND, asset: USDC.address, amount, txHash: "0x01" })),
    blocks: "blocks 1 to 9",
    complete: true,
  },
});

function send(amount: bigint, said: Amount, evidence: Partial<Evidence> = {}) {
  const effect: Effect = { type: "transfer", asset: USDC.address, to: FRIEND, amount };
  const intent = { actions: [{ type: "transfer", asset: "USDC", amount: said, to: FRIEND } as const] };
  return usualAmounts.check(testEvidence([{ to: USDC.address, effect }], { evidence, intent }), rule);
}
const codes = (findings: ReturnType<typeof send>) => findings.map(({ code }) => code.replace("usual-amounts.", ""));
const token = (value: string): Amount => ({ unit: "token", value });
const hundreds = before(90n * DOLLAR, 100n * DOLLAR, 120n * DOLLAR);

test.each<[string, bigint, Amount, Partial<Evidence>, readonly string[]]>([
  ["as usual", 110n, token("110"), hundreds, []],
  ["nine times the usual", 999n, token("999"), hundreds, []],
  ["ten times the usual", 1000n, token("1000"), hundreds, ["times-usual"]],
  ["ten times, said in dollars", 1000n, { unit: "usd", value: "1000" }, hundreds, ["times-usual"]],
  ["ten times, said as a share", 1000n, { unit: "percent", value: "20" }, hundreds, []],
  ["ten times, as everything", 1000n, { unit: "all" }, hundreds, []],
  ["ten times, and as much left before", 1000n, token("1000"), before(90n * DOLLAR, 90n * DOLLAR, 1000n * DOLLAR), []],
  ["too little history", 1000n, token("1000"), before(90n * DOLLAR, 100n * DOLLAR), []],
  ["nine tenths of the balance", 4500n, token("4500"), {}, ["most-of-balance"]],
  ["a little less than that", 4499n, token("4499"), {}, []],
  ["the whole balance, said as all", 5000n, { unit: "all" }, {}, []],
  [
    "a number that is one in base units",
    1_000_000n,
    token("1000000"),
    { balances: [{ token: USDC, amount: 10n ** 13n }] },
    ["base-units"],
  ],
  ["one less than that", 999_999n, token("999999"), { balances: [{ token: USDC, amount: 10n ** 13n }] }, []],
])("behavior: %s", (_, dollars, said, evidence, expected) => {
  expect(codes(send(dollars * DOLLAR, said, evidence))).toEqual(expected);
});

test("behavior: calls of one action add up", () => {
  const half: Effect = { type: "transfer", asset: USDC.address, to: FRIEND, amount: 500n * DOLLAR };
  const steps = [half, half].map((effect) => ({ to: USDC.address, effect }));
  const intent = { actions: [{ type: "transfer", asset: "USDC", amount: token("1000"), to: FRIEND } as const] };
  expect(codes(usualAmounts.check(testEvidence(steps, { evidence: hundreds, intent }), rule))).toEqual(["times-usual"]);
});

test("behavior: wrapped and native coin are one token, and a swap of all but nothing is no payment", () => {
  const effect: Effect = {
    type: "swap",
    protocol: "t",
    side: "sell",
    sell: ETH.address,
    buy: DAI.address,
    sellAmount: 10n * 10n ** 18n,
    buyAmount: 1n,
    recipient: OWNER,
  };
  const payments = [1n, 1n, 1n].map((amount) => ({
    to: FRIEND,
    asset: WETH.address,
    amount: amount * 10n ** 18n,
    txHash: "0x01" as const,
  }));
  const evidence = { history: { payments, blocks: "", complete: true } };
  const intent = { actions: [{ type: "swap", sell: "ETH", buy: "DAI", amount: token("10"), side: "sell" } as const] };
  const findings = usualAmounts.check(testEvidence([{ to: ROUTER, effect }], { evidence, intent }), rule);
  expect(codes(findings)).toEqual(["times-usual"]);
});

test("behavior: ten times the usual is only shown where the asset stays the owner's", () => {
  const effect: Effect = {
    type: "supply",
    protocol: "t",
    asset: USDC.address,
    amount: 1000n * DOLLAR,
    onBehalfOf: OWNER,
  };
  const intent = { actions: [{ type: "supply", asset: "USDC", amount: token("1000") } as const] };
  const findings = usualAmounts.check(testEvidence([{ to: ROUTER, effect }], { evidence: hundreds, intent }), rule);
  expect(findings).toMatchObject([{ code: "usual-amounts.times-usual", severity: "info" }]);
});

test.each([
  ["other decimals", 18],
  ["no answer", undefined],
])("behavior: a contract with %s than the registry blocks", (_, decimals) => {
  const findings = send(DOLLAR, token("1"), { chainDecimals: [{ asset: USDC.address, decimals }] });
  expect(findings).toMatchObject([{ code: "usual-amounts.decimals", severity: "block" }]);
});
