import { encodePacked, parseUnits } from "viem";
import { quoterV2Abi } from "../../src/chain/abis/quoterV2.ts";
import { uniswapV2RouterAbi } from "../../src/chain/abis/uniswapV2.ts";
import type { Reader } from "../../src/chain/reader.ts";
import type { SwapMarket } from "../../src/domain/market.ts";
import type { Quote, SwapLeg } from "../../src/domain/quote.ts";
import { sameToken } from "../../src/domain/token.ts";
import type { SwapAction } from "../../src/protocols/shared/swapTerms.ts";
import type { TestChain } from "../setup/testChain.ts";

/** A leg by symbols and fees: ["WETH", 500, "USDC", 100, "DAI"]. */
export type Hops = readonly [string, ...(string | number)[]];
export type Swap = {
  readonly sell: string;
  readonly buy: string;
  readonly side: "sell" | "buy";
  readonly legs: readonly { readonly hops: Hops; readonly amount: string }[];
};

export async function swapAction(net: TestChain, reader: Reader, protocol: string, swap: Swap): Promise<SwapAction> {
  const venue = net.protocols.find(({ id }) => id === protocol);
  const pools = ((await venue?.markets(reader)) ?? []).filter((market) => market.kind === "swap");
  const [sell, buy] = [net.token(swap.sell), net.token(swap.buy)];
  const fixed = swap.side === "sell" ? sell : buy;
  return {
    type: "swap",
    side: swap.side,
    sell,
    buy,
    slippageBps: 50,
    legs: swap.legs.map(({ hops, amount }) => legOf(net, pools, hops, parseUnits(amount, fixed.decimals))),
  };
}

function legOf(net: TestChain, pools: readonly SwapMarket[], hops: Hops, amount: bigint): SwapLeg {
  const tokens = hops.filter((part) => typeof part === "string").map((symbol) => net.token(symbol));
  const fees = hops.filter((part) => typeof part === "number");
  return {
    amount,
    path: {
      tokens,
      pools: fees.map((feePips, hop) => {
        const ends = [tokens[hop], tokens[hop + 1]];
        const pool = pools.find(
          (market) =>
            market.feePips === feePips &&
            ends.every((end) => end !== undefined && market.tokens.some((token) => sameToken(token, end))),
        );
        if (pool === undefined) throw new Error(`no pool ${hops.join(" ")} on the test chain`);
        return { id: pool.id, feePips };
      }),
    },
  };
}

/** The quote's legs asked of the protocol's own contracts: QuoterV2, and Router02's getAmounts. */
export async function realAmount(net: TestChain, reader: Reader, quote: Quote): Promise<bigint> {
  if (quote.action.type !== "swap") throw new Error("not a swap");
  const { side, legs } = quote.action;
  const amounts = await Promise.all(
    legs.map(async ({ path, amount }) => {
      const tokens = path.tokens.map((token) => token.address);
      if (quote.protocol === "uniswap-v2") {
        const functionName = side === "sell" ? "getAmountsOut" : "getAmountsIn";
        const all = await reader.client.readContract({
          address: net.addresses.uniswapV2?.router ?? "0x",
          abi: uniswapV2RouterAbi,
          functionName,
          args: [amount, tokens],
          blockNumber: reader.block,
        });
        return (side === "sell" ? all.at(-1) : all[0]) ?? 0n;
      }
      const fees = path.pools.map((pool) => pool.feePips);
      const forward = tokens.flatMap((token, index) => (index === 0 ? [token] : [fees[index - 1] ?? 0, token]));
      const parts = side === "sell" ? forward : [...forward].reverse();
      const types = parts.map((part) => (typeof part === "number" ? "uint24" : "address"));
      const { result } = await reader.client.simulateContract({
        address: net.addresses.uniswapV3?.quoterV2 ?? "0x",
        abi: quoterV2Abi,
        functionName: side === "sell" ? "quoteExactInput" : "quoteExactOutput",
        args: [encodePacked(types, parts), amount],
        blockNumber: reader.block,
      });
      return result[0];
    }),
  );
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}

/** Shorthand for one leg. */
export const leg = (amount: string, ...hops: [string, ...(string | number)[]]) => ({ amount, hops });
