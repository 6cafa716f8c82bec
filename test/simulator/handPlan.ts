import { type Address, encodeFunctionData, type Hex, maxUint256, parseAbi } from "viem";
import { approveCall } from "../../src/chain/erc20.ts";
import type { Reader } from "../../src/chain/reader.ts";
import type { Binding, Call, PlannedCall } from "../../src/domain/call.ts";
import type { Intent } from "../../src/domain/intent.ts";
import { type Plan, type PlanBody, sealPlan } from "../../src/domain/plan.ts";
import type { TestChain } from "../setup/testChain.ts";

/** A plan made of given calls, at the reader's block: what the simulator needs, no planner involved. */
export function handPlan(
  reader: Reader,
  account: Address,
  calls: readonly (Call & { readonly bindings?: readonly Binding[]; readonly actionIndex?: number })[],
  extra: Partial<PlanBody> = {},
): Plan {
  const intent: Intent = {
    actions: [{ type: "supply", asset: "USDC", amount: { unit: "token", value: "1" } }],
  };
  return sealPlan({
    chainId: reader.chainId,
    account,
    intent,
    block: { number: reader.block, hash: reader.blockHash, timestamp: reader.timestamp },
    deadlineSeconds: reader.timestamp + 1200n,
    expiresAtSeconds: reader.timestamp + 120n,
    calls: calls.map(
      (call, index): PlannedCall => ({
        role: "action",
        label: `call ${index}`,
        protocol: "test",
        actionIndex: 0,
        bindings: [],
        ...call,
      }),
    ),
    quotes: [],
    expectations: [],
    resolutions: [],
    assumptions: [],
    alternatives: [],
    summary: "made by hand",
    ...extra,
  });
}

const poolAbi = parseAbi([
  "function supply(address asset, uint256 amount, address onBehalfOf, uint16 referralCode)",
  "function borrow(address asset, uint256 amount, uint256 rateMode, uint16 referralCode, address onBehalfOf)",
  "function repay(address asset, uint256 amount, uint256 rateMode, address onBehalfOf) returns (uint256)",
]);
const routerAbi = parseAbi([
  "function swapExactETHForTokens(uint256 amountOutMin, address[] path, address to, uint256 deadline) payable returns (uint256[] amounts)",
]);

/** Calls on the local chain's real contracts, written without the adapters. */
export function callsOn(chain: TestChain) {
  const { aaveV3, uniswapV2, wrappedNative } = chain.addresses;
  if (!aaveV3 || !uniswapV2) throw new Error("the local chain lacks Aave v3 or Uniswap v2");
  const owner = chain.owner.address;
  const pool = (data: Hex): Call => ({ to: aaveV3.pool, data, value: 0n });
  return {
    pool: aaveV3.pool,
    router: uniswapV2.router,
    approve: approveCall,
    supply: (asset: Address, amount: bigint) =>
      pool(encodeFunctionData({ abi: poolAbi, functionName: "supply", args: [asset, amount, owner, 0] })),
    borrow: (asset: Address, amount: bigint) =>
      pool(encodeFunctionData({ abi: poolAbi, functionName: "borrow", args: [asset, amount, 2n, 0, owner] })),
    repayAll: (asset: Address, account: Address) =>
      pool(encodeFunctionData({ abi: poolAbi, functionName: "repay", args: [asset, maxUint256, 2n, account] })),
    swapEth: (buy: Address, value: bigint, deadline: bigint): Call => ({
      to: uniswapV2.router,
      value,
      data: encodeFunctionData({
        abi: routerAbi,
        functionName: "swapExactETHForTokens",
        args: [1n, [wrappedNative, buy], owner, deadline],
      }),
    }),
  };
}
