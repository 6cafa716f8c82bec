import { type Address, encodeFunctionData } from "viem";
import type { Quote } from "../../domain/quote.ts";
import type { ProtocolCall } from "../protocol.ts";
import { formatAmount } from "../shared/formatAmount.ts";
import { ActionNotOfferedError, QuoteMismatchError, UnknownMarketError } from "../shared/lendingErrors.ts";
import { sameAddress } from "../shared/sameAddress.ts";
import { erc4626Abi } from "./abi.ts";
import type { Vault } from "./read.ts";

/** The amount is the first argument of all three calls. */
const AMOUNT_AT = 4;

/**
 * Calldata for a vault of the address book: the owner is owner and receiver; everything is redeemed by shares. Pure.
 * Errors: ActionNotOfferedError, UnknownMarketError, QuoteMismatchError.
 */
export function buildCalls(vaults: readonly Vault[], quote: Quote, owner: Address): readonly ProtocolCall[] {
  const { action, shares } = quote;
  if (action.type !== "supply" && action.type !== "withdraw") throw new ActionNotOfferedError("Vaults", action.type);
  const { asset, marketId, amount } = action;
  const entry = vaults.find(({ vault }) => sameAddress(vault, marketId));
  if (entry === undefined) throw new UnknownMarketError({ protocol: "Vaults", asset, marketId });
  const { vault: to, label: name } = entry;
  if (amount === "all") {
    if (shares === undefined || shares === 0n) throw new QuoteMismatchError(name, "everything, but no shares named");
    const data = encodeFunctionData({ abi: erc4626Abi, functionName: "redeem", args: [shares, owner, owner] });
    return [{ to, value: 0n, data, label: `Withdraw all ${asset.symbol} from ${name}` }];
  }
  const shown = formatAmount(amount, asset);
  const deposit = action.type === "supply";
  const data = deposit
    ? encodeFunctionData({ abi: erc4626Abi, functionName: "deposit", args: [amount, owner] })
    : encodeFunctionData({ abi: erc4626Abi, functionName: "withdraw", args: [amount, owner, owner] });
  const label = deposit ? `Deposit ${shown} in ${name}` : `Withdraw ${shown} from ${name}`;
  return [{ to, value: 0n, data, label, amountAt: AMOUNT_AT }];
}
