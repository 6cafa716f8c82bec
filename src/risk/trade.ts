import { type Address, decodeAbiParameters, encodeFunctionData, erc20Abi, type Hex, maxUint256, parseAbi } from "viem";
import type { Reader } from "../chain/reader.ts";
import type { ProbeCall, ProbeResult, TradePair } from "./types.ts";

const routerAbi = parseAbi([
  "function swapExactETHForTokensSupportingFeeOnTransferTokens(uint256 amountOutMin, address[] path, address to, uint256 deadline) payable",
  "function swapExactTokensForTokensSupportingFeeOnTransferTokens(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline)",
]);
const pairAbi = parseAbi([
  "function getReserves() view returns (uint112 reserve0, uint112 reserve1, uint32 blockTimestampLast)",
  "function getPair(address tokenA, address tokenB) view returns (address)",
]);

/** The deepest Uniswap v2 pair of a token with a coin that can itself be had for the native one; undefined without any. */
export async function findPair(reader: Reader, token: Address): Promise<TradePair | undefined> {
  const site = reader.addresses.uniswapV2;
  if (site === undefined) return undefined;
  const { wrappedNative } = reader.addresses;
  const bases = [wrappedNative, ...reader.tokens.all.filter(({ stable }) => stable).map(({ address }) => address)];
  const found = await Promise.all(
    bases.map(async (base): Promise<TradePair | undefined> => {
      const pair = await pairOf(reader, site.factory, base, token);
      const way = base === wrappedNative ? [] : [await pairOf(reader, site.factory, wrappedNative, base)];
      if (pair === undefined || way.includes(undefined)) return undefined;
      const [baseReserve, tokenReserve] = await reservesOf(reader, pair, base, token);
      if (baseReserve === 0n || tokenReserve === 0n) return undefined;
      const path = base === wrappedNative ? [wrappedNative, token] : [wrappedNative, base, token];
      return { router: site.router, pair, path, baseReserve, tokenReserve };
    }),
  );
  // The native coin's own pair is asked first: a stable coin's depth counts in other units.
  return found.find((one) => one !== undefined);
}

async function pairOf(
  { client, block }: Reader,
  factory: Address,
  a: Address,
  b: Address,
): Promise<Address | undefined> {
  const pair = await client.readContract({
    address: factory,
    abi: pairAbi,
    functionName: "getPair",
    args: [a, b],
    blockNumber: block,
  });
  return /^0x0{40}$/.test(pair) ? undefined : pair;
}

async function reservesOf(
  { client, block }: Reader,
  pair: Address,
  base: Address,
  token: Address,
): Promise<readonly [bigint, bigint]> {
  const [reserve0, reserve1] = await client.readContract({
    address: pair,
    abi: pairAbi,
    functionName: "getReserves",
    blockNumber: block,
  });
  return base.toLowerCase() < token.toLowerCase() ? [reserve0, reserve1] : [reserve1, reserve0];
}

const NEVER = maxUint256;

/** Buys with the native coin, through the real router, as a wallet would. */
export function buyCall({ router, path }: TradePair, from: Address, value: bigint): ProbeCall {
  const data = encodeFunctionData({
    abi: routerAbi,
    functionName: "swapExactETHForTokensSupportingFeeOnTransferTokens",
    args: [0n, path, from, NEVER],
  });
  return { from, to: router, data, value };
}

/** Sells for the coin before the token in the path. */
export function sellCall({ router, path }: TradePair, from: Address, amount: bigint): ProbeCall {
  const data = encodeFunctionData({
    abi: routerAbi,
    functionName: "swapExactTokensForTokensSupportingFeeOnTransferTokens",
    args: [amount, 0n, path.slice(-2).reverse(), from, NEVER],
  });
  return { from, to: router, data };
}

export function approveCall(token: Address, from: Address, spender: Address): ProbeCall {
  return {
    from,
    to: token,
    data: encodeFunctionData({ abi: erc20Abi, functionName: "approve", args: [spender, maxUint256] }),
  };
}

export function transferCall(token: Address, from: Address, to: Address, amount: bigint): ProbeCall {
  return { from, to: token, data: encodeFunctionData({ abi: erc20Abi, functionName: "transfer", args: [to, amount] }) };
}

export function balanceCall(token: Address, of: Address): ProbeCall {
  return { from: of, to: token, data: encodeFunctionData({ abi: erc20Abi, functionName: "balanceOf", args: [of] }) };
}

export function supplyCall(token: Address, from: Address): ProbeCall {
  return { from, to: token, data: encodeFunctionData({ abi: erc20Abi, functionName: "totalSupply" }) };
}

export function reservesCall(pair: Address, from: Address): ProbeCall {
  return { from, to: pair, data: encodeFunctionData({ abi: pairAbi, functionName: "getReserves" }) };
}

/** A whole number that a call returned; undefined when it failed or returned no word. */
export function wordOf(result: ProbeResult | undefined): bigint | undefined {
  return result?.ok === true && result.data.length >= 66 ? BigInt(result.data.slice(0, 66)) : undefined;
}

/** Reserves of base and token that a `reservesCall` returned. */
export function reservesIn(
  result: ProbeResult | undefined,
  { path }: TradePair,
): readonly [bigint, bigint] | undefined {
  if (result?.ok !== true || result.data.length < 2 + 64 * 2) return undefined;
  const [reserve0, reserve1] = decodeAbiParameters([{ type: "uint256" }, { type: "uint256" }], result.data as Hex);
  const [base = "", token = ""] = path.slice(-2);
  return base.toLowerCase() < token.toLowerCase() ? [reserve0, reserve1] : [reserve1, reserve0];
}

/** What the constant product gives for `amount`, 0.3 % fee taken (UniswapV2Library.getAmountOut). */
export function formulaOut(amount: bigint, reserveIn: bigint, reserveOut: bigint): bigint {
  const taken = amount * 997n;
  return reserveIn + amount === 0n ? 0n : (taken * reserveOut) / (reserveIn * 1000n + taken);
}

/** Wei that the pair holds on its other side; of a pair with a stable coin a fixed depth is taken, which only sizes probes. */
export function nativeDepth({ path, baseReserve }: TradePair): bigint {
  return path.length === 2 ? baseReserve : 10n ** 19n;
}
