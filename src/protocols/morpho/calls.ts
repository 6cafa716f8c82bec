import { type Address, encodeFunctionData } from "viem";
import type { Quote } from "../../domain/quote.ts";
import type { ProtocolCall } from "../protocol.ts";
import { formatAmount } from "../shared/formatAmount.ts";
import { ActionNotOfferedError, QuoteMismatchError } from "../shared/lendingErrors.ts";
import { sameAddress } from "../shared/sameAddress.ts";
import { morphoAbi } from "./abi.ts";
import { fromTerms, type MarketParams, marketId } from "./marketParams.ts";
import type { MorphoSite } from "./readState.ts";

/** The amount follows the five words of the market parameters. */
const AMOUNT_AT = 4 + 5 * 32;

type Encoded = Pick<ProtocolCall, "data" | "label" | "amountAt">;
type Side = { readonly params: MarketParams; readonly owner: Address; readonly quote: Quote };

/**
 * Calldata for Morpho Blue: always on behalf of and to the owner, no callbacks. "All" is named in shares, so that no
 * dust stays. The market parameters come from the quote and must hash to the action's market id. Pure.
 * Errors: QuoteMismatchError, ActionNotOfferedError.
 */
export function buildCalls(site: MorphoSite, quote: Quote, owner: Address): readonly ProtocolCall[] {
  const { action } = quote;
  if (action.type === "swap" || action.type === "set-collateral")
    throw new ActionNotOfferedError("Morpho", action.type);
  const params = fromTerms(quote.terms);
  if (params === undefined || marketId(params) !== action.marketId.toLowerCase())
    throw new QuoteMismatchError("Morpho", `market parameters do not hash to ${action.marketId}`);
  const loan = sameAddress(action.asset.address, params.loanToken);
  const encoded = loan ? encodeLoan({ params, owner, quote }) : encodeCollateral({ params, owner, quote });
  return [{ to: site.address, value: 0n, ...encoded }];
}

function encodeLoan({ params, owner, quote }: Side): Encoded {
  const { action } = quote;
  if (action.type === "swap" || action.type === "set-collateral")
    throw new ActionNotOfferedError("Morpho", action.type);
  const { assets, shares } = amountOf(quote);
  const label = labelOf(quote, action.asset.symbol);
  const at = shares > 0n ? undefined : { amountAt: AMOUNT_AT };
  const abi = morphoAbi;
  switch (action.type) {
    case "supply": {
      const args = [params, assets, 0n, owner, "0x"] as const;
      return { data: encodeFunctionData({ abi, functionName: "supply", args }), label, ...at };
    }
    case "withdraw": {
      const args = [params, assets, shares, owner, owner] as const;
      return { data: encodeFunctionData({ abi, functionName: "withdraw", args }), label, ...at };
    }
    case "borrow": {
      const args = [params, assets, 0n, owner, owner] as const;
      return { data: encodeFunctionData({ abi, functionName: "borrow", args }), label, ...at };
    }
    case "repay": {
      const args = [params, assets, shares, owner, "0x"] as const;
      return { data: encodeFunctionData({ abi, functionName: "repay", args }), label, ...at };
    }
  }
}

function encodeCollateral({ params, owner, quote }: Side): Encoded {
  const { action } = quote;
  const moved = (action.type === "supply" ? quote.pays : quote.gets)[0];
  if (moved === undefined || (action.type !== "supply" && action.type !== "withdraw"))
    throw new QuoteMismatchError("Morpho", `${action.type} needs the loan token`);
  const { amount } = moved;
  const label = `${labelOf(quote, moved.token.symbol)} (collateral)`;
  if (action.type === "supply") {
    const args = [params, amount, owner, "0x"] as const;
    const data = encodeFunctionData({ abi: morphoAbi, functionName: "supplyCollateral", args });
    return { data, label, amountAt: AMOUNT_AT };
  }
  const args = [params, amount, owner, owner] as const;
  const data = encodeFunctionData({ abi: morphoAbi, functionName: "withdrawCollateral", args });
  return { data, label, ...(action.amount === "all" ? undefined : { amountAt: AMOUNT_AT }) };
}

/** Exactly one of assets and shares is non-zero (Morpho: "inconsistent input" otherwise). */
function amountOf({ action, shares }: Quote): { readonly assets: bigint; readonly shares: bigint } {
  if (!("amount" in action)) throw new QuoteMismatchError("Morpho", "the action has no amount");
  if (action.amount !== "all") return { assets: action.amount, shares: 0n };
  if (shares === undefined || shares === 0n) throw new QuoteMismatchError("Morpho", "everything, but no shares named");
  return { assets: 0n, shares };
}

const VERBS = {
  supply: ["Supply", "to"],
  withdraw: ["Withdraw", "from"],
  borrow: ["Borrow", "from"],
  repay: ["Repay", "to"],
} as const;

function labelOf({ action }: Quote, symbol: string): string {
  if (action.type === "swap" || action.type === "set-collateral") return "";
  const [verb, preposition] = VERBS[action.type];
  const amount = action.amount === "all" ? `all ${symbol}` : formatAmount(action.amount, action.asset);
  return `${verb} ${amount} ${preposition} Morpho`;
}
