import type { Address } from "viem";
import { isNative, type Token } from "../../domain/token.ts";
import type { RouteRequest } from "../types.ts";

/** Gas of an exact approval (transaction included), measured: 46,000 for a fresh ERC-20 slot. */
const APPROVE_GAS = 48_000n;
/** Exact outputs leave an allowance behind, which the planner resets. */
const RESET_GAS = 28_000n;

/** Converts gas units into base units of one token; undefined when no price allows it. */
export type GasValue = ((gas: bigint) => bigint) | undefined;

/** Gas that using a venue costs beside its calls: the approval of a sold ERC-20, and its reset after an exact output. */
export function approvalGas({ sell, side }: Pick<RouteRequest, "sell" | "side">): bigint {
  if (isNative(sell)) return 0n;
  return side === "sell" ? APPROVE_GAS : APPROVE_GAS + RESET_GAS;
}

/**
 * Values gas in the token whose amount is being optimised: bought (side sell) or sold (side buy), rounded up.
 * Without a price of that token, `parity` (how much of it the fixed side's whole amount is worth, from a quote) stands in.
 */
export function gasValuer(
  request: RouteRequest,
  parity: { readonly fixed: bigint; readonly variable: bigint } | undefined,
): GasValue {
  const { gasPriceWei, side, sell, buy, reader } = request;
  const [variable, fixed] = side === "sell" ? [buy, sell] : [sell, buy];
  const wrapped = reader.tokens.wrappedNative.address.toLowerCase();
  if (isNative(variable) || variable.address.toLowerCase() === wrapped) return (gas) => gas * gasPriceWei;
  const native = priceOf(request, reader.tokens.native) ?? priceOf(request, reader.tokens.wrappedNative);
  const inUnitsOf = (token: Token): GasValue => {
    const price = isNative(token) || token.address.toLowerCase() === wrapped ? native : priceOf(request, token);
    if (native === undefined || price === undefined) return undefined;
    const scale = price * 10n ** 18n;
    return (gas) => ceilDiv(gas * gasPriceWei * native * 10n ** BigInt(token.decimals), scale);
  };
  const direct = inUnitsOf(variable);
  const viaFixed = inUnitsOf(fixed);
  if (direct !== undefined || viaFixed === undefined || parity === undefined || parity.fixed === 0n) return direct;
  return (gas) => ceilDiv(viaFixed(gas) * parity.variable, parity.fixed);
}

/** US dollars of an amount of gas, 1e8 = $1; undefined without a price of the native coin. */
export function gasUsdE8(request: RouteRequest, gas: bigint): bigint | undefined {
  const { native, wrappedNative } = request.reader.tokens;
  const price = priceOf(request, native) ?? priceOf(request, wrappedNative);
  return price === undefined ? undefined : (gas * request.gasPriceWei * price) / 10n ** 18n;
}

function priceOf({ pricesUsdE8 }: RouteRequest, token: Token): bigint | undefined {
  const direct = pricesUsdE8.get(token.address) ?? pricesUsdE8.get(token.address.toLowerCase() as Address);
  return direct !== undefined && direct > 0n ? direct : undefined;
}

const ceilDiv = (a: bigint, b: bigint): bigint => (a + b - 1n) / b;
