import { describe, expect, test } from "vitest";
import { IntendantError } from "../../src/domain/error.ts";
import type { Constraints } from "../../src/domain/intent.ts";
import * as errors from "../../src/planner/errors.ts";
import { withDevnet } from "../setup/devnet.ts";
import { planOn } from "./planOn.ts";
import { runPlan } from "./runPlan.ts";

const chain = withDevnet();
const classes = { ...errors };
const token = (value: string) => ({ unit: "token", value });
const swap = { type: "swap", sell: "USDC", buy: "WETH", amount: token("100"), side: "sell" };

type Case = readonly [keyof typeof errors, string, readonly object[], Constraints?];

const refused: readonly Case[] = [
  ["UnknownTokenError", "a symbol that is not listed", [{ ...swap, buy: "USDG" }]],
  ["AmountPrecisionError", "more places than the token has", [{ ...swap, amount: token("1.1234567") }]],
  ["AmountZeroError", "nothing", [{ ...swap, amount: token("0") }]],
  ["AmountUnitError", "previous in first place", [{ ...swap, amount: { unit: "previous" } }]],
  ["AmountUnitError", "more than everything", [{ ...swap, amount: { unit: "percent", value: "101" } }]],
  ["AmountUnitError", "a health factor on a swap", [{ ...swap, amount: { unit: "health-factor", value: "2" } }]],
  ["AmountUnitError", "a share to buy", [{ ...swap, side: "buy", amount: { unit: "percent", value: "50" } }]],
  ["UnsupportedActionError", "a token for itself", [{ ...swap, buy: "USDC" }]],
  ["UnsupportedActionError", "a verb without a planner", [{ type: "stake", asset: "ETH", amount: token("1") }]],
  ["InsufficientFundsError", "more than the wallet holds", [{ ...swap, amount: token("1000000") }]],
  ["InsufficientFundsError", "more than the pools hold", [{ ...swap, amount: token("9000000000") }]],
  [
    "InsufficientFundsError",
    "more than any market takes",
    [{ type: "earn", source: "ETH", asset: "any:stablecoin", amount: token("9000000000") }],
  ],
  [
    "InsufficientFundsError",
    "a supply beyond every cap",
    [{ type: "supply", asset: "USDC", amount: token("9000000000") }],
  ],
  [
    "InsufficientFundsError",
    "more than the wallet holds after the action before",
    [
      { ...swap, amount: { unit: "percent", value: "60" } },
      { type: "supply", asset: "USDC", amount: token("15000"), protocol: "aave-v3" },
    ],
  ],
  [
    "UnknownProtocolError",
    "a protocol that is not here",
    [{ type: "supply", asset: "DAI", amount: token("1"), protocol: "comet" }],
  ],
  [
    "NoMarketError",
    "a protocol without the asset",
    [{ type: "supply", asset: "UNI", amount: token("1"), protocol: "spark" }],
  ],
  ["PositionMissingError", "nothing supplied", [{ type: "withdraw", asset: "DAI", amount: { unit: "all" } }]],
  ["PositionMissingError", "nothing owed", [{ type: "repay", asset: "DAI", amount: { unit: "all" } }]],
  ["CollateralError", "no collateral", [{ type: "borrow", asset: "DAI", amount: token("10") }]],
  [
    "CollateralError",
    "a loan beyond the collateral of the action before",
    [
      { type: "supply", asset: "ETH", amount: token("1"), protocol: "aave-v3" },
      { type: "borrow", asset: "USDC", amount: token("5000"), protocol: "aave-v3" },
    ],
  ],
  ["RecipientUnresolvedError", "a name", [{ type: "transfer", asset: "DAI", amount: token("1"), to: "vitalik.eth" }]],
  ["ChainMismatchError", "another chain", [swap], { chain: "base" }],
  ["DeadlineError", "a deadline in the past", [swap], { deadline: "2020-01-01" }],
  ["GasCapError", "gas above the cap", [swap], { maxGasUsd: "0.0001" }],
  ["MinReceiveError", "less than wanted", [swap], { minReceive: "1" }],
  ["LimitPriceError", "a price above the limit", [{ ...swap, limitPrice: "2000" }]],
  [
    "LimitPriceError",
    "a price below the limit",
    [{ ...swap, sell: "WETH", buy: "USDC", amount: token("1"), limitPrice: "9000" }],
  ],
  [
    "LimitPriceError",
    "a limit between two volatile tokens",
    [{ ...swap, sell: "WETH", buy: "LINK", limitPrice: "14" }],
  ],
  [
    "UnsupportedActionError",
    "a least to receive without a swap",
    [{ type: "supply", asset: "DAI", amount: token("1"), protocol: "spark" }],
    { minReceive: "1" },
  ],
  [
    "RecipientUnresolvedError",
    "a checksum that does not match",
    [{ type: "transfer", asset: "DAI", amount: token("1"), to: "0x90F79bf6eB2c4f870365E785982E1f101E93b906" }],
  ],
  [
    "ProtocolNotAllowedError",
    "a protocol asked for and excluded",
    [{ type: "supply", asset: "DAI", amount: token("1"), protocol: "spark" }],
    { protocols: { deny: ["spark"] } },
  ],
];

describe("plan", () => {
  test.each(refused.map(([name, why, ...rest]) => ({ name, why, rest })))(
    "error: $name for $why",
    async ({ name, rest }) => {
      const [actions, constraints] = rest;
      const attempt = planOn(chain(), { actions, ...(constraints === undefined ? {} : { constraints }) });
      const error = await attempt.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(classes[name]);
      expect(error).toBeInstanceOf(IntendantError);
    },
  );

  test("behavior: the nearest listed symbols are offered", async () => {
    const attempt = planOn(chain(), { actions: [{ ...swap, buy: "WETTH" }] });
    await expect(attempt).rejects.toThrow("Did you mean WETH");
  });

  test("behavior: a limit that holds becomes the floor", async () => {
    const plan = await planOn(chain(), {
      actions: [{ ...swap, sell: "WETH", buy: "USDC", amount: token("1"), limitPrice: "2990" }],
    });
    expect(plan.expectations[0]?.gets[0]?.min).toBeGreaterThanOrEqual(2_990_000000n);
    await runPlan(chain(), plan, chain().owner);
  });

  test("behavior: the least to receive becomes the floor", async () => {
    const exact = await planOn(chain(), { actions: [swap] });
    const quoted = exact.quotes[0]?.gets[0]?.amount ?? 0n;
    const minReceive = `0.${((quoted * 9999n) / 10_000n).toString().padStart(18, "0")}`;
    const plan = await planOn(chain(), { actions: [swap], constraints: { minReceive } });
    expect(plan.expectations[0]?.gets[0]?.min).toBeGreaterThanOrEqual((quoted * 9999n) / 10_000n);
  });

  test("error: AmbiguousProtocolError for a withdrawal that fits two places", async () => {
    for (const protocol of ["aave-v3", "spark"]) {
      const plan = await planOn(chain(), {
        actions: [{ type: "supply", asset: "DAI", amount: token("10"), protocol }],
      });
      await runPlan(chain(), plan, chain().owner);
    }
    const attempt = planOn(chain(), { actions: [{ type: "withdraw", asset: "DAI", amount: { unit: "all" } }] });
    await expect(attempt).rejects.toBeInstanceOf(errors.AmbiguousProtocolError);
  });

  test("error: InsufficientPositionError for more than is supplied, and for more than is owed", async () => {
    const account = chain().borrower;
    const more = (type: string, asset: string) => ({ actions: [{ type, asset, amount: token("900000") }] });
    for (const intent of [more("withdraw", "ETH"), more("repay", "USDC")])
      await expect(planOn(chain(), intent, { account })).rejects.toBeInstanceOf(errors.InsufficientPositionError);
  });

  test("error: HealthFactorTargetError when the target is met already", async () => {
    const amount = { unit: "health-factor", value: "1.01" };
    const attempt = planOn(
      chain(),
      { actions: [{ type: "repay", asset: "USDC", amount }] },
      { account: chain().borrower },
    );
    await expect(attempt).rejects.toBeInstanceOf(errors.HealthFactorTargetError);
  });

  test("behavior: a venue named for a swap is the only one used", async () => {
    const constraints = { protocols: { allow: ["uniswap-v2"] } };
    const plan = await planOn(chain(), { actions: [swap], constraints });
    expect(plan.quotes.map((quote) => quote.protocol)).toEqual(["uniswap-v2"]);
  });

  test("behavior: an excluded protocol is not chosen", async () => {
    const supply = { type: "supply", asset: "USDC", amount: token("1000") };
    const free = await planOn(chain(), { actions: [supply] });
    const [usual] = free.quotes.map((quote) => quote.protocol);
    const deny = usual === undefined ? [] : [usual];
    const other = await planOn(chain(), { actions: [supply], constraints: { protocols: { deny } } });
    expect(other.quotes.map((quote) => quote.protocol)).not.toContain(usual);
    expect(other.alternatives.map((one) => one.protocol)).not.toContain(usual);
  });

  test("behavior: a resolver turns a name into its address", async () => {
    const { borrower } = chain();
    const actions = [{ type: "transfer", asset: "DAI", amount: token("1"), to: "vitalik.eth" }];
    const plan = await planOn(chain(), { actions }, { resolveRecipient: async () => borrower.address });
    expect(plan.summary).toContain(borrower.address);
    expect(plan.assumptions).toContain(`vitalik.eth is ${borrower.address}.`);
  });
});
