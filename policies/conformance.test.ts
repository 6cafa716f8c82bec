import type { Address } from "viem";
import { describe, expect, test } from "vitest";
import type { Effect } from "../src/domain/effect.ts";
import type { Evidence } from "../src/domain/evidence.ts";
import type { Action, Amount, Intent } from "../src/domain/intent.ts";
import type { Token } from "../src/domain/token.ts";
import { conformance } from "./conformance.ts";
import {
  codesOf,
  DAI,
  ETH,
  FRIEND,
  ORPHAN,
  OWNER,
  POOL,
  ROUTER,
  STRANGER,
  type Step,
  testEvidence,
  USDC,
  WETH,
} from "./lib/testEvidence.ts";

const E18 = 10n ** 18n;
const USD = 1_000_000n;
const amount = (value: string): Amount => ({ unit: "token", value });
type Extra = Parameters<typeof testEvidence>[1];

function judge(actions: readonly Action[], steps: readonly Step[], extra: Extra = {}): readonly string[] {
  const intent: Intent = {
    actions: [...actions],
    ...(extra.intent?.constraints && { constraints: extra.intent.constraints }),
  };
  return codesOf(conformance.check(testEvidence(steps, { ...extra, intent }), []));
}

const supplied = (delta: bigint, said: Amount = amount("500"), token: Token = USDC): [Action[], Step[]] => [
  [{ type: "supply", asset: token.symbol, amount: said, protocol: "aave-v3" }],
  [
    {
      to: POOL,
      effect: { type: "supply", protocol: "aave-v3", asset: token.address, amount: -delta, onBehalfOf: OWNER },
      changes: [[token, delta]],
    },
  ],
];
const swapEffect = (sell: Token, buy: Token): Effect => ({
  type: "swap",
  protocol: "t",
  side: "sell",
  sell: sell.address,
  buy: buy.address,
  sellAmount: 1n,
  buyAmount: 1n,
  recipient: OWNER,
});
const swapped = (
  out: bigint,
  into: bigint,
  side: "sell" | "buy" = "sell",
  said = amount("1000"),
): [Action[], Step[]] => [
  [{ type: "swap", sell: "USDC", buy: "DAI", amount: said, side }],
  [
    {
      to: ROUTER,
      effect: swapEffect(USDC, DAI),
      changes: [
        [USDC, out],
        [DAI, into],
      ],
    },
  ],
];

describe("amounts", () => {
  test.each<[string, [Action[], Step[]], readonly string[]]>([
    ["token, exact", supplied(-500n * USD), []],
    ["token, one base unit more", supplied(-500n * USD - 1n), ["conformance.too-much"]],
    ["token, one base unit less", supplied(-500n * USD + 1n), ["conformance.too-little"]],
    ["usd, at the oracle", supplied(-500n * USD, { unit: "usd", value: "500" }), []],
    ["usd, 1 % above", supplied(-505n * USD, { unit: "usd", value: "500" }), []],
    ["usd, over 1 % above", supplied(-505n * USD - 1n, { unit: "usd", value: "500" }), ["conformance.too-much"]],
    ["usd, 1 % below", supplied(-495n * USD, { unit: "usd", value: "500" }), []],
    ["usd, over 1 % below", supplied(-495n * USD + 1n, { unit: "usd", value: "500" }), ["conformance.too-little"]],
    ["half of the wallet", supplied(-2500n * USD, { unit: "percent", value: "50" }), []],
    [
      "more than half of the wallet",
      supplied(-2501n * USD, { unit: "percent", value: "50" }),
      ["conformance.too-much"],
    ],
    ["all of the wallet", supplied(-5000n * USD, { unit: "all" }), []],
    ["all, but something stays", supplied(-4999n * USD, { unit: "all" }), ["conformance.too-little"]],
    ["all of the native coin, gas kept", supplied((-99n * E18) / 10n, { unit: "all" }, ETH), []],
    ["all of the native coin, too much kept", supplied(-8n * E18, { unit: "all" }, ETH), ["conformance.too-little"]],
    ["previous, with nothing before", supplied(-5n, { unit: "previous" }), ["conformance.amount-unknown"]],
    ["exact output", swapped(-1001n * USD, 1000n * E18, "buy"), []],
    ["exact output, one base unit less", swapped(-1001n * USD, 1000n * E18 - 1n, "buy"), ["conformance.too-little"]],
    ["swap that brings nothing", swapped(-1000n * USD, 0n), ["conformance.too-little"]],
  ])("behavior: %s", (_, [actions, steps], expected) => {
    expect(judge(actions, steps)).toEqual(expected);
  });

  test("behavior: previous is what the action before brought, and not what the wallet held", () => {
    const [first, swap] = swapped(-1000n * USD, 990n * E18);
    const [second, supply] = supplied(-990n * E18, { unit: "previous" }, DAI);
    const later = (delta: bigint) =>
      supply.map((step) => ({ ...step, actionIndex: 1, changes: [[DAI, delta]] as const }));
    expect(judge([...first, ...second], [...swap, ...later(-990n * E18)])).toEqual([]);
    expect(judge([...first, ...second], [...swap, ...later(-991n * E18)])).toEqual(["conformance.too-much"]);
  });

  test("behavior: the least to receive that the owner named", () => {
    const [actions, steps] = swapped(-1000n * USD, 990n * E18);
    const with_ = (minReceive: string) => judge(actions, steps, { intent: { actions, constraints: { minReceive } } });
    expect(with_("990")).toEqual([]);
    expect(with_("990.1")).toEqual(["conformance.too-little"]);
  });

  test("behavior: a price that is not known cannot be guessed", () => {
    const [actions, steps] = supplied(-500n * USD, { unit: "usd", value: "500" });
    expect(judge(actions, steps, { evidence: { prices: [] } })).toEqual(["conformance.amount-unknown"]);
  });
});

describe("effects", () => {
  const changed = (changes: Step["changes"], extra: Partial<Step> = {}) => {
    const [actions, steps] = supplied(-500n * USD);
    return judge(
      actions,
      steps.map((step) => ({ ...step, ...(changes && { changes }), ...extra })),
    );
  };

  test("behavior: an asset that was not named leaves", () => {
    expect(
      changed([
        [USDC, -500n * USD],
        [DAI, -1n],
      ]),
    ).toEqual(["conformance.unnamed-outflow"]);
    const fake: Token = { ...USDC, address: ORPHAN, symbol: "?" };
    expect(
      changed([
        [USDC, -500n * USD],
        [fake, -1n],
      ]),
    ).toEqual(["conformance.unnamed-outflow"]);
  });

  test("behavior: something unasked arrives", () => {
    expect(
      changed([
        [USDC, -500n * USD],
        [DAI, 1n],
      ]),
    ).toEqual([]);
  });

  test("behavior: a position shrinks that was not to shrink", () => {
    const position: Token = { ...USDC, address: ORPHAN, symbol: "aUSDC" };
    const known = [{ address: ORPHAN, label: "aUSDC", role: "position-token", protocol: "aave-v3" }] as const;
    const [actions, steps] = supplied(-500n * USD);
    const with_ = (delta: bigint) =>
      judge(
        actions,
        steps.map((step) => ({
          ...step,
          changes: [
            [USDC, -500n * USD],
            [position, delta],
          ] as const,
        })),
        { evidence: { known } },
      );
    expect(with_(500n * USD)).toEqual([]);
    expect(with_(-1n)).toEqual(["conformance.unnamed-outflow"]);
  });

  test("behavior: the native coin and its wrapped form are one asset", () => {
    const [actions] = supplied(-1n, amount("2"), ETH);
    const supply = {
      type: "supply",
      protocol: "aave-v3",
      asset: WETH.address,
      amount: 2n * E18,
      onBehalfOf: OWNER,
    } as const;
    const steps: Step[] = [
      {
        to: WETH.address,
        effect: { type: "wrap", amount: 2n * E18 },
        changes: [
          [ETH, -2n * E18],
          [WETH, 2n * E18],
        ],
      },
      { to: POOL, effect: supply, changes: [[WETH, -2n * E18]] },
    ];
    expect(judge(actions, steps)).toEqual([]);
  });

  test("behavior: wrapping counts the form that was named", () => {
    const wrap = (value: string): Action[] => [
      { type: "swap", sell: "ETH", buy: "WETH", amount: amount(value), side: "sell" },
    ];
    const changes = [
      [ETH, -2n * E18],
      [WETH, 2n * E18],
    ] as const;
    const steps: Step[] = [{ to: WETH.address, effect: { type: "wrap", amount: 2n * E18 }, changes }];
    expect(judge(wrap("2"), steps)).toEqual([]);
    expect(judge(wrap("1"), steps)).toEqual(["conformance.too-much"]);
  });

  test("behavior: another protocol, another recipient, another verb", () => {
    const [actions, steps] = supplied(-500n * USD);
    const elsewhere = actions.map((action) => ({ ...action, protocol: "spark" })) as Action[];
    expect(judge(elsewhere, steps)).toEqual(["conformance.other-effect"]);
    const byName = actions.map((action) => ({ ...action, protocol: "aave" })) as Action[];
    expect(judge(byName, steps)).toEqual([]);
    const transfer = (to: `0x${string}`): Step => ({
      to: USDC.address,
      effect: { type: "transfer", asset: USDC.address, to, amount: 1n },
      changes: [[USDC, -1n * USD]],
    });
    const pay: Action[] = [{ type: "transfer", asset: "USDC", amount: amount("1"), to: FRIEND }];
    expect(judge(pay, [transfer(FRIEND)])).toEqual([]);
    expect(judge(pay, [transfer(STRANGER)])).toEqual(["conformance.other-effect"]);
    expect(judge(actions, [transfer(FRIEND)])).toContain("conformance.unasked-effect");
  });

  test("behavior: a verb that no guard can compare is denied", () => {
    expect(judge([{ type: "notify" }], [])).toEqual(["conformance.unsupported-action"]);
  });

  test("behavior: an action nothing serves", () => {
    expect(judge(supplied(-1n)[0], [])).toContain("conformance.not-served");
  });
});

describe("the plan as a whole", () => {
  const [actions, steps] = supplied(-500n * USD);
  test.each<[string, Extra, readonly string[]]>([
    ["of another plan", { simulation: { planId: "0x99" } }, ["conformance.other-plan"]],
    ["at another block", { simulation: { block: 101n } }, ["conformance.other-plan"]],
    ["of fewer calls", { simulation: { calls: [] } }, ["conformance.mismatch"]],
    ["that failed", { simulation: { ok: false } }, ["conformance.reverts"]],
    ["with a lying token", { simulation: { oddities: [{ asset: ORPHAN, text: "odd" }] } }, ["conformance.odd-token"]],
    [
      "with a position token, whose events leave interest out",
      {
        simulation: { oddities: [{ asset: ORPHAN, text: "odd" }] },
        evidence: { known: [{ address: ORPHAN, label: "debt", role: "position-token", protocol: "aave-v3" }] },
      },
      [],
    ],
    ["for another intent", { evidence: { intent: { actions: [{ type: "notify" }] } } }, ["conformance.other-intent"]],
    [
      "that leaves an allowance",
      { simulation: { allowances: [{ token: USDC, spender: POOL, before: 0n, after: 1n }] } },
      ["conformance.allowance-left"],
    ],
    [
      "beside an older allowance",
      { simulation: { allowances: [{ token: USDC, spender: POOL, before: 1n, after: 1n }] } },
      ["conformance.allowance-older"],
    ],
    [
      "that pays more than promised",
      { body: { expectations: [{ actionIndex: 0, pays: [{ token: USDC, max: 1n }], gets: [] }] } },
      ["conformance.over-promise"],
    ],
    [
      "that brings less than promised",
      { body: { expectations: [{ actionIndex: 0, pays: [], gets: [{ token: DAI, min: 1n }] }] } },
      ["conformance.under-promise"],
    ],
  ])("behavior: a simulation %s", (_, extra, expected) => {
    expect(judge(actions, steps, extra)).toEqual(expected);
  });

  test("behavior: a reverted call is named with its reason", () => {
    const base = testEvidence(steps, { intent: { actions } });
    const revert = { name: "Aave: CAP (51)", message: "Aave refused: cap.", data: "0x" } as const;
    const calls = (base.simulation?.calls ?? []).map((call) => ({ ...call, status: "reverted" as const, revert }));
    const evidence: Evidence = {
      ...base,
      ...(base.simulation && { simulation: { ...base.simulation, ok: false, calls } }),
    };
    expect(conformance.check(evidence, [])[0]?.evidence).toContain("Aave refused: cap");
  });

  test("behavior: an allowance that the simulation does not show is not known to be gone", () => {
    const effect: Effect = { type: "approve", token: USDC.address, spender: POOL, amount: 500n * USD };
    const approving: readonly Step[] = [{ to: USDC.address, effect }, ...steps];
    expect(judge(actions, approving)).toEqual(["conformance.allowance-unknown"]);
    const gone = [{ token: USDC, spender: POOL, before: 0n, after: 0n }];
    expect(judge(actions, approving, { simulation: { allowances: gone } })).toEqual([]);
  });

  test("behavior: a recipient gets the form that was named, the coin or the wrapped coin", () => {
    const send: Action[] = [{ type: "transfer", asset: "WETH", amount: amount("1"), to: FRIEND }];
    const paid = (token: Token): Step[] => [
      {
        to: token.address,
        effect: { type: "transfer", asset: token.address, to: FRIEND, amount: E18 },
        changes: [[token, -E18]],
      },
    ];
    expect(judge(send, paid(WETH))).toEqual([]);
    expect(judge(send, paid(ETH))).toEqual(["conformance.other-effect"]);
  });

  test("behavior: what a wrap puts out is the amount of the next action, and no more", () => {
    const wrap: Action = { type: "swap", sell: "ETH", buy: "WETH", amount: amount("1"), side: "sell" };
    const lend: Action = { type: "supply", asset: "WETH", amount: { unit: "previous" }, protocol: "aave-v3" };
    const wrapped: Step = {
      to: WETH.address,
      effect: { type: "wrap", amount: E18 },
      changes: [
        [ETH, -E18],
        [WETH, E18],
      ],
    };
    const lent = (out: bigint) =>
      supplied(-out, { unit: "previous" }, WETH)[1].map((one) => ({ ...one, actionIndex: 1 }));
    expect(judge([wrap, lend], [wrapped, ...lent(E18)])).toEqual([]);
    expect(judge([wrap, lend], [wrapped, ...lent(2n * E18)])).toEqual(["conformance.too-much"]);
  });

  test("behavior: the owner's gas limit is held against the simulated gas", () => {
    const with_ = (maxGasUsd: string, gasPriceWei: bigint) =>
      judge(actions, steps, { intent: { actions, constraints: { maxGasUsd } }, evidence: { gasPriceWei } });
    // 21,000 gas at 10 gwei and $3,000 = $0.63
    expect(with_("0.63", 10n ** 10n)).toEqual([]);
    expect(with_("0.62", 10n ** 10n)).toEqual(["conformance.gas-cap"]);
    expect(with_("4", 0n)).toEqual(["conformance.gas-unknown"]);
  });

  test("behavior: a deposit in a vault brings shares", () => {
    const share: Token = { ...DAI, address: STRANGER, symbol: "vDAI" };
    const effect: Effect = {
      type: "supply",
      protocol: "erc4626",
      marketId: STRANGER,
      asset: USDC.address,
      amount: 500n * USD,
      onBehalfOf: OWNER,
    };
    const known = [{ address: STRANGER, label: "vault", role: "position-token", protocol: "erc4626" } as const];
    const with_ = (shares: bigint) =>
      judge(
        [{ type: "supply", asset: "USDC", amount: amount("500") }],
        [
          {
            to: STRANGER,
            effect,
            changes: [
              [USDC, -500n * USD],
              [share, shares],
            ],
          },
        ],
        { evidence: { known } },
      );
    expect(with_(1n)).toEqual([]);
    expect(with_(0n)).toEqual(["conformance.no-shares"]);
  });

  test("behavior: a health factor asked for is reached, within one percent above", () => {
    const repay: Action[] = [{ type: "repay", asset: "USDC", amount: { unit: "health-factor", value: "1.8" } }];
    const effect = { type: "repay", protocol: "aave-v3", asset: USDC.address, amount: 5n, onBehalfOf: OWNER } as const;
    const with_ = (after: bigint) =>
      judge(repay, [{ to: POOL, effect, changes: [[USDC, -5n]] }], {
        simulation: { positions: [{ protocol: "aave-v3", before: {}, after: { healthFactorWad: after } }] },
      });
    expect(with_(18n * 10n ** 17n)).toEqual([]);
    expect(with_(1818n * 10n ** 15n)).toEqual([]);
    expect(with_(1819n * 10n ** 15n)).toEqual(["conformance.target-missed"]);
    expect(with_(1790n * 10n ** 15n)).toEqual(["conformance.target-missed"]);
  });

  test("behavior: a permission is taken back from whom it was to be, wholly, and nothing else is done", () => {
    const revoke = (spender: string): Action[] => [{ type: "revoke", asset: "USDC", spender }];
    const give = (spender: Address, allowed: bigint, token = USDC.address): Step => ({
      to: token,
      effect: { type: "approve", token, spender, amount: allowed },
    });
    const shown = { simulation: { allowances: [{ token: USDC, spender: STRANGER, before: 5n, after: 0n }] } };
    expect(judge(revoke(STRANGER), [give(STRANGER, 0n)], shown)).toEqual([]);
    expect(judge(revoke(STRANGER), [give(STRANGER, 1n)], shown)).toContain("conformance.other-effect");
    expect(judge(revoke(FRIEND), [give(STRANGER, 0n)], shown)).toEqual(["conformance.other-effect"]);
    expect(judge(revoke(STRANGER), [give(STRANGER, 0n, DAI.address)], shown)).toContain("conformance.other-effect");
    expect(judge(revoke(STRANGER), [], shown)).toEqual(["conformance.not-served"]);
    const wrapped: Step = { to: WETH.address, effect: { type: "wrap", amount: 1n }, changes: [[WETH, 1n]] };
    expect(judge(revoke(STRANGER), [give(STRANGER, 0n), wrapped], shown)).toEqual(["conformance.unasked-effect"]);
    const pool = { simulation: { allowances: [{ token: USDC, spender: POOL, before: 5n, after: 0n }] } };
    expect(judge(revoke("test"), [give(POOL, 0n)], pool)).toEqual([]);
  });
});
