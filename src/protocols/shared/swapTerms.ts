import type { Address } from "viem";
import type { Quote, ResolvedAction, SwapLeg } from "../../domain/quote.ts";
import { isNative, type Token } from "../../domain/token.ts";
import { formatAmount } from "./formatAmount.ts";
import { sameAddress } from "./sameAddress.ts";
import { ForeignQuoteError, InvalidLegsError } from "./swapErrors.ts";

export type SwapAction = Extract<ResolvedAction, { type: "swap" }>;
export type SwapQuote = Quote & { readonly action: SwapAction };

const FULL_BPS = 10_000n;

/** Least output: `quoted` less the slippage, rounded up so that one unit keeps a floor. */
export function floorOf(quoted: bigint, slippageBps: number): bigint {
  return (quoted * (FULL_BPS - BigInt(slippageBps)) + FULL_BPS - 1n) / FULL_BPS;
}

/** Most input: `quoted` plus the slippage, rounded down. */
export function ceilingOf(quoted: bigint, slippageBps: number): bigint {
  return (quoted * (FULL_BPS + BigInt(slippageBps))) / FULL_BPS;
}

/**
 * Quote of a swap from what each leg gives. `terms.legs` keeps the quoted other side of every leg, so that `calls` can
 * share a floor or a ceiling among them.
 */
export function swapQuote(input: {
  readonly protocol: string;
  readonly action: SwapAction;
  readonly block: bigint;
  /** The other side per leg, base units. */
  readonly quoted: readonly bigint[];
  readonly gas: bigint;
  readonly spender: Address;
}): SwapQuote {
  const { action, quoted } = input;
  const fixed = sum(action.legs.map((leg) => leg.amount));
  const other = sum(quoted);
  const selling = action.side === "sell";
  const pays = selling ? fixed : other;
  const maxPays = selling ? fixed : ceilingOf(other, action.slippageBps);
  const limits = selling ? { floor: floorOf(other, action.slippageBps) } : { maxPays };
  return {
    protocol: input.protocol,
    action,
    block: input.block,
    pays: [{ token: action.sell, amount: pays }],
    gets: [{ token: action.buy, amount: selling ? other : fixed }],
    ...limits,
    approvals: isNative(action.sell) ? [] : [{ token: action.sell, spender: input.spender, amount: maxPays }],
    gas: input.gas,
    terms: { legs: quoted.join(",") },
  };
}

/** What `calls` needs of a quote: the quote's own floor or ceiling, shared among the legs in proportion to their terms. */
export function swapLimits(
  protocol: string,
  quote: Quote,
): { readonly quote: SwapQuote; readonly limit: bigint; readonly perLeg: readonly bigint[] } {
  const { action } = quote;
  const limit = action.type === "swap" && action.side === "sell" ? quote.floor : quote.maxPays;
  const shares = (quote.terms?.legs ?? "").split(",").map((text) => (/^\d+$/.test(text) ? BigInt(text) : -1n));
  if (quote.protocol !== protocol || action.type !== "swap" || limit === undefined)
    throw new ForeignQuoteError(protocol, quote);
  if (shares.length !== action.legs.length || shares.some((share) => share < 0n))
    throw new InvalidLegsError("The quote's terms do not match its legs; take a fresh quote.", {
      retry: "fresh-quote",
    });
  return { quote: { ...quote, action }, limit, perLeg: share(limit, shares) };
}

/** Splits a limit in proportion; the last part takes the rounding, so that the parts add up exactly. */
export function share(limit: bigint, shares: readonly bigint[]): readonly bigint[] {
  const total = sum(shares);
  const parts = shares.map((part) => (total === 0n ? 0n : (limit * part) / total));
  return parts.map((part, index) => (index === parts.length - 1 ? limit - sum(parts.slice(0, -1)) : part));
}

/** Refuses legs that cannot be priced or encoded: none, zero amounts, other ends than the action's, a pool used twice. */
export function checkLegs(action: SwapAction, wrapped: Address): void {
  const end = (token: Token) => (isNative(token) ? wrapped : token.address);
  const pools = action.legs.flatMap((leg) => leg.path.pools.map((pool) => pool.id.toLowerCase()));
  const fits = (leg: SwapLeg) => {
    const [first, last] = [leg.path.tokens[0], leg.path.tokens.at(-1)];
    return (
      leg.amount > 0n &&
      leg.path.pools.length > 0 &&
      leg.path.tokens.length === leg.path.pools.length + 1 &&
      first !== undefined &&
      last !== undefined &&
      sameAddress(first.address, end(action.sell)) &&
      sameAddress(last.address, end(action.buy))
    );
  };
  if (action.legs.length === 0 || !action.legs.every(fits))
    throw new InvalidLegsError("Every leg of a swap must move an amount from the sold token to the bought one.");
  if (new Set(pools).size !== pools.length)
    throw new InvalidLegsError("Legs of one swap may not share a pool: their prices would not add up.");
}

/** "Swap 1 WETH for at least 2,985 USDC on Uniswap v3". */
export function swapLabel(quote: SwapQuote, limit: bigint, venue: string): string {
  const { action } = quote;
  const fixed = sum(action.legs.map((leg) => leg.amount));
  return action.side === "sell"
    ? `Swap ${formatAmount(fixed, action.sell)} for at least ${formatAmount(limit, action.buy)} on ${venue}`
    : `Swap at most ${formatAmount(limit, action.sell)} for ${formatAmount(fixed, action.buy)} on ${venue}`;
}

export function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
