import { decodeFunctionData } from "viem";
import type { Call } from "../../domain/call.ts";
import type { Effect } from "../../domain/effect.ts";
import { isCanonical } from "../shared/isCanonical.ts";
import { sameAddress } from "../shared/sameAddress.ts";
import { aavePoolAbi } from "./abi.ts";
import { VARIABLE_RATE } from "./calls.ts";
import type { AaveSite } from "./read.ts";

/**
 * Meaning of a call to the pool; undefined for anything this adapter would not have built: other contracts, native
 * value, other functions, stable-rate debt, referral codes, calldata that is not canonical. Pure, never throws.
 */
export function decodeCall(site: AaveSite, call: Call): Effect | undefined {
  if (!sameAddress(call.to, site.at.pool) || call.value !== 0n) return undefined;
  try {
    const decoded = decodeFunctionData({ abi: aavePoolAbi, data: call.data });
    return isCanonical(aavePoolAbi, call.data, decoded) ? toEffect(decoded, site.id) : undefined;
  } catch {
    return undefined;
  }
}

type Decoded = ReturnType<typeof decodeFunctionData<typeof aavePoolAbi>>;

function toEffect({ functionName, args }: Decoded, protocol: string): Effect | undefined {
  switch (functionName) {
    case "supply": {
      const [asset, amount, onBehalfOf, referral] = args;
      return referral === 0 ? { type: "supply", protocol, asset, amount, onBehalfOf } : undefined;
    }
    case "withdraw": {
      const [asset, amount, recipient] = args;
      return { type: "withdraw", protocol, asset, amount, recipient };
    }
    case "borrow": {
      const [asset, amount, mode, referral, onBehalfOf] = args;
      if (mode !== VARIABLE_RATE || referral !== 0) return undefined;
      // The pool pays the sender, which calldata does not name; a debt taken for another is caught by onBehalfOf.
      return { type: "borrow", protocol, asset, amount, onBehalfOf, recipient: onBehalfOf };
    }
    case "repay": {
      const [asset, amount, mode, onBehalfOf] = args;
      return mode === VARIABLE_RATE ? { type: "repay", protocol, asset, amount, onBehalfOf } : undefined;
    }
    case "setUserUseReserveAsCollateral": {
      const [asset, enabled] = args;
      return { type: "set-collateral", protocol, asset, enabled };
    }
  }
}
