import { expect, test } from "vitest";
import type { ClearedPlan } from "../src/domain/cleared.ts";
import type { Severity } from "../src/domain/verdict.ts";
import { evaluate } from "./evaluate.ts";
import { policies } from "./index.ts";
import { testEvidence } from "./lib/testEvidence.ts";
import { defaultMandate, mandateHash } from "./mandate.ts";
import type { Policy } from "./policy.ts";

const evidence = testEvidence([]);
const policy = (severities: readonly Severity[], overrides: Partial<Policy> = {}): Policy => ({
  id: "test",
  reads: "plan",
  rule: () => true,
  check: () => severities.map((severity) => ({ code: "test", severity, subject: "", evidence: "", source: "" })),
  ...overrides,
});
const judge = (list: readonly Policy[]) =>
  evaluate({ policies: list, evidence, mandate: defaultMandate, stage: "plan" });

test.each<[string, readonly Severity[], string]>([
  ["no finding", [], "allow"],
  ["info only", ["info"], "allow"],
  ["a warning", ["info", "warn"], "ask"],
  ["a danger", ["warn", "danger"], "deny"],
  ["a block", ["block", "info"], "deny"],
  ["a severity nobody knows", ["harmless" as Severity], "deny"],
])("default: %s", (_, severities, expected) => {
  expect(judge([policy([]), policy(severities)]).decision).toBe(expected);
});

test("behavior: no policy for the stage denies", () => {
  expect(judge([]).decision).toBe("deny");
  expect(judge([policy([], { reads: "simulation" })]).decision).toBe("deny");
});

test("behavior: a silent mandate denies", () => {
  const verdict = judge([policy([], { rule: () => undefined })]);
  expect(verdict.findings).toMatchObject([{ code: "test.mandate-silent", severity: "block" }]);
});

test("behavior: a policy that throws denies, and the others still speak", () => {
  const broken = policy([], {
    check: () => {
      throw new RangeError("boom");
    },
  });
  const verdict = judge([broken, policy(["info"])]);
  expect(verdict.decision).toBe("deny");
  expect(verdict.findings.map((finding) => finding.code)).toEqual(["test.threw", "test"]);
});

test("behavior: nothing simulated denies", () => {
  const { simulation: _, ...bare } = evidence;
  const list = [policy([], { reads: "simulation" })];
  const verdict = evaluate({ policies: list, evidence: bare, mandate: defaultMandate, stage: "simulation" });
  expect(verdict.findings).toMatchObject([{ code: "test.no-simulation", severity: "block" }]);
});

test("behavior: malformed evidence denies in every one of them, by finding or by throwing", () => {
  for (const each of policies) {
    const malformed: typeof evidence = JSON.parse('{ "plan": {}, "decoded": null, "simulation": {} }');
    const verdict = evaluate({ policies: [each], evidence: malformed, mandate: defaultMandate, stage: each.reads });
    expect([each.id, verdict.decision]).toEqual([each.id, "deny"]);
  }
});

test("behavior: a mandate without its limits denies wherever a limit is needed", () => {
  const limits = [
    "recipient-named",
    "slippage-floor",
    "spend-caps",
    "recipient-safe",
    "usual-amounts",
    "sandwich-exposure",
    "price-impact",
    "value-loss",
    "min-health-factor",
    "conformance",
  ];
  const silent: typeof defaultMandate = JSON.parse("{}");
  for (const each of policies.filter(({ id }) => limits.includes(id))) {
    const verdict = evaluate({ policies: [each], evidence, mandate: silent, stage: each.reads });
    expect(verdict.findings[0]?.code).toBe(`${each.id}.mandate-silent`);
  }
});

test("behavior: the verdict names the mandate and the policies that judged", () => {
  expect(judge([policy([])])).toMatchObject({ mandateHash: mandateHash(defaultMandate), policies: ["test"] });
});

test("behavior: every policy has its own id", () => {
  expect(policies.length).toBeGreaterThan(10);
  expect(new Set(policies.map((each) => each.id)).size).toBe(policies.length);
});

test("behavior: a plan that nobody cleared does not compile where a cleared one is asked for", () => {
  const send = (plan: ClearedPlan): string => plan.id;
  // @ts-expect-error a plain Plan carries no clearance
  expect(send(evidence.plan)).toBe(evidence.plan.id);
});
