import { type Account, createWalletClient, erc20Abi, type Hex, http, numberToHex, type TransactionReceipt } from "viem";
import type { Call, PlannedCall } from "../../src/domain/call.ts";
import type { Plan } from "../../src/domain/plan.ts";
import { isNative } from "../../src/domain/token.ts";
import { gasLimit } from "../../src/executor/gasLimit.ts";
import type { TestChain } from "../setup/devnet.ts";

type Balances = ReadonlyMap<string, bigint>;

/** What really happened: per call the balance change of every asset that a binding or expectation names, gas left out. */
export type Run = {
  readonly receipts: readonly TransactionReceipt[];
  readonly changes: readonly Balances[];
  /** Net change of one asset over the plan. */
  net(asset: Hex): bigint;
};

/** Sends a plan's calls one by one as the account, filling late-bound amounts; fails on the first revert. */
export async function runPlan(chain: TestChain, plan: Plan, account: Account): Promise<Run> {
  const assets = assetsOf(chain, plan);
  const receipts: TransactionReceipt[] = [];
  const changes: Balances[] = [];
  for (const [index, planned] of plan.calls.entries()) {
    const call = fill(planned, changes);
    const before = await balances(chain, assets, account.address);
    const receipt = await send(chain, call, account);
    if (receipt.status !== "success") throw new Error(`call ${index} reverted: ${planned.label}`);
    const after = await balances(chain, assets, account.address);
    const fee = receipt.gasUsed * receipt.effectiveGasPrice;
    changes.push(new Map(assets.map((asset) => [asset, change(asset, before, after, fee)])));
    receipts.push(receipt);
  }
  const net = (asset: Hex) => changes.reduce((sum, one) => sum + (one.get(asset.toLowerCase()) ?? 0n), 0n);
  return { receipts, changes, net };
}

/** Sends with the executor's gas limit, so that "all" of the native coin really is tested against its gas reserve. */
async function send(chain: TestChain, call: Call, account: Account): Promise<TransactionReceipt> {
  const wallet = createWalletClient({ account, chain: chain.client.chain, transport: http(chain.devnet.rpcUrl) });
  const gas = await chain.client.estimateGas({ ...call, account });
  const hash = await wallet.sendTransaction({ ...call, gas: gasLimit(gas, call.data) });
  return chain.client.waitForTransactionReceipt({ hash, pollingInterval: 20 });
}

/** Allowances that the account's approvals left behind, all of which must be zero. */
export async function allowancesLeft(chain: TestChain, plan: Plan): Promise<readonly bigint[]> {
  const approvals = plan.calls.filter((call) => call.role === "approve" || call.role === "reset");
  return Promise.all(
    approvals.map((call) =>
      chain.client.readContract({
        address: call.to,
        abi: erc20Abi,
        functionName: "allowance",
        args: [plan.account, `0x${call.data.slice(34, 74)}`],
      }),
    ),
  );
}

function fill(call: PlannedCall, changes: readonly Balances[]): Call {
  const filled = { to: call.to, data: call.data, value: call.value };
  for (const { at, from, asset, min, max } of call.bindings) {
    const amount = from.reduce((sum, index) => sum + (changes[index]?.get(asset.toLowerCase()) ?? 0n), 0n);
    if (amount < min || amount > max) throw new Error(`${call.label}: ${amount} outside ${min}..${max}`);
    if (at === "value") filled.value = amount;
    else filled.data = splice(filled.data, at, amount);
  }
  return filled;
}

function splice(data: Hex, at: number, amount: bigint): Hex {
  const start = 2 + at * 2;
  return `0x${data.slice(2, start)}${numberToHex(amount, { size: 32 }).slice(2)}${data.slice(start + 64)}`;
}

function assetsOf(chain: TestChain, plan: Plan): readonly string[] {
  const named = plan.expectations.flatMap(({ pays, gets }) => [...pays, ...gets].map(({ token }) => token.address));
  const bound = plan.calls.flatMap((call) => call.bindings.map(({ asset }) => asset));
  const coin = [chain.tokens.native.address, chain.tokens.wrappedNative.address];
  return [...new Set([...named, ...bound, ...coin].map((address) => address.toLowerCase()))];
}

async function balances(chain: TestChain, assets: readonly string[], owner: Hex): Promise<Balances> {
  const read = (asset: string) =>
    isNative({ address: asset as Hex })
      ? chain.client.getBalance({ address: owner })
      : chain.client.readContract({ address: asset as Hex, abi: erc20Abi, functionName: "balanceOf", args: [owner] });
  return new Map(await Promise.all(assets.map(async (asset) => [asset, await read(asset)] as const)));
}

function change(asset: string, before: Balances, after: Balances, fee: bigint): bigint {
  const moved = (after.get(asset) ?? 0n) - (before.get(asset) ?? 0n);
  return isNative({ address: asset as Hex }) ? moved + fee : moved;
}
