import type { Address } from "viem";
import type { ChainAddresses } from "../../chain/addresses.ts";
import { InvalidLegsError } from "../shared/swapErrors.ts";
import type { SwapVenue } from "../swapVenue.ts";
import { swapCalls } from "./calls.ts";
import { decodeSwap } from "./decode.ts";
import { quotePaths, quoteSwap } from "./quote.ts";
import { readPairs } from "./read.ts";

/** Uniswap v2: swaps over pairs, one or several hops, through Router02; every leg is a call of its own. */
export function createUniswapV2(addresses: ChainAddresses): SwapVenue {
  const own = addresses.uniswapV2;
  const router = (): Address => {
    if (own !== undefined) return own.router;
    throw new InvalidLegsError(`Uniswap v2 is not on chain ${addresses.chainId}; choose another protocol.`);
  };
  return {
    id: "uniswap-v2",
    actions: ["swap"],
    baseGas: 0n, // every leg carries its own transaction
    markets: readPairs,
    positions: async () => [],
    quotePaths,
    quote: async (reader, action) => {
      if (action.type === "swap") return quoteSwap(router(), reader, action);
      throw new InvalidLegsError(`Uniswap v2 swaps; it cannot ${action.type}.`);
    },
    calls: (quote, owner, deadlineSeconds) => swapCalls(router(), quote, owner, deadlineSeconds),
    decode: (call) => (own === undefined ? undefined : decodeSwap(own.router, addresses.wrappedNative, call)),
    known: () =>
      own === undefined
        ? []
        : (["target", "spender"] as const).map((role) => ({
            address: own.router,
            label: "Uniswap v2 Router02",
            role,
            protocol: "uniswap-v2",
          })),
  };
}
