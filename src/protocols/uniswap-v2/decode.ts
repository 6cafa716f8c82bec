import { type Address, type DecodeFunctionDataReturnType, decodeFunctionData, zeroAddress } from "viem";
import { uniswapV2RouterAbi as abi } from "../../chain/abis/uniswapV2.ts";
import type { Call } from "../../domain/call.ts";
import type { Effect } from "../../domain/effect.ts";
import { NATIVE_ADDRESS } from "../../domain/token.ts";
import { isCanonical } from "../shared/isCanonical.ts";
import { sameAddress } from "../shared/sameAddress.ts";

type Decoded = DecodeFunctionDataReturnType<typeof abi>;
type Terms = {
  readonly side: "sell" | "buy";
  readonly sellAmount: bigint;
  readonly buyAmount: bigint;
  readonly path: readonly Address[];
  readonly to: Address;
  readonly deadline: bigint;
  readonly nativeIn: boolean;
  readonly nativeOut: boolean;
};

/** Meaning of a Router02 swap; any other function, odd encoding, stray value or nameless recipient: undefined. */
export function decodeSwap(router: Address, wrapped: Address, call: Call): Effect | undefined {
  if (!sameAddress(call.to, router)) return undefined;
  try {
    const decoded = decodeFunctionData({ abi, data: call.data });
    const terms = readTerms(decoded, call.value);
    if (terms === undefined || !isCanonical(abi, call.data, decoded)) return undefined;
    return toEffect(terms, wrapped, call.value);
  } catch {
    return undefined; // not router calldata
  }
}

function readTerms(decoded: Decoded, value: bigint): Terms | undefined {
  const base = { nativeIn: false, nativeOut: false };
  switch (decoded.functionName) {
    case "swapExactTokensForTokens":
    case "swapExactTokensForETH": {
      const [sellAmount, buyAmount, path, to, deadline] = decoded.args;
      const nativeOut = decoded.functionName === "swapExactTokensForETH";
      return { ...base, side: "sell", sellAmount, buyAmount, path, to, deadline, nativeOut };
    }
    case "swapTokensForExactTokens":
    case "swapTokensForExactETH": {
      const [buyAmount, sellAmount, path, to, deadline] = decoded.args;
      const nativeOut = decoded.functionName === "swapTokensForExactETH";
      return { ...base, side: "buy", sellAmount, buyAmount, path, to, deadline, nativeOut };
    }
    case "swapExactETHForTokens":
    case "swapETHForExactTokens": {
      const [buyAmount, path, to, deadline] = decoded.args;
      const side = decoded.functionName === "swapExactETHForTokens" ? "sell" : "buy";
      return { ...base, side, sellAmount: value, buyAmount, path, to, deadline, nativeIn: true };
    }
    default:
      return undefined;
  }
}

function toEffect(terms: Terms, wrapped: Address, value: bigint): Effect | undefined {
  const { path, nativeIn, nativeOut, to } = terms;
  const [first, last] = [path[0], path.at(-1)];
  if (first === undefined || last === undefined || path.length < 2 || sameAddress(first, last)) return undefined;
  if (nativeIn ? !sameAddress(first, wrapped) || value === 0n : value !== 0n) return undefined;
  if ((nativeOut && !sameAddress(last, wrapped)) || to === zeroAddress) return undefined;
  return {
    type: "swap",
    protocol: "uniswap-v2",
    side: terms.side,
    sell: nativeIn ? NATIVE_ADDRESS : first,
    buy: nativeOut ? NATIVE_ADDRESS : last,
    sellAmount: terms.sellAmount,
    buyAmount: terms.buyAmount,
    recipient: to,
    deadlineSeconds: terms.deadline,
  };
}
