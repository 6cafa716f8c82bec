import { decodeFunctionData } from "viem";
import type { Call } from "../../domain/call.ts";
import type { Effect } from "../../domain/effect.ts";
import { isCanonical } from "../shared/isCanonical.ts";
import { sameAddress } from "../shared/sameAddress.ts";
import { erc4626Abi } from "./abi.ts";
import type { Vault } from "./read.ts";

/** Meaning of a deposit, withdrawal or redemption at a vault of the address book; undefined for anything else. Pure, never throws. */
export function decodeCall(vaults: readonly Vault[], call: Call): Effect | undefined {
  const entry = vaults.find(({ vault }) => sameAddress(vault, call.to));
  if (entry === undefined || call.value !== 0n) return undefined;
  try {
    const decoded = decodeFunctionData({ abi: erc4626Abi, data: call.data });
    return isCanonical(erc4626Abi, call.data, decoded) ? toEffect(decoded, entry) : undefined;
  } catch {
    return undefined;
  }
}

type Decoded = ReturnType<typeof decodeFunctionData<typeof erc4626Abi>>;

function toEffect({ functionName, args }: Decoded, { vault, asset }: Vault): Effect {
  const on = { protocol: "erc4626", marketId: vault, asset } as const;
  switch (functionName) {
    case "deposit": {
      const [amount, onBehalfOf] = args;
      return { type: "supply", ...on, amount, onBehalfOf };
    }
    case "withdraw": {
      const [amount, recipient, owner] = args;
      return { type: "withdraw", ...on, amount, recipient, owner };
    }
    case "redeem": {
      const [shares, recipient, owner] = args;
      return { type: "withdraw", ...on, amount: 0n, shares, recipient, owner };
    }
  }
}
