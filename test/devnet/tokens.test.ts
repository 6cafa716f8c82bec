import { parseUnits } from "viem";
import { expect, test } from "vitest";
import { abiOf } from "../../src/devnet/build/artifact.ts";
import { actAs, DevnetActionError, tokenOf } from "../../src/devnet/index.ts";
import { readChain } from "../../src/devnet/readChain.ts";
import { harness } from "./harness.ts";

const chain = harness();

test("behavior: USDT returns nothing and refuses to change an allowance", async () => {
  const usdt = tokenOf(chain().deployment, "USDT").address;
  const abi = abiOf("TetherToken");
  const { data } = await chain().client.call({
    account: chain().account(0),
    to: usdt,
    data: `0xa9059cbb${chain().account(2).slice(2).padStart(64, "0")}${"1".padStart(64, "0")}`,
  });
  expect(data).toBeUndefined();
  const approve = (value: bigint) =>
    actAs(chain().client, chain().account(0), { to: usdt, abi, fn: "approve", args: [chain().account(2), value] });
  await approve(5n);
  await expect(approve(6n)).rejects.toBeInstanceOf(DevnetActionError);
  await approve(0n);
  await approve(6n);
});

test("behavior: wstETH unwraps to 1.17 stETH, and stETH rebases", async () => {
  const wstETH = tokenOf(chain().deployment, "wstETH").address;
  const stETH = tokenOf(chain().deployment, "stETH").address;
  const abi = abiOf("WstETH");
  const perToken = await readChain<bigint>(chain().client, { to: wstETH, abi, fn: "stEthPerToken" });
  expect(perToken).toBe(parseUnits("1.17", 18));
  const before = await chain().balance(stETH, chain().account(0));
  const pooled = await readChain<bigint>(chain().client, { to: stETH, abi: abiOf("StETH"), fn: "getTotalPooledEther" });
  const call = { to: stETH, abi: abiOf("StETH"), fn: "rebase", args: [(pooled * 11n) / 10n] };
  await actAs(chain().client, chain().deployment.deployer, call);
  const after = await chain().balance(stETH, chain().account(0));
  // shares round down, so that up to two wei are missing or found
  expect(after - (before * 11n) / 10n).toBeLessThanOrEqual(2n);
  expect((before * 11n) / 10n - after).toBeLessThanOrEqual(2n);
});

test("behavior: the toll token delivers 99 %", async () => {
  const toll = chain().deployment.zoo.feeOnTransfer?.address;
  if (toll === undefined) return expect.fail("no toll token");
  const { deployer } = chain().deployment;
  const abi = abiOf("FeeOnTransferToken");
  await actAs(chain().client, deployer, { to: toll, abi, fn: "mint", args: [chain().account(3), 1_000n] });
  await actAs(chain().client, chain().account(3), {
    to: toll,
    abi,
    fn: "transfer",
    args: [chain().account(4), 1_000n],
  });
  expect(await chain().balance(toll, chain().account(4))).toBe(990n);
});
