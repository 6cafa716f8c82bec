import { createWalletClient, http } from "viem";
import { expect, test } from "vitest";
import type { Call } from "../../src/domain/call.ts";
import { gasLimit } from "../../src/executor/gasLimit.ts";
import { planOn } from "../planner/planOn.ts";
import { runPlan } from "../planner/runPlan.ts";
import { withDevnet } from "../setup/devnet.ts";

const chain = withDevnet();
const token = (value: string) => ({ unit: "token", value });

/** Gas estimated in the second of the last block, gas used ten minutes later: the market's interest accrues in between. */
async function estimateThenSendLater(call: Call) {
  const { client, owner, devnet } = chain();
  const rpc = (method: string, params: readonly unknown[]) => client.request({ method, params } as never);
  await rpc("anvil_setBlockTimestampInterval", [0]);
  const estimate = await client.estimateGas({ ...call, account: owner });
  await rpc("anvil_removeBlockTimestampInterval", []);
  await rpc("evm_setNextBlockTimestamp", [Number((await client.getBlock()).timestamp) + 600]);
  const wallet = createWalletClient({ account: owner, chain: client.chain, transport: http(devnet.rpcUrl) });
  const hash = await wallet.sendTransaction({ ...call, gas: gasLimit(estimate, call.data) });
  const receipt = await client.waitForTransactionReceipt({ hash, pollingInterval: 20 });
  return { estimate, used: receipt.gasUsed, status: receipt.status };
}

/** The wanted call of a plan, right after earlier plans touched the same market in the same second. */
async function lastAction(before: readonly (readonly object[])[], actions: readonly object[]): Promise<Call> {
  const { client, owner } = chain();
  await client.request({ method: "anvil_setBlockTimestampInterval", params: [0] } as never);
  for (const earlier of before) await runPlan(chain(), await planOn(chain(), { actions: earlier }), owner);
  const call = (await planOn(chain(), { actions })).calls.filter(({ role }) => role === "action").at(-1);
  if (call === undefined) throw new Error("the plan has no action");
  return { to: call.to, data: call.data, value: call.value };
}

test("behavior: collateral leaves Morpho although interest accrues after the estimate", async () => {
  const call = await lastAction(
    [
      [
        { type: "supply", asset: "WETH", amount: token("2"), protocol: "morpho" },
        { type: "borrow", asset: "USDC", amount: token("1000"), protocol: "morpho" },
      ],
      [{ type: "repay", asset: "USDC", amount: { unit: "all" }, protocol: "morpho" }],
    ],
    [{ type: "withdraw", asset: "WETH", amount: { unit: "all" }, protocol: "morpho" }],
  );
  const { estimate, used, status } = await estimateThenSendLater(call);
  expect(status).toBe("success");
  expect(used).toBeGreaterThan((estimate * 125n) / 100n);
  // One accrual: a fifth of the room that the limit keeps for it stays unused.
  expect(used - estimate).toBeLessThan(40_000n);
});

test("behavior: savings leave a vault although its yield accrues after the estimate", async () => {
  const call = await lastAction(
    [[{ type: "supply", asset: "DAI", amount: token("1000"), protocol: "erc4626" }]],
    [{ type: "withdraw", asset: "DAI", amount: token("500"), protocol: "erc4626" }],
  );
  const { estimate, used, status } = await estimateThenSendLater(call);
  expect(status).toBe("success");
  expect(used).toBeGreaterThan((estimate * 125n) / 100n);
  // One accrual: a fifth of the room that the limit keeps for it stays unused.
  expect(used - estimate).toBeLessThan(40_000n);
});

test("default: a plain transfer of the native coin gets a quarter more and no room for code", () => {
  expect(gasLimit(21_000n, "0x")).toBe(26_250n);
  expect(gasLimit(100_000n, "0x1234")).toBe(175_000n);
});
