import type { Address } from "viem";
import type { Reader } from "../../chain/reader.ts";
import type { Quote, ResolvedAction } from "../../domain/quote.ts";
import type { QuoteContext } from "../protocol.ts";
import {
  ActionNotOfferedError,
  AmountExceedsPositionError,
  AmountNotPositiveError,
  InsufficientMarketLiquidityError,
  NoPositionError,
  SupplyCapError,
  UnknownMarketError,
} from "../shared/lendingErrors.ts";
import { sameAddress } from "../shared/sameAddress.ts";
import { erc4626ViewAbi } from "./abi.ts";
import type { Vault } from "./read.ts";
import { readRate } from "./readRate.ts";

/** Gas of vault calls, measured on the local chain (first use of a vault, dearest seen), rounded up. */
const GAS = { supply: 115_000n, withdraw: 98_000n };

export type QuoteRequest = {
  readonly reader: Reader;
  readonly vaults: readonly Vault[];
  readonly action: ResolvedAction;
  readonly owner: Address;
  readonly context?: QuoteContext | undefined;
};

type VaultAction = Extract<ResolvedAction, { readonly type: "supply" | "withdraw" }>;
type Case = QuoteRequest & { readonly action: VaultAction; readonly vault: Address };
type Terms = Partial<Pick<Quote, "pays" | "gets" | "approvals" | "apyAfterWad" | "shares">>;

/**
 * Terms of a deposit or withdrawal as the vault itself previews it at the reader's block.
 * Errors: ActionNotOfferedError, UnknownMarketError, AmountNotPositiveError, SupplyCapError, NoPositionError,
 * AmountExceedsPositionError, InsufficientMarketLiquidityError.
 */
export async function quoteAction(request: QuoteRequest): Promise<Quote> {
  const { reader, vaults, action } = request;
  if (action.type !== "supply" && action.type !== "withdraw") throw new ActionNotOfferedError("Vaults", action.type);
  const { asset, marketId, amount } = action;
  const entry = vaults.find(({ vault }) => sameAddress(vault, marketId));
  if (entry === undefined || !sameAddress(entry.asset, asset.address))
    throw new UnknownMarketError({ protocol: "Vaults", asset, marketId });
  if (amount !== "all" && amount <= 0n) throw new AmountNotPositiveError({ protocol: entry.label, asset });
  const it: Case & { readonly name: string } = { ...request, action, vault: entry.vault, name: entry.label };
  const terms =
    action.type === "supply"
      ? await depositTerms(it, action.amount)
      : action.amount === "all"
        ? await redeemTerms(it)
        : await withdrawTerms(it, action.amount);
  return Object.freeze({
    protocol: "erc4626",
    action,
    block: reader.block,
    pays: [],
    gets: [],
    approvals: [],
    gas: GAS[action.type],
    ...terms,
  });
}

type Named = Case & { readonly name: string };

async function depositTerms({ reader, vault, owner, action, name }: Named, amount: bigint): Promise<Terms> {
  const token = action.asset;
  const on = { address: vault, abi: erc4626ViewAbi, blockNumber: reader.block } as const;
  const [room, shares, rate] = await Promise.all([
    reader.client.readContract({ ...on, functionName: "maxDeposit", args: [owner] }),
    reader.client.readContract({ ...on, functionName: "previewDeposit", args: [amount] }),
    readRate(reader, vault),
  ]);
  if (amount > room) throw new SupplyCapError({ protocol: name, asset: token, amount, room });
  // A deposit too small for one share would be a gift to the other depositors.
  if (shares === 0n) throw new AmountNotPositiveError({ protocol: name, asset: token });
  return {
    pays: [{ token, amount }],
    approvals: [{ token, spender: vault, amount }],
    // A published rate is the same for every deposit; a measured one says nothing about what comes after.
    ...(rate.forward ? { apyAfterWad: rate.apyWad } : undefined),
  };
}

async function withdrawTerms(it: Named, amount: bigint): Promise<Terms> {
  const { reader, vault, owner, action, name, context } = it;
  const token = action.asset;
  const named = { protocol: name, asset: token };
  const on = { address: vault, abi: erc4626ViewAbi, blockNumber: reader.block } as const;
  const [held, most, burned] = await Promise.all([
    reader.client.readContract({ ...on, functionName: "balanceOf", args: [owner] }),
    reader.client.readContract({ ...on, functionName: "maxWithdraw", args: [owner] }),
    reader.client.readContract({ ...on, functionName: "previewWithdraw", args: [amount] }),
  ]);
  if (context?.afterEarlierActions) return { gets: [{ token, amount }] };
  if (held === 0n) throw new NoPositionError({ ...named, what: "supply" });
  if (burned > held) throw new AmountExceedsPositionError({ ...named, what: "supply", amount, position: most });
  if (amount > most) throw new InsufficientMarketLiquidityError({ ...named, amount, liquidity: most });
  return { gets: [{ token, amount }] };
}

/** Everything: all shares are redeemed, so that no dust stays. */
async function redeemTerms({ reader, vault, owner, action, name, context }: Named): Promise<Terms> {
  const token = action.asset;
  const named = { protocol: name, asset: token };
  const on = { address: vault, abi: erc4626ViewAbi, blockNumber: reader.block } as const;
  const [shares, redeemable, most] = await Promise.all([
    reader.client.readContract({ ...on, functionName: "balanceOf", args: [owner] }),
    reader.client.readContract({ ...on, functionName: "maxRedeem", args: [owner] }),
    reader.client.readContract({ ...on, functionName: "maxWithdraw", args: [owner] }),
  ]);
  if (shares === 0n && !context?.afterEarlierActions) throw new NoPositionError({ ...named, what: "supply" });
  const amount = await reader.client.readContract({ ...on, functionName: "previewRedeem", args: [shares] });
  if (redeemable < shares) throw new InsufficientMarketLiquidityError({ ...named, amount, liquidity: most });
  return { gets: [{ token, amount }], shares };
}
