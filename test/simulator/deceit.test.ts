import { encodeFunctionData } from "viem";
import { beforeAll, describe, expect, test } from "vitest";
import { approveCall, transferCall } from "../../src/chain/erc20.ts";
import { simulateV1 } from "../../src/simulator/backends/simulateV1.ts";
import { stateOverride } from "../../src/simulator/backends/stateOverride.ts";
import { simulate } from "../../src/simulator/simulate.ts";
import { withDevnet } from "../setup/devnet.ts";
import { handPlan } from "./handPlan.ts";
import { compileOdd, deploy } from "./oddTokens.ts";

const chain = withDevnet();
let odd: ReturnType<typeof compileOdd>;
beforeAll(() => {
  odd = compileOdd();
});

describe("deceit", () => {
  test("behavior: a token that claims a transfer it does not make shows no change, and the claim is told", async () => {
    const { address } = chain().owner;
    const token = await deploy(chain(), odd.LyingToken, [address]);
    const reader = await chain().reader();
    const plan = handPlan(reader, address, [transferCall(token, chain().borrower.address, 100n)]);
    const simulation = await simulate({ reader, plan });
    expect(simulation.ok).toBe(true);
    expect(simulation.balanceChanges).toEqual([]);
    expect(simulation.oddities).toHaveLength(1);
    expect(simulation.oddities?.[0]?.text).toContain("claim -100, the balance changed by 0");
  });

  test("behavior: a token that takes while its events say it gives shows what it takes", async () => {
    const { address } = chain().owner;
    const token = await deploy(chain(), odd.LyingToken, [address]);
    const reader = await chain().reader();
    const data = encodeFunctionData({ abi: odd.LyingToken.abi, functionName: "claim" });
    for (const backend of [simulateV1, stateOverride]) {
      const plan = handPlan(reader, address, [{ to: token, data, value: 0n }]);
      const simulation = await simulate({ reader, plan, backends: [backend] });
      expect(simulation.balanceChanges).toMatchObject([{ delta: -1000n, token: { symbol: "?" } }]);
    }
  });

  test("behavior: a thief using an old allowance is seen, though the plan names no such token", async () => {
    const { address } = chain().owner;
    const thief = await deploy(chain(), odd.Thief);
    const usdc = chain().token("USDC").address;
    await chain().send(approveCall(usdc, thief, 5_000_000n));
    const reader = await chain().reader();
    const data = encodeFunctionData({ abi: odd.Thief.abi, functionName: "harmless", args: [usdc, 5_000_000n] });
    for (const backend of [simulateV1, stateOverride]) {
      const plan = handPlan(reader, address, [{ to: thief, data, value: 0n }]);
      const simulation = await simulate({ reader, plan, backends: [backend] });
      expect(simulation.balanceChanges).toMatchObject([{ delta: -5_000_000n, token: { symbol: "USDC" } }]);
    }
  });

  test("behavior: a call that burns all its gas fails alone; what stands before it is still seen", async () => {
    const { address } = chain().owner;
    const thief = await deploy(chain(), odd.Thief);
    const usdc = chain().token("USDC").address;
    const reader = await chain().reader();
    const data = encodeFunctionData({ abi: odd.Thief.abi, functionName: "burnGas" });
    for (const backend of [simulateV1, stateOverride]) {
      const plan = handPlan(reader, address, [
        transferCall(usdc, chain().borrower.address, 3n),
        { to: thief, data, value: 0n },
        transferCall(usdc, chain().borrower.address, 4n),
      ]);
      const simulation = await simulate({ reader, plan, backends: [backend] });
      expect(simulation.calls.map((call) => call.status)).toEqual(["success", "reverted", "not-reached"]);
      expect(simulation.balanceChanges).toMatchObject([{ delta: -3n }]);
    }
  });
});
