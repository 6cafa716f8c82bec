import { expect, test } from "vitest";
import { defaultMandate, evaluate, policies } from "../../policies/index.ts";
import { oraclePrices } from "../../src/chain/prices.ts";
import { gatherEvidence } from "../../src/evidence/gatherEvidence.ts";
import { simulate } from "../../src/simulator/simulate.ts";
import { withDevnet } from "../setup/devnet.ts";
import { planOn } from "./planOn.ts";
import { runPlan } from "./runPlan.ts";

const chain = withDevnet();
const token = (value: string) => ({ unit: "token", value });
const percent = (value: string) => ({ unit: "percent", value });
const all = { unit: "all" };
const previous = { unit: "previous" };
const friend = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";

type Scene = {
  readonly name: string;
  readonly first?: readonly object[];
  readonly actions: readonly object[];
  readonly as?: "borrower";
};

const scenes: readonly Scene[] = [
  { name: "swap", actions: [{ type: "swap", sell: "USDC", buy: "ETH", amount: token("1000"), side: "sell" }] },
  {
    name: "swap by dollars",
    actions: [{ type: "swap", sell: "ETH", buy: "USDT", amount: { unit: "usd", value: "500" }, side: "sell" }],
  },
  { name: "exact output", actions: [{ type: "swap", sell: "ETH", buy: "USDC", amount: token("500"), side: "buy" }] },
  {
    name: "exact output from a token",
    actions: [{ type: "swap", sell: "DAI", buy: "LINK", amount: token("10"), side: "buy" }],
  },
  { name: "wrap", actions: [{ type: "swap", sell: "ETH", buy: "WETH", amount: token("1"), side: "sell" }] },
  { name: "unwrap all", actions: [{ type: "swap", sell: "WETH", buy: "ETH", amount: all, side: "sell" }] },
  { name: "transfer", actions: [{ type: "transfer", asset: "USDC", amount: percent("25"), to: friend }] },
  { name: "supply", actions: [{ type: "supply", asset: "ETH", amount: token("1"), protocol: "aave-v3" }] },
  { name: "supply at the best rate", actions: [{ type: "supply", asset: "USDC", amount: percent("33.333333") }] },
  {
    name: "earn",
    actions: [{ type: "earn", source: "ETH", asset: "any:stablecoin", amount: { unit: "usd", value: "1000" } }],
  },
  { name: "earn in the same token", actions: [{ type: "earn", source: "DAI", asset: "DAI", amount: all }] },
  {
    name: "swap and supply",
    actions: [
      { type: "swap", sell: "DAI", buy: "ETH", amount: percent("50"), side: "sell" },
      { type: "supply", asset: "ETH", amount: previous, protocol: "aave-v3" },
    ],
  },
  {
    name: "swap and send",
    actions: [
      { type: "swap", sell: "USDC", buy: "ETH", amount: token("300"), side: "sell" },
      { type: "transfer", asset: "ETH", amount: previous, to: friend },
    ],
  },
  {
    name: "supply and borrow",
    actions: [
      { type: "supply", asset: "ETH", amount: token("2"), protocol: "aave-v3" },
      { type: "borrow", asset: "USDC", amount: token("1000"), protocol: "aave-v3" },
    ],
  },
  {
    name: "withdraw all and swap",
    first: [{ type: "supply", asset: "ETH", amount: token("2"), protocol: "aave-v3" }],
    actions: [
      { type: "withdraw", asset: "ETH", amount: all, protocol: "aave-v3" },
      { type: "swap", sell: "ETH", buy: "USDC", amount: previous, side: "sell" },
    ],
  },
  {
    name: "withdraw half",
    first: [{ type: "supply", asset: "DAI", amount: token("1000"), protocol: "spark" }],
    actions: [{ type: "withdraw", asset: "DAI", amount: percent("50"), protocol: "spark" }],
  },
  {
    name: "withdraw all from a vault",
    first: [{ type: "supply", asset: "DAI", amount: token("1000"), protocol: "erc4626" }],
    actions: [{ type: "withdraw", asset: "DAI", amount: all, protocol: "erc4626" }],
  },
  {
    name: "move to a vault",
    first: [{ type: "supply", asset: "DAI", amount: token("1000"), protocol: "aave-v3" }],
    actions: [{ type: "move", asset: "DAI", amount: all, from: "aave-v3", to: "erc4626" }],
  },
  {
    name: "move from Morpho",
    first: [{ type: "supply", asset: "USDC", amount: token("1000"), protocol: "morpho" }],
    actions: [{ type: "move", asset: "USDC", amount: all, from: "morpho", to: "spark" }],
  },
  {
    name: "Morpho loan repaid and collateral taken back",
    first: [
      { type: "supply", asset: "WETH", amount: token("2"), protocol: "morpho" },
      { type: "borrow", asset: "USDC", amount: token("1000"), protocol: "morpho" },
    ],
    actions: [
      { type: "repay", asset: "USDC", amount: all, protocol: "morpho" },
      { type: "withdraw", asset: "WETH", amount: all, protocol: "morpho" },
    ],
  },
  {
    name: "repay a part",
    as: "borrower",
    actions: [{ type: "repay", asset: "USDC", amount: percent("30"), protocol: "aave-v3" }],
  },
  {
    name: "repay until",
    as: "borrower",
    actions: [{ type: "repay", asset: "USDC", amount: { unit: "health-factor", value: "2.3" } }],
  },
  { name: "repay all", as: "borrower", actions: [{ type: "repay", asset: "USDC", amount: all, protocol: "aave-v3" }] },
  {
    name: "supply until",
    as: "borrower",
    actions: [{ type: "supply", asset: "ETH", amount: { unit: "health-factor", value: "2.3" } }],
  },
  { name: "borrow more", as: "borrower", actions: [{ type: "borrow", asset: "DAI", amount: token("500") }] },
  {
    name: "repay everything and leave",
    as: "borrower",
    actions: [
      { type: "repay", asset: "USDC", amount: all, protocol: "aave-v3" },
      { type: "withdraw", asset: "ETH", amount: all, protocol: "aave-v3" },
    ],
  },
  {
    name: "dollars of what is bought",
    actions: [{ type: "swap", sell: "USDC", buy: "ETH", amount: { unit: "usd", value: "50" }, side: "buy" }],
  },
  {
    name: "three steps in a row",
    first: [{ type: "supply", asset: "DAI", amount: token("1000"), protocol: "aave-v3" }],
    actions: [
      { type: "withdraw", asset: "DAI", amount: all, protocol: "aave-v3" },
      { type: "swap", sell: "DAI", buy: "USDC", amount: previous, side: "sell" },
      { type: "supply", asset: "USDC", amount: previous, protocol: "spark" },
    ],
  },
  {
    name: "exact output and supply",
    actions: [
      { type: "swap", sell: "ETH", buy: "USDC", amount: token("500"), side: "buy" },
      { type: "supply", asset: "USDC", amount: previous, protocol: "aave-v3" },
    ],
  },
  {
    name: "swap and repay with it",
    as: "borrower",
    actions: [
      { type: "swap", sell: "ETH", buy: "USDC", amount: token("1"), side: "sell" },
      { type: "repay", asset: "USDC", amount: previous, protocol: "aave-v3" },
    ],
  },
  {
    name: "swap and earn with it",
    actions: [
      { type: "swap", sell: "LINK", buy: "ETH", amount: token("100"), side: "sell" },
      { type: "earn", source: "ETH", asset: "ETH", amount: previous },
    ],
  },
  {
    name: "borrow and send",
    as: "borrower",
    actions: [
      { type: "borrow", asset: "ETH", amount: token("0.5"), protocol: "aave-v3" },
      { type: "transfer", asset: "ETH", amount: previous, to: friend },
    ],
  },
  {
    name: "switch collateral off",
    first: [{ type: "supply", asset: "DAI", amount: token("100"), protocol: "aave-v3" }],
    actions: [{ type: "set-collateral", asset: "DAI", enabled: false, protocol: "aave-v3" }],
  },
];

test.each(scenes)(
  "behavior: $name is simulated to the end, kept to its promises and not denied",
  async ({ first, actions, as }) => {
    const account = as === "borrower" ? chain().borrower : chain().owner;
    if (as === "borrower") {
      const gift = [{ type: "transfer", asset: "USDC", amount: token("15000"), to: account.address }];
      await runPlan(chain(), await planOn(chain(), { actions: gift }), chain().owner);
    }
    if (first !== undefined) await runPlan(chain(), await planOn(chain(), { actions: first }, { account }), account);
    const plan = await planOn(chain(), { actions }, { account });
    const reader = await chain().reader();
    const simulation = await simulate({ reader, plan });
    expect(simulation.calls.map((call) => call.revert?.message ?? call.status)).toEqual(
      plan.calls.map(() => "success"),
    );
    const evidence = await gatherEvidence({
      reader,
      protocols: chain().protocols,
      prices: oraclePrices,
      plan,
      groundings: [],
      contacts: [{ name: "friend", address: friend }],
      spentTodayUsdE8: 0n,
      nowSeconds: reader.timestamp,
      simulation,
    });
    for (const stage of ["plan", "simulation"] as const) {
      const verdict = evaluate({ policies, evidence, mandate: defaultMandate, stage });
      const objections = verdict.findings.filter(({ severity }) => severity === "block" || severity === "danger");
      expect(objections).toEqual([]);
      expect(verdict.policies.length).toBeGreaterThan(0);
      expect(verdict.decision).not.toBe("deny");
    }
    await runPlan(chain(), plan, account);
  },
);
