import { type Address, erc20Abi, parseUnits } from "viem";
import { expect, test } from "vitest";
import { DevnetSnapshotError, give, printDevnet, revertTo, snapshot, tokenOf } from "../../src/devnet/index.ts";
import { harness } from "./harness.ts";

const chain = harness();

/** Every contract address of the deployment with its path; the two keyless accounts are not contracts. */
function addresses(value: unknown, path = ""): [path: string, address: Address][] {
  if (typeof value === "string") return /^0x[0-9a-fA-F]{40}$/.test(value) ? [[path, value as Address]] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => addresses(inner, `${path}/${key}`));
}

test("default: every address has code", async () => {
  const { deployer: _d, liquidityProvider: _l, ...contracts } = chain().deployment;
  const all = addresses(contracts);
  expect(all.length).toBeGreaterThan(100);
  for (const [path, address] of all) {
    const code = await chain().client.getCode({ address });
    expect(code?.length ?? 0, path).toBeGreaterThan(100);
  }
});

test("behavior: Permit2 and Multicall3 are mainnet's code and answer", async () => {
  const { multicall3, permit2 } = chain().deployment;
  expect(multicall3).toBe("0xcA11bde05977b3631167028862bE2a173976CA11");
  expect(permit2).toBe("0x000000000022D473030F116dDEE9F6B43aC78BA3");
  const [owner, usdc] = [chain().account(0), tokenOf(chain().deployment, "USDC").address];
  const balances = await chain().client.multicall({
    multicallAddress: multicall3,
    contracts: [{ address: usdc, abi: erc20Abi, functionName: "balanceOf", args: [owner] }],
  });
  expect(balances[0]?.result).toBe(20_000_000_000n);
  const separator = { type: "function", name: "DOMAIN_SEPARATOR", stateMutability: "view", inputs: [] } as const;
  const abi = [{ ...separator, outputs: [{ type: "bytes32" }] }] as const;
  expect(await chain().client.readContract({ address: permit2, abi, functionName: "DOMAIN_SEPARATOR" })).toMatch(/^0x/);
});

test("behavior: tokens say what the deployment says of them", async () => {
  for (const token of Object.values(chain().deployment.tokens)) {
    const read = (functionName: "symbol" | "decimals") =>
      chain().client.readContract({ address: token.address, abi: erc20Abi, functionName });
    expect(await read("symbol")).toBe(token.symbol);
    expect(await read("decimals")).toBe(token.decimals);
  }
});

test("behavior: the chain's clock is now, and a transaction mines a block", async () => {
  const block = await chain().client.getBlock();
  expect(Math.abs(Number(block.timestamp) - Date.now() / 1000)).toBeLessThan(60);
  const before = await chain().client.getBlockNumber();
  await give(chain().client, chain().deployment, chain().account(5), { symbol: "DAI", amount: 1n });
  expect(await chain().client.getBlockNumber()).toBe(before + 1n);
});

test("behavior: accounts hold ether and the owner holds tokens", async () => {
  expect(await chain().client.getBalance({ address: chain().account(0) })).toBe(parseUnits("100", 18));
  expect(await chain().balance(tokenOf(chain().deployment, "WBTC").address, chain().account(0))).toBe(
    parseUnits("1", 8),
  );
  expect(await chain().balance(tokenOf(chain().deployment, "USDT").address, chain().account(0))).toBe(
    parseUnits("20000", 6),
  );
  expect(await chain().client.getTransactionCount({ address: chain().account(0) })).toBe(0);
});

test("behavior: eth_simulateV1 simulates a transfer", async () => {
  const call = { from: chain().account(0), to: chain().account(2), value: "0xde0b6b3a7640000" };
  const params = [{ blockStateCalls: [{ calls: [call] }], traceTransfers: true }, "latest"];
  const blocks = (await chain().client.request({ method: "eth_simulateV1", params } as never)) as {
    calls: { status: string; logs: unknown[] }[];
  }[];
  expect(blocks[0]?.calls[0]?.status).toBe("0x1");
  expect(blocks[0]?.calls[0]?.logs).toHaveLength(1);
});

test("behavior: the printout names accounts, tokens and pools", () => {
  const text = printDevnet(chain().devnet);
  for (const part of [
    chain().devnet.rpcUrl,
    chain().account(1),
    chain().deployment.aaveV3.pool,
    "USDC on WBTC",
    "sDAI",
    "borrower",
  ]) {
    expect(text).toContain(part);
  }
});

test("default: revertTo undoes a transfer", async () => {
  const dai = tokenOf(chain().deployment, "DAI").address;
  const id = await snapshot(chain().client);
  await give(chain().client, chain().deployment, chain().account(6), { symbol: "DAI", amount: 5n });
  expect(await chain().balance(dai, chain().account(6))).toBe(5n);
  await revertTo(chain().client, id);
  expect(await chain().balance(dai, chain().account(6))).toBe(0n);
});

test("error: DevnetSnapshotError", async () => {
  const id = await snapshot(chain().client);
  await revertTo(chain().client, id);
  await expect(revertTo(chain().client, id)).rejects.toBeInstanceOf(DevnetSnapshotError);
});
