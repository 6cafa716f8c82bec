import { type Address, encodeFunctionData } from "viem";
import { MAX_UINT256 } from "../../domain/effect.ts";
import type { Quote } from "../../domain/quote.ts";
import type { ProtocolCall } from "../protocol.ts";
import { formatAmount } from "../shared/formatAmount.ts";
import { ActionNotOfferedError } from "../shared/lendingErrors.ts";
import { aavePoolAbi } from "./abi.ts";
import type { AaveSite } from "./read.ts";

/** Aave's number for the variable rate (DataTypes.InterestRateMode). Stable debt is no longer offered anywhere. */
export const VARIABLE_RATE = 2n;

/** Offset of the second argument, the amount in all four calls that have one: selector + one word. */
const AMOUNT_AT = 36;

/** Calldata for the pool: the owner is always the one credited, charged and paid; no referral code. Pure. */
export function buildCalls(site: AaveSite, quote: Quote, owner: Address): readonly ProtocolCall[] {
  return [{ to: site.at.pool, value: 0n, ...encode(quote.action, owner, site.name) }];
}

type Encoded = Pick<ProtocolCall, "data" | "label" | "amountAt">;

function encode(action: Quote["action"], owner: Address, name: string): Encoded {
  if (action.type === "swap") throw new ActionNotOfferedError(name, action.type);
  const { asset } = action;
  if (action.type === "set-collateral") {
    const data = encodeFunctionData({
      abi: aavePoolAbi,
      functionName: "setUserUseReserveAsCollateral",
      args: [asset.address, action.enabled],
    });
    return { data, label: `${action.enabled ? "Use" : "Stop using"} ${asset.symbol} as collateral on ${name}` };
  }
  const whole = action.amount === "all";
  const amount = action.amount === "all" ? MAX_UINT256 : action.amount;
  const shown = action.amount === "all" ? `all ${asset.symbol}` : formatAmount(action.amount, asset);
  const data = encodeMove(action.type, { asset: asset.address, amount, owner });
  return { data, label: LABELS[action.type](shown, name), ...(whole ? undefined : { amountAt: AMOUNT_AT }) };
}

type Move = { readonly asset: Address; readonly amount: bigint; readonly owner: Address };

function encodeMove(type: keyof typeof LABELS, { asset, amount, owner }: Move) {
  const abi = aavePoolAbi;
  switch (type) {
    case "supply":
      return encodeFunctionData({ abi, functionName: "supply", args: [asset, amount, owner, 0] });
    case "withdraw":
      return encodeFunctionData({ abi, functionName: "withdraw", args: [asset, amount, owner] });
    case "borrow":
      return encodeFunctionData({ abi, functionName: "borrow", args: [asset, amount, VARIABLE_RATE, 0, owner] });
    case "repay":
      return encodeFunctionData({ abi, functionName: "repay", args: [asset, amount, VARIABLE_RATE, owner] });
  }
}

const LABELS = {
  supply: (amount: string, name: string) => `Supply ${amount} to ${name}`,
  withdraw: (amount: string, name: string) => `Withdraw ${amount} from ${name}`,
  borrow: (amount: string, name: string) => `Borrow ${amount} from ${name}`,
  repay: (amount: string, name: string) => `Repay ${amount} to ${name}`,
} as const;
