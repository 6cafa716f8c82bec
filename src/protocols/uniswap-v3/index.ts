import type { Address } from "viem";
import type { ChainAddresses } from "../../chain/addresses.ts";
import { InvalidLegsError } from "../shared/swapErrors.ts";
import type { SwapVenue } from "../swapVenue.ts";
import { swapCalls } from "./calls.ts";
import { decodeSwap } from "./decode.ts";
import { BASE_GAS, quotePaths, quoteSwap } from "./quote.ts";
import { readPools } from "./read.ts";

export type UniswapV3Addresses = {
  readonly factory: Address;
  readonly swapRouter02: Address;
  readonly quoterV2: Address;
};

/** Uniswap v3: swaps over pools of four fee tiers, one or several hops and legs, through SwapRouter02. */
export function createUniswapV3(addresses: ChainAddresses): SwapVenue {
  const own = addresses.uniswapV3;
  const here = (): UniswapV3Addresses => {
    if (own !== undefined) return own;
    throw new InvalidLegsError(`Uniswap v3 is not on chain ${addresses.chainId}; choose another protocol.`);
  };
  return {
    id: "uniswap-v3",
    actions: ["swap"],
    baseGas: BASE_GAS,
    markets: readPools,
    positions: async () => [],
    quotePaths: (reader, side, asked) => quotePaths(here(), reader, side, asked),
    quote: async (reader, action) => {
      if (action.type === "swap") return quoteSwap(here(), reader, action);
      throw new InvalidLegsError(`Uniswap v3 swaps; it cannot ${action.type}.`);
    },
    calls: (quote, owner, deadlineSeconds) => swapCalls(here(), quote, owner, deadlineSeconds),
    decode: (call) => (own === undefined ? undefined : decodeSwap(own, addresses.wrappedNative, call)),
    known: () =>
      own === undefined
        ? []
        : (["target", "spender"] as const).map((role) => ({
            address: own.swapRouter02,
            label: "Uniswap v3 SwapRouter02",
            role,
            protocol: "uniswap-v3",
          })),
  };
}
