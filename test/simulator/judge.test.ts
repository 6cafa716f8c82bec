import { describe, expect, test } from "vitest";
import { defaultMandate } from "../../policies/index.ts";
import { transferCall } from "../../src/chain/erc20.ts";
import { advanceTime } from "../../src/devnet/index.ts";
import { findRoute } from "../../src/planner/routes/findRoute.ts";
import { withDevnet } from "../setup/devnet.ts";
import { judgeOn } from "./judgeOn.ts";

const chain = withDevnet();
const token = (value: string) => ({ unit: "token", value });
const previous = { unit: "previous" };
const PERSON = "0x1111111111111111111111111111111111111111";

type Case = readonly [name: string, actions: readonly object[], who?: "owner" | "borrower"];
const honest: readonly Case[] = [
  ["swap", [{ type: "swap", sell: "USDC", buy: "DAI", amount: token("1000"), side: "sell" }]],
  ["swap from ETH", [{ type: "swap", sell: "ETH", buy: "USDC", amount: token("1.5"), side: "sell" }]],
  ["swap to ETH", [{ type: "swap", sell: "USDC", buy: "ETH", amount: token("300"), side: "sell" }]],
  ["swap exact out", [{ type: "swap", sell: "USDC", buy: "WETH", amount: token("0.5"), side: "buy" }]],
  ["swap exact out from ETH", [{ type: "swap", sell: "ETH", buy: "USDC", amount: token("500"), side: "buy" }]],
  ["swap usd", [{ type: "swap", sell: "ETH", buy: "LINK", amount: { unit: "usd", value: "500" }, side: "sell" }]],
  ["swap percent", [{ type: "swap", sell: "DAI", buy: "ETH", amount: { unit: "percent", value: "50" }, side: "sell" }]],
  ["swap all USDT", [{ type: "swap", sell: "USDT", buy: "USDC", amount: { unit: "all" }, side: "sell" }]],
  ["wrap", [{ type: "swap", sell: "ETH", buy: "WETH", amount: token("1"), side: "sell" }]],
  ["unwrap", [{ type: "swap", sell: "WETH", buy: "ETH", amount: token("1"), side: "sell" }]],
  ["transfer", [{ type: "transfer", asset: "USDC", amount: token("25"), to: PERSON }]],
  ["transfer ETH", [{ type: "transfer", asset: "ETH", amount: token("0.1"), to: PERSON }]],
  ["supply aave", [{ type: "supply", asset: "USDC", amount: token("500"), protocol: "aave-v3" }]],
  ["supply ETH", [{ type: "supply", asset: "ETH", amount: token("2"), protocol: "aave-v3" }]],
  ["supply usdt spark", [{ type: "supply", asset: "USDT", amount: token("500"), protocol: "spark" }]],
  ["supply morpho", [{ type: "supply", asset: "USDC", amount: token("500"), protocol: "morpho" }]],
  ["supply vault", [{ type: "supply", asset: "DAI", amount: token("500"), protocol: "erc4626" }]],
  ["supply anywhere", [{ type: "supply", asset: "DAI", amount: { unit: "percent", value: "25" } }]],
  ["borrow", [{ type: "borrow", asset: "DAI", amount: token("100"), protocol: "aave-v3" }], "borrower"],
  ["repay", [{ type: "repay", asset: "USDC", amount: token("100"), protocol: "aave-v3" }], "borrower"],
  [
    "repay to health factor",
    [{ type: "repay", asset: "USDC", amount: { unit: "health-factor", value: "2.2" }, protocol: "aave-v3" }],
    "borrower",
  ],
  ["withdraw", [{ type: "withdraw", asset: "WETH", amount: token("0.2"), protocol: "aave-v3" }], "borrower"],
  ["withdraw ETH", [{ type: "withdraw", asset: "ETH", amount: token("0.2"), protocol: "aave-v3" }], "borrower"],
  [
    "set collateral",
    [
      { type: "supply", asset: "USDC", amount: token("100"), protocol: "aave-v3" },
      { type: "set-collateral", asset: "USDC", enabled: false, protocol: "aave-v3" },
    ],
  ],
  [
    "supply then borrow",
    [
      { type: "supply", asset: "USDC", amount: token("10000"), protocol: "aave-v3" },
      { type: "borrow", asset: "DAI", amount: token("2000"), protocol: "aave-v3" },
    ],
  ],
  [
    "swap then supply",
    [
      { type: "swap", sell: "ETH", buy: "USDC", amount: token("1"), side: "sell" },
      { type: "supply", asset: "USDC", amount: previous, protocol: "aave-v3" },
    ],
  ],
  [
    "swap then supply ETH",
    [
      { type: "swap", sell: "DAI", buy: "ETH", amount: { unit: "percent", value: "50" }, side: "sell" },
      { type: "supply", asset: "ETH", amount: previous, protocol: "aave-v3" },
    ],
  ],
  [
    "swap then send",
    [
      { type: "swap", sell: "USDC", buy: "DAI", amount: token("100"), side: "sell" },
      { type: "transfer", asset: "DAI", amount: previous, to: PERSON },
    ],
  ],
  [
    "earn",
    [
      {
        type: "earn",
        source: "ETH",
        asset: "any:stablecoin",
        amount: { unit: "usd", value: "1000" },
        objective: "max-yield",
      },
    ],
  ],
  ["earn own", [{ type: "earn", source: "USDC", asset: "USDC", amount: { unit: "all" }, objective: "max-yield" }]],
  [
    "move",
    [
      { type: "supply", asset: "DAI", amount: token("1000"), protocol: "aave-v3" },
      { type: "move", asset: "DAI", amount: { unit: "all" }, from: "aave-v3", to: "spark" },
    ],
  ],
];

/** Carries a plan out as it was simulated. */
async function carryOut({ plan, simulation }: Awaited<ReturnType<typeof judgeOn>>): Promise<void> {
  for (const [index, { data, value }] of simulation.calls.entries()) {
    const to = plan.calls[index]?.to;
    if (!to) throw new Error("incomplete simulation");
    expect((await chain().send({ to, data, value })).status).toBe("success");
  }
}

describe("honest plans pass", () => {
  test.each([
    ["sell", "30"],
    ["buy", "90000"],
  ])("behavior: a large swap over several pools, side %s", async (side, value) => {
    const { plan, verdict } = await judgeOn(
      chain(),
      [
        { type: "swap", sell: "ETH", buy: "USDC", amount: token(value), side },
        { type: "supply", asset: "USDC", amount: previous, protocol: "aave-v3" },
      ],
      { route: findRoute, mandate: { ...defaultMandate, spend: { perActionUsd: "200000", perDayUsd: "200000" } } },
    );
    expect(new Set(plan.quotes.map((quote) => quote.protocol)).size).toBeGreaterThan(1);
    expect(verdict.findings).toEqual([]);
  });

  test.each(["aave-v3", "spark", "morpho", "erc4626"])(
    "behavior: withdraw all from %s after interest",
    async (protocol) => {
      await carryOut(await judgeOn(chain(), [{ type: "supply", asset: "USDC", amount: token("700"), protocol }]));
      await advanceTime(chain().client, 86_400);
      const { verdict } = await judgeOn(chain(), [
        { type: "withdraw", asset: "USDC", amount: { unit: "all" }, protocol },
      ]);
      expect(verdict.findings).toEqual([]);
    },
  );

  test("behavior: repay all of a loan, whose interest runs on", async () => {
    const loan = { asset: "USDC", amount: { unit: "all" }, protocol: "aave-v3" };
    const { address } = chain().borrower;
    await chain().send(transferCall(chain().token("USDC").address, address, 100_000000n));
    const { verdict, simulation } = await judgeOn(chain(), [{ type: "repay", ...loan }], { account: chain().borrower });
    expect(verdict.findings).toEqual([]);
    expect(simulation.positions.find((entry) => entry.protocol === "aave-v3")?.before.healthFactorWad).toBeDefined();
    expect(simulation.positions.find((entry) => entry.protocol === "aave-v3")?.after.healthFactorWad).toBeUndefined();
  });

  test("behavior: part of an older loan is repaid; its debt token's events leave the interest out", async () => {
    await advanceTime(chain().client, 7 * 86_400);
    const repay = { type: "repay", asset: "USDC", amount: token("100"), protocol: "aave-v3" };
    const { verdict, simulation } = await judgeOn(chain(), [repay], { account: chain().borrower });
    expect(simulation.oddities).not.toEqual([]);
    expect(verdict.findings.filter((finding) => finding.severity !== "info")).toEqual([]);
    expect(verdict.decision).toBe("allow");
  });

  test.each(honest.map(([name, actions, who = "owner"]) => ({ name, actions, who })))(
    "behavior: $name",
    async ({ actions, who }) => {
      const { verdict, simulation } = await judgeOn(chain(), actions, { account: chain()[who] });
      expect(simulation.calls.map((call) => call.revert)).toEqual(simulation.calls.map(() => undefined));
      expect(verdict.findings.filter((finding) => finding.severity !== "info")).toEqual([]);
      expect(verdict.decision).toBe("allow");
    },
  );
});
