import { expect, test } from "vitest";
import type { TokenRisk } from "../src/domain/evidence.ts";
import type { RiskFinding, TokenScan } from "../src/domain/tokenRisk.ts";
import { DAI, ORPHAN, OWNER, ROUTER, testEvidence, USDC } from "./lib/testEvidence.ts";
import type { Mandate } from "./mandate.ts";
import { tokenRisk } from "./tokenRisk.ts";

const found = (severity: RiskFinding["severity"]): RiskFinding => ({
  name: "is_blacklisted",
  severity,
  evidence: "seen",
});
const scan = (more: Partial<TokenScan> = {}): TokenScan => ({
  token: ORPHAN,
  chainId: 31_337,
  block: "100",
  verdict: "allow",
  findings: [],
  unchecked: [],
  ...more,
});
const risk = (more?: Partial<TokenScan>): TokenRisk => ({ token: ORPHAN, scan: scan(more) });
const trusted: Mandate["trustedTokens"] = [{ chainId: 31_337, address: ORPHAN, reason: "ours" }];

function judge(tokenRisks: readonly TokenRisk[] | undefined, vouched: Mandate["trustedTokens"] = [], buy = ORPHAN) {
  const effect = {
    type: "swap",
    protocol: "uniswap-v2",
    side: "sell",
    sell: USDC.address,
    buy,
    sellAmount: 1n,
    buyAmount: 1n,
    recipient: OWNER,
  } as const;
  const evidence = testEvidence([{ to: ROUTER, effect }], { evidence: tokenRisks === undefined ? {} : { tokenRisks } });
  return tokenRisk
    .check(evidence, vouched)
    .map(({ code, severity }) => `${severity} ${code.slice("token-risk.".length)}`);
}

test("default: a listed token needs no scan", () => {
  expect(judge(undefined, [], DAI.address)).toEqual([]);
});

test.each<[string, readonly TokenRisk[] | undefined, readonly string[]]>([
  ["nothing found", [risk()], ["info as-it-should"]],
  ["a warning", [risk({ verdict: "warn", findings: [found("warn")] })], ["warn is_blacklisted"]],
  ["a danger", [risk({ verdict: "block", findings: [found("danger")] })], ["danger is_blacklisted"]],
  ["a trap", [risk({ verdict: "block", findings: [found("block")] })], ["block is_blacklisted"]],
  [
    "something not tried",
    [risk({ verdict: "unknown", unchecked: [{ check: "trading", why: "no pair" }] })],
    ["warn unknown"],
  ],
  [
    "a warning, the rest not tried",
    [risk({ findings: [found("warn")], unchecked: [{ check: "a", why: "b" }] })],
    ["warn is_blacklisted", "warn unknown"],
  ],
  ["a block without a finding", [risk({ verdict: "block" })], ["block refused", "info as-it-should"]],
  ["a warning without a finding", [risk({ verdict: "warn" })], ["warn warned", "info as-it-should"]],
  ["a verdict of another kind", [risk({ verdict: "fine" as "allow" })], ["block refused", "info as-it-should"]],
  ["no scans", undefined, ["danger no-scan"]],
  ["a scan of another token", [{ token: DAI.address, scan: scan() }], ["danger no-scan"]],
  [
    "a scan that is of another token inside",
    [{ token: ORPHAN, scan: scan({ token: DAI.address }) }],
    ["danger no-scan"],
  ],
  ["a scan of another chain", [risk({ chainId: 1 })], ["danger no-scan"]],
  ["a scan that failed", [{ token: ORPHAN, failure: "scan_late: too long" }], ["danger no-scan"]],
])("behavior: %s", (_, risks, expected) => {
  expect(judge(risks)).toEqual(expected);
});

test("behavior: a trusted token's warnings are dismissed, and that is said; a block and a missing scan stand", () => {
  const warned = { findings: [found("warn")], unchecked: [{ check: "a", why: "b" }] };
  expect(judge([risk(warned)], trusted)).toEqual(["info is_blacklisted", "info unknown", "info dismissed"]);
  expect(judge([risk({ findings: [found("danger"), found("warn")] })], trusted)).toEqual([
    "danger is_blacklisted",
    "info is_blacklisted",
    "info dismissed",
  ]);
  expect(judge([{ token: ORPHAN, failure: "late" }], trusted)).toEqual(["danger no-scan"]);
  expect(judge([risk(warned)], [{ chainId: 1, address: ORPHAN, reason: "elsewhere" }])).toContain("warn unknown");
});
