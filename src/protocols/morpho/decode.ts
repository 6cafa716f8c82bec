import { decodeFunctionData } from "viem";
import type { Call } from "../../domain/call.ts";
import type { Effect } from "../../domain/effect.ts";
import { isCanonical } from "../shared/isCanonical.ts";
import { sameAddress } from "../shared/sameAddress.ts";
import { morphoAbi } from "./abi.ts";
import { type MarketParams, marketId } from "./marketParams.ts";
import type { MorphoSite } from "./readState.ts";

type Decoded = ReturnType<typeof decodeFunctionData<typeof morphoAbi>>;

/**
 * Meaning of a call to Morpho Blue; undefined for anything this adapter would not have built: other contracts, markets
 * outside the address book, callbacks, share-denominated supply or loan, calldata that is not canonical. Pure, never throws.
 */
export function decodeCall(site: MorphoSite, call: Call): Effect | undefined {
  if (!sameAddress(call.to, site.address) || call.value !== 0n) return undefined;
  try {
    const decoded = decodeFunctionData({ abi: morphoAbi, data: call.data });
    if (!isCanonical(morphoAbi, call.data, decoded)) return undefined;
    const id = marketId(decoded.args[0]);
    if (!site.markets.some((known) => known.toLowerCase() === id)) return undefined;
    return toEffect(decoded, id);
  } catch {
    return undefined;
  }
}

function toEffect({ functionName, args }: Decoded, id: string): Effect | undefined {
  const on = (params: MarketParams) => ({ protocol: "morpho", marketId: id, asset: params.loanToken }) as const;
  switch (functionName) {
    case "supply": {
      const [params, amount, shares, onBehalfOf, data] = args;
      return shares === 0n && data === "0x" ? { type: "supply", ...on(params), amount, onBehalfOf } : undefined;
    }
    case "withdraw": {
      const [params, amount, shares, owner, recipient] = args;
      return oneOf(amount, shares, { type: "withdraw", ...on(params), amount, owner, recipient });
    }
    case "borrow": {
      const [params, amount, shares, onBehalfOf, recipient] = args;
      return shares === 0n ? { type: "borrow", ...on(params), amount, onBehalfOf, recipient } : undefined;
    }
    case "repay": {
      const [params, amount, shares, onBehalfOf, data] = args;
      return data === "0x" ? oneOf(amount, shares, { type: "repay", ...on(params), amount, onBehalfOf }) : undefined;
    }
    case "supplyCollateral": {
      const [params, amount, onBehalfOf, data] = args;
      const effect = { ...on(params), asset: params.collateralToken, amount, onBehalfOf, asCollateral: true };
      return data === "0x" ? { type: "supply", ...effect } : undefined;
    }
    case "withdrawCollateral": {
      const [params, amount, owner, recipient] = args;
      return { type: "withdraw", ...on(params), asset: params.collateralToken, amount, owner, recipient };
    }
  }
}

/** Morpho refuses calls that name both or neither; a call in shares carries them beside amount 0. */
function oneOf(amount: bigint, shares: bigint, effect: Effect & { readonly type: "withdraw" | "repay" }) {
  if ((amount === 0n) === (shares === 0n)) return undefined;
  return shares === 0n ? effect : { ...effect, shares };
}
