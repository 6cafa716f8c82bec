import { encodeFunctionData, type Hex, maxUint256 } from "viem";
import { describe, expect, test } from "vitest";
import {
  ConsentMissingError,
  clear,
  defaultMandate,
  PlanDeniedError,
  PlanTamperedError,
  policies,
} from "../../policies/index.ts";
import { approveCall, transferCall } from "../../src/chain/erc20.ts";
import type { PlannedCall } from "../../src/domain/call.ts";
import type { Plan } from "../../src/domain/plan.ts";
import { withDevnet } from "../setup/devnet.ts";
import { callsOn } from "./handPlan.ts";
import { judgeOn } from "./judgeOn.ts";
import { compileOdd, deploy } from "./oddTokens.ts";

const chain = withDevnet();
const token = (value: string) => ({ unit: "token", value });
const PERSON = "0x1111111111111111111111111111111111111111";
const THIEF = "0x2222222222222222222222222222222222222222";

const supply = [{ type: "supply", asset: "USDC", amount: token("500"), protocol: "aave-v3" }];
const send = [{ type: "transfer", asset: "USDC", amount: token("25"), to: PERSON }];
const swap = [{ type: "swap", sell: "USDC", buy: "DAI", amount: token("1000"), side: "sell" }];

/** Replaces what every call's calldata says, word by word. */
const rewrite = (from: string, to: string) => (plan: Plan) => ({
  calls: plan.calls.map((call) => ({ ...call, data: call.data.replaceAll(strip(from), strip(to)) as Hex })),
});
const strip = (text: string) => text.toLowerCase().replace(/^0x/, "");
const word = (amount: bigint) => amount.toString(16).padStart(64, "0");
const with_ = (plan: Plan, call: Pick<PlannedCall, "to" | "data" | "value">): Partial<Plan> => ({
  calls: [...plan.calls, { ...call, role: "action", label: "extra", protocol: "erc20", actionIndex: 0, bindings: [] }],
});

async function codes(actions: readonly object[], edit: (plan: Plan) => Partial<Plan>, mandate = defaultMandate) {
  const { verdict } = await judgeOn(chain(), actions, { edit, mandate });
  expect(verdict.decision).toBe("deny");
  return verdict.findings.map((finding) => finding.code);
}

describe("forged plans are denied", () => {
  test("behavior: a transfer to somebody else", async () => {
    const found = await codes(send, rewrite(PERSON, THIEF));
    expect(found).toEqual(expect.arrayContaining(["recipient-named", "conformance.other-effect"]));
  });

  test("behavior: a supply on behalf of somebody else", async () => {
    const found = await codes(supply, rewrite(chain().owner.address, THIEF));
    expect(found).toContain("recipient-named");
  });

  test("behavior: a swap whose output goes to somebody else", async () => {
    const found = await codes(swap, rewrite(chain().owner.address, THIEF));
    expect(found).toEqual(expect.arrayContaining(["recipient-named", "conformance.too-little"]));
  });

  test("behavior: more than was said", async () => {
    const found = await codes(supply, rewrite(word(500_000000n), word(501_000000n)));
    expect(found).toContain("conformance.too-much");
  });

  test("behavior: less than was said", async () => {
    const found = await codes(supply, rewrite(word(500_000000n), word(499_000000n)));
    expect(found).toContain("conformance.too-little");
  });

  test("behavior: an unlimited approval", async () => {
    const found = await codes(supply, (plan) => ({
      calls: plan.calls.map((call) =>
        call.role === "approve"
          ? { ...call, data: call.data.replace(word(500_000000n), word(maxUint256)) as Hex }
          : call,
      ),
    }));
    expect(found).toEqual(expect.arrayContaining(["exact-approvals.unlimited", "conformance.allowance-left"]));
  });

  test("behavior: an approval of somebody unknown, added to an honest plan", async () => {
    const usdc = chain().token("USDC").address;
    const found = await codes(swap, (plan) => with_(plan, approveCall(usdc, THIEF, 5n)));
    expect(found).toEqual(
      expect.arrayContaining(["known-spenders.unknown", "exact-approvals.unused", "conformance.allowance-left"]),
    );
  });

  test("behavior: a transfer added to an honest plan", async () => {
    const dai = chain().token("DAI").address;
    const found = await codes(supply, (plan) => with_(plan, transferCall(dai, THIEF, 7n)));
    expect(found).toEqual(
      expect.arrayContaining(["recipient-named", "conformance.unasked-effect", "conformance.unnamed-outflow"]),
    );
  });

  test("behavior: a loan added to an honest plan", async () => {
    const borrow = callsOn(chain()).borrow(chain().token("DAI").address, 10n ** 18n);
    const found = await codes(supply, (plan) => with_(plan, borrow));
    expect(found).toContain("conformance.unasked-effect");
  });

  test("behavior: a call that nobody can decode, to a contract nobody knows, that uses an old allowance", async () => {
    const odd = compileOdd();
    const thief = await deploy(chain(), odd.Thief);
    const dai = chain().token("DAI").address;
    await chain().send(approveCall(dai, thief, 5n));
    const data = encodeFunctionData({ abi: odd.Thief.abi, functionName: "harmless", args: [dai, 5n] });
    const found = await codes(supply, (plan) => with_(plan, { to: thief, data, value: 0n }));
    expect(found).toEqual(expect.arrayContaining(["known-calls.undecoded", "conformance.unnamed-outflow"]));
  });

  test("behavior: a swap without a floor", async () => {
    const found = await codes(swap, (plan) => {
      const floor = plan.quotes[0]?.floor;
      if (floor === undefined) throw new Error("no floor");
      return rewrite(word(floor), word(0n))(plan);
    });
    expect(found).toContain("slippage-floor.no-floor");
  });

  test("behavior: the intent exchanged together with the calls", async () => {
    const found = await codes(send, (plan) => ({
      ...rewrite(PERSON, THIEF)(plan),
      intent: { actions: [{ type: "transfer", asset: "USDC", amount: { unit: "token", value: "25" }, to: THIEF }] },
    }));
    expect(found).toContain("conformance.other-intent");
  });

  test("behavior: the last call left out", async () => {
    const found = await codes(supply, (plan) => ({ calls: plan.calls.slice(0, -1) }));
    expect(found).toEqual(expect.arrayContaining(["exact-approvals.unused", "conformance.not-served"]));
  });

  test("behavior: a plan that fails in simulation says which call and why", async () => {
    const { verdict } = await judgeOn(chain(), supply, { edit: (plan) => ({ calls: plan.calls.slice(1) }) });
    const [finding] = verdict.findings.filter((entry) => entry.code === "conformance.reverts");
    expect(finding?.evidence).toMatch(/call 0 fails/);
  });

  test("behavior: a sound plan above the owner's caps", async () => {
    const mandate = { ...defaultMandate, spend: { perActionUsd: "499", perDayUsd: "499" } };
    const found = await codes(supply, () => ({}), mandate);
    expect(found).toEqual(expect.arrayContaining(["spend-caps.per-action", "spend-caps.per-day"]));
  });

  test("behavior: a loan close to liquidation", async () => {
    const risky = [
      { type: "supply", asset: "USDC", amount: token("10000"), protocol: "aave-v3" },
      { type: "borrow", asset: "DAI", amount: token("7400"), protocol: "aave-v3" },
    ];
    const { verdict, simulation } = await judgeOn(chain(), risky);
    const factor = simulation.positions.find((entry) => entry.protocol === "aave-v3")?.after.healthFactorWad ?? 0n;
    expect(factor).toBeGreaterThan(10n ** 18n);
    expect(verdict.decision).toBe(factor < 11n * 10n ** 17n ? "deny" : "ask");
    expect(verdict.findings.map((finding) => finding.code)).toContain("min-health-factor");
  });
});

describe("clear", () => {
  const options = async (actions: readonly object[]) => {
    const { evidence } = await judgeOn(chain(), actions);
    return { policies, evidence, mandate: defaultMandate };
  };

  test("default: an honest plan with the owner's yes", async () => {
    const given = await options(supply);
    const { plan } = clear({ ...given, consent: { planId: given.evidence.plan.id, acknowledged: [] } });
    expect(plan).toBe(given.evidence.plan);
  });

  test("error: ConsentMissingError without a yes, or with the yes to another plan", async () => {
    const given = await options(supply);
    expect(() => clear(given)).toThrow(ConsentMissingError);
    expect(() => clear({ ...given, consent: { planId: "0x12", acknowledged: [] } })).toThrow(ConsentMissingError);
  });

  test("error: PlanTamperedError when the content is not what was hashed", async () => {
    const given = await options(supply);
    const plan = { ...given.evidence.plan, calls: [] };
    const evidence = { ...given.evidence, plan };
    expect(() => clear({ ...given, evidence, consent: { planId: plan.id, acknowledged: [] } })).toThrow(
      PlanTamperedError,
    );
  });

  test("error: PlanDeniedError when a guard objects, yes or no, and when nothing was simulated", async () => {
    const given = await options(supply);
    const consent = { planId: given.evidence.plan.id, acknowledged: [] };
    const mandate = { ...defaultMandate, chains: [1] };
    expect(() => clear({ ...given, mandate, consent })).toThrow(PlanDeniedError);
    const { simulation: _, ...evidence } = given.evidence;
    expect(() => clear({ ...given, evidence, consent })).toThrow(PlanDeniedError);
    expect(() => clear({ ...given, policies: [], consent })).toThrow(PlanDeniedError);
  });
});
