import { type Address, decodeFunctionData, type Hex } from "viem";
import { swapRouter02Abi } from "../../chain/abis/swapRouter02.ts";
import type { Call } from "../../domain/call.ts";
import type { Effect } from "../../domain/effect.ts";
import { NATIVE_ADDRESS } from "../../domain/token.ts";
import { isCanonical } from "../shared/isCanonical.ts";
import { sameAddress } from "../shared/sameAddress.ts";
import { sum } from "../shared/swapTerms.ts";
import { ROUTER_ITSELF } from "./calls.ts";
import type { UniswapV3Addresses } from "./index.ts";
import { pathEnds } from "./path.ts";

type Leg = {
  readonly side: "sell" | "buy";
  readonly sell: Address;
  readonly buy: Address;
  readonly recipient: Address;
  readonly sellAmount: bigint;
  readonly buyAmount: bigint;
};
type Tail = { readonly unwrap?: { readonly least: bigint; readonly recipient: Address }; readonly refund: boolean };

/** Meaning of a SwapRouter02 call as `swapCalls` writes it; anything that differs in any way is not ours: undefined. */
export function decodeSwap(addresses: UniswapV3Addresses, wrapped: Address, call: Call): Effect | undefined {
  if (!sameAddress(call.to, addresses.swapRouter02)) return undefined;
  try {
    const outer = decodeFunctionData({ abi: swapRouter02Abi, data: call.data });
    if (outer.functionName !== "multicall" || !isCanonical(swapRouter02Abi, call.data, outer)) return undefined;
    const [deadlineSeconds, inner] = outer.args;
    const parsed = parse(inner);
    const effect = parsed && combine(parsed.legs, parsed.tail, wrapped, call.value);
    return effect && { ...effect, deadlineSeconds };
  } catch {
    return undefined; // not router calldata
  }
}

/** Legs first, then at most one unwrap, then at most one refund. */
function parse(inner: readonly Hex[]): { readonly legs: readonly Leg[]; readonly tail: Tail } | undefined {
  const decoded = inner.map((data) => ({ data, ...decodeFunctionData({ abi: swapRouter02Abi, data }) }));
  if (!decoded.every((part) => isCanonical(swapRouter02Abi, part.data, { ...part, args: part.args ?? [] })))
    return undefined;
  const rest = [...decoded];
  const last = rest.at(-1)?.functionName === "refundETH" ? rest.pop() : undefined;
  const unwrap = rest.at(-1);
  if (unwrap?.functionName === "unwrapWETH9") rest.pop();
  const legs = rest.map((part) => readLeg(part));
  if (legs.length === 0 || !legs.every((leg) => leg !== undefined)) return undefined;
  const refund = last !== undefined;
  if (unwrap?.functionName !== "unwrapWETH9") return { legs, tail: { refund } };
  return { legs, tail: { refund, unwrap: { least: unwrap.args[0], recipient: unwrap.args[1] } } };
}

function readLeg(part: ReturnType<typeof decodeFunctionData<typeof swapRouter02Abi>>): Leg | undefined {
  if (part.functionName === "exactInput") {
    const [{ path, recipient, amountIn, amountOutMinimum }] = part.args;
    const ends = pathEnds(path);
    if (ends === undefined) return undefined;
    const amounts = { sellAmount: amountIn, buyAmount: amountOutMinimum };
    return { side: "sell", sell: ends.first, buy: ends.last, recipient, ...amounts };
  }
  if (part.functionName !== "exactOutput") return undefined;
  const [{ path, recipient, amountOut, amountInMaximum }] = part.args;
  const ends = pathEnds(path);
  if (ends === undefined) return undefined;
  const amounts = { sellAmount: amountInMaximum, buyAmount: amountOut };
  return { side: "buy", sell: ends.last, buy: ends.first, recipient, ...amounts };
}

function combine(legs: readonly Leg[], tail: Tail, wrapped: Address, value: bigint): SwapEffect | undefined {
  const [first] = legs;
  if (first === undefined) return undefined;
  const uniform = legs.every(
    (leg) =>
      leg.side === first.side &&
      leg.sell === first.sell &&
      leg.buy === first.buy &&
      leg.recipient === first.recipient &&
      leg.sellAmount > 0n &&
      leg.sellAmount < 1n << 255n, // 2^255 means "the router's balance" to SwapRouter02
  );
  const sellAmount = sum(legs.map((leg) => leg.sellAmount));
  const paysNative = value > 0n;
  const native = sameAddress(first.sell, wrapped) && value === sellAmount;
  if (!uniform || sameAddress(first.sell, first.buy) || (paysNative && !native)) return undefined;
  if (tail.refund !== (paysNative && first.side === "buy")) return undefined;
  const bought = received(legs, first, tail, wrapped);
  if (bought === undefined) return undefined;
  return {
    type: "swap",
    protocol: "uniswap-v3",
    side: first.side,
    sell: paysNative ? NATIVE_ADDRESS : first.sell,
    sellAmount,
    ...bought,
  };
}

type SwapEffect = Extract<Effect, { type: "swap" }>;

/** Who receives how much: the owner straight from the legs, or the native coin through one unwrap of the whole. */
function received(
  legs: readonly Leg[],
  first: Leg,
  tail: Tail,
  wrapped: Address,
): Pick<SwapEffect, "buy" | "buyAmount" | "recipient"> | undefined {
  const total = sum(legs.map((leg) => leg.buyAmount));
  if (tail.unwrap === undefined) {
    const odd = BigInt(first.recipient) <= BigInt(ROUTER_ITSELF); // zero, "sender" and "router" placeholders
    return odd ? undefined : { buy: first.buy, buyAmount: total, recipient: first.recipient };
  }
  const { least, recipient } = tail.unwrap;
  const whole = first.side === "sell" ? total === 0n : total === least;
  if (!sameAddress(first.buy, wrapped) || first.recipient !== ROUTER_ITSELF || !whole) return undefined;
  if (BigInt(recipient) <= BigInt(ROUTER_ITSELF)) return undefined;
  return { buy: NATIVE_ADDRESS, buyAmount: least, recipient };
}
