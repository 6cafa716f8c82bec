import { type Address, type Client, maxUint256 } from "viem";
import { actAs, DevnetUnknownError } from "./actAs.ts";
import { abiOf } from "./build/artifact.ts";
import { readChain } from "./readChain.ts";
import type { DevnetDeployment, DevnetToken } from "./types.ts";

const VARIABLE_RATE = 2n;

/** A swap in one v3 pool, in base units of `tokenIn`. */
export type PoolSwap = {
  readonly tokenIn: Address;
  readonly tokenOut: Address;
  readonly feePips: number;
  readonly amountIn: bigint;
  /** Stops at this price (Q64.96); 0 = swap all. */
  readonly sqrtPriceLimitX96?: bigint;
};

/** The liquidity provider swaps, so that the pool's price moves. */
export async function swapInPool(client: Client, deployment: DevnetDeployment, swap: PoolSwap): Promise<void> {
  const { swapRouter02 } = deployment.uniswapV3;
  const as = deployment.liquidityProvider;
  await allow(client, as, swap.tokenIn, swapRouter02);
  const params = {
    tokenIn: swap.tokenIn,
    tokenOut: swap.tokenOut,
    fee: swap.feePips,
    recipient: as,
    amountIn: swap.amountIn,
    amountOutMinimum: 0n,
    sqrtPriceLimitX96: swap.sqrtPriceLimitX96 ?? 0n,
  };
  await actAs(client, as, { to: swapRouter02, abi: abiOf("SwapRouter02"), fn: "exactInputSingle", args: [params] });
}

/** A reserve of one of the two Aave-type markets. */
export type ReserveRef = { readonly market: "aaveV3" | "spark"; readonly symbol: string };

/** Base units supplied to and borrowed from a reserve. */
export async function readReserve(client: Client, deployment: DevnetDeployment, { market, symbol }: ReserveRef) {
  const { dataProvider } = deployment[market];
  const abi = abiOf("AaveProtocolDataProvider");
  const args = [tokenOf(deployment, symbol).address];
  const data = await readChain<readonly bigint[]>(client, { to: dataProvider, abi, fn: "getReserveData", args });
  // getReserveData: unbacked, accruedToTreasury, totalAToken, totalStableDebt, totalVariableDebt, rates …
  return { supplied: data[2] ?? 0n, borrowed: (data[3] ?? 0n) + (data[4] ?? 0n) };
}

/** The liquidity provider borrows or repays until the reserve's utilisation is as asked, in basis points. */
export async function setUtilisation(
  client: Client,
  deployment: DevnetDeployment,
  reserve: ReserveRef,
  utilisationBps: bigint,
): Promise<void> {
  const { supplied, borrowed } = await readReserve(client, deployment, reserve);
  const change = (supplied * utilisationBps) / 10_000n - borrowed;
  if (change > 0n) await borrow(client, deployment, reserve, change);
  if (change < 0n) await repay(client, deployment, reserve, -change);
}

/** The liquidity provider borrows base units of a reserve. */
export async function borrow(client: Client, deployment: DevnetDeployment, reserve: ReserveRef, amount: bigint) {
  const asset = tokenOf(deployment, reserve.symbol).address;
  const as = deployment.liquidityProvider;
  const args = [asset, amount, VARIABLE_RATE, 0, as];
  await actAs(client, as, { to: deployment[reserve.market].pool, abi: abiOf("Pool"), fn: "borrow", args });
}

/** The liquidity provider repays base units of its debt in a reserve. */
export async function repay(client: Client, deployment: DevnetDeployment, reserve: ReserveRef, amount: bigint) {
  const asset = tokenOf(deployment, reserve.symbol).address;
  const { pool } = deployment[reserve.market];
  const as = deployment.liquidityProvider;
  await allow(client, as, asset, pool);
  await actAs(client, as, { to: pool, abi: abiOf("Pool"), fn: "repay", args: [asset, amount, VARIABLE_RATE, as] });
}

/** Gives an account tokens out of the liquidity provider's stock, in base units. */
export async function give(
  client: Client,
  deployment: DevnetDeployment,
  to: Address,
  { symbol, amount }: { readonly symbol: string; readonly amount: bigint },
): Promise<void> {
  const { address } = tokenOf(deployment, symbol);
  await actAs(client, deployment.liquidityProvider, {
    to: address,
    abi: abiOf("DevToken"),
    fn: "transfer",
    args: [to, amount],
  });
}

/** A token by symbol; throws DevnetUnknownError. */
export function tokenOf({ tokens }: DevnetDeployment, symbol: string): DevnetToken {
  const token = tokens[symbol];
  if (token === undefined) throw new DevnetUnknownError("token", symbol, Object.keys(tokens));
  return token;
}

/** Allows once and without limit: the provider is nobody's money, and USDT refuses to change an allowance. */
export async function allow(client: Client, owner: Address, token: Address, spender: Address): Promise<void> {
  const abi = abiOf("DevToken");
  const allowance = await readChain<bigint>(client, { to: token, abi, fn: "allowance", args: [owner, spender] });
  if (allowance > maxUint256 / 2n) return;
  await actAs(client, owner, { to: token, abi, fn: "approve", args: [spender, maxUint256] });
}
