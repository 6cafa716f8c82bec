import { type Address, encodeFunctionData, parseAbi, parseEther } from "viem";
import { expect, test } from "vitest";
import { approveCall } from "../../src/chain/erc20.ts";
import type { Call } from "../../src/domain/call.ts";
import { simulateV1 } from "../../src/simulator/backends/simulateV1.ts";
import { stateOverride } from "../../src/simulator/backends/stateOverride.ts";
import { simulate } from "../../src/simulator/simulate.ts";
import { withDevnet } from "../setup/devnet.ts";
import { callsOn, handPlan } from "./handPlan.ts";

const chain = withDevnet();
const morphoAbi = parseAbi([
  "struct MarketParams { address loanToken; address collateralToken; address oracle; address irm; uint256 lltv; }",
  "function supplyCollateral(MarketParams params, uint256 assets, address onBehalf, bytes data)",
  "function borrow(MarketParams params, uint256 assets, uint256 shares, address onBehalf, address receiver) returns (uint256, uint256)",
]);

/** Health factor that the protocol's own adapter reads now. */
async function adapterHealth(protocol: string, owner: Address, marketId?: string): Promise<bigint | undefined> {
  const reader = await chain().reader();
  const adapter = chain().protocols.find((entry) => entry.id === protocol);
  const positions = (await adapter?.positions(reader, owner)) ?? [];
  return positions.find((entry) => marketId === undefined || entry.marketId === marketId)?.healthFactorWad;
}

const apart = (a: bigint, b: bigint) => (a > b ? a - b : b - a);

test("behavior: an Aave loan's simulated health factor is what the chain shows after execution", async () => {
  const reader = await chain().reader();
  const on = callsOn(chain());
  const owner = chain().owner.address;
  const [usdc, dai] = [chain().token("USDC").address, chain().token("DAI").address];
  const calls = [
    on.approve(usdc, on.pool, 9_000_000000n),
    on.supply(usdc, 9_000_000000n),
    on.borrow(dai, parseEther("4000")),
  ];
  const simulation = await simulate({ reader, plan: handPlan(reader, owner, calls) });
  expect(simulation.ok).toBe(true);
  for (const call of calls) expect((await chain().send(call)).status).toBe("success");
  const shown = simulation.positions.find((entry) => entry.protocol === "aave-v3")?.after.healthFactorWad ?? 0n;
  const real = (await adapterHealth("aave-v3", owner)) ?? 0n;
  // Interest of the few seconds between the simulated and the mined block: less than one part in a million.
  expect(apart(shown, real) * 1_000_000n).toBeLessThan(real);
});

test("behavior: a Morpho loan's simulated health factor is what the chain shows after execution, on both backends", async () => {
  const { morpho } = chain().devnet.deployment;
  const market = morpho.markets.find(
    (entry) =>
      entry.loanToken.toLowerCase() === chain().token("USDC").address.toLowerCase() &&
      entry.collateralToken.toLowerCase() === chain().token("WETH").address.toLowerCase(),
  );
  if (!market) throw new Error("no WETH/USDC market");
  const owner = chain().owner.address;
  const params = { ...market, lltv: BigInt(market.lltv) };
  const on = (data: Call["data"]): Call => ({ to: morpho.address, data, value: 0n });
  const calls = [
    approveCall(market.collateralToken, morpho.address, parseEther("1")),
    on(
      encodeFunctionData({
        abi: morphoAbi,
        functionName: "supplyCollateral",
        args: [params, parseEther("1"), owner, "0x"],
      }),
    ),
    on(encodeFunctionData({ abi: morphoAbi, functionName: "borrow", args: [params, 1_500_000000n, 0n, owner, owner] })),
  ];
  const reader = await chain().reader();
  const plan = handPlan(reader, owner, calls);
  const shown = await Promise.all(
    [simulateV1, stateOverride].map(async (backend) => {
      const simulation = await simulate({ reader, plan, backends: [backend] });
      expect(simulation.ok).toBe(true);
      return simulation.positions.find((entry) => entry.marketId === market.id);
    }),
  );
  expect(shown[0]).toEqual(shown[1]);
  expect(shown[0]?.before).toEqual({});
  for (const call of calls) expect((await chain().send(call)).status).toBe("success");
  const real = (await adapterHealth("morpho", owner, market.id)) ?? 0n;
  expect(real).toBeGreaterThan(parseEther("1"));
  expect(apart(shown[0]?.after.healthFactorWad ?? 0n, real) * 1_000_000n).toBeLessThan(real);
});
