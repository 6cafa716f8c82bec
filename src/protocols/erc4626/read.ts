import type { Address } from "viem";
import type { Reader } from "../../chain/reader.ts";
import type { LendMarket, Position } from "../../domain/market.ts";
import { attempt } from "../shared/attempt.ts";
import { valuePositions } from "../shared/valuePositions.ts";
import { erc4626ViewAbi } from "./abi.ts";
import { readRate } from "./readRate.ts";

/** One vault of the address book: what it takes is stated there and checked against the vault itself. */
export type Vault = { readonly vault: Address; readonly asset: Address; readonly label: string };

/** A receiver nobody owns, to ask a vault what it takes from anyone. */
const ANYONE: Address = "0x0000000000000000000000000000000000000001";

/** Vaults answer 2^256 - 1 (or near it) when nothing limits them. */
const UNLIMITED = 2n ** 128n;

/** Every vault whose asset the registry knows and which answers as the address book says. */
export async function readMarkets(reader: Reader, vaults: readonly Vault[]): Promise<readonly LendMarket[]> {
  const markets = await Promise.all(vaults.map((vault) => attempt(readMarket(reader, vault))));
  return markets.filter((market) => market !== undefined);
}

/** The owner's shares, one position per vault, in what redeeming them gives now. */
export async function readPositions(
  reader: Reader,
  vaults: readonly Vault[],
  owner: Address,
): Promise<readonly Position[]> {
  const found = await Promise.all(vaults.map((vault) => attempt(readPosition(reader, vault, owner))));
  return valuePositions(
    reader,
    found.filter((position) => position !== undefined).map((position) => ({ position })),
  );
}

async function readMarket(reader: Reader, { vault, asset, label }: Vault): Promise<LendMarket | undefined> {
  const token = reader.tokens.byAddress(asset);
  if (token === undefined) return undefined;
  const on = { address: vault, abi: erc4626ViewAbi, blockNumber: reader.block } as const;
  const [really, totalAssets, maxDeposit, rate] = await Promise.all([
    reader.client.readContract({ ...on, functionName: "asset" }),
    reader.client.readContract({ ...on, functionName: "totalAssets" }),
    reader.client.readContract({ ...on, functionName: "maxDeposit", args: [ANYONE] }),
    readRate(reader, vault),
  ]);
  if (really.toLowerCase() !== asset.toLowerCase()) return undefined;
  return {
    kind: "lend",
    protocol: "erc4626",
    id: vault,
    asset: token,
    label,
    positionToken: vault,
    supplyApyWad: rate.apyWad,
    totalSupplied: totalAssets,
    totalBorrowed: 0n,
    liquidity: totalAssets,
    ...(maxDeposit < UNLIMITED ? { supplyRoom: maxDeposit } : undefined),
    canSupply: maxDeposit > 0n,
    canBorrow: false,
    notes: [...rate.notes, ...(maxDeposit === 0n ? ["takes no deposits now"] : [])],
  };
}

async function readPosition(reader: Reader, { vault, asset }: Vault, owner: Address): Promise<Position | undefined> {
  const token = reader.tokens.byAddress(asset);
  if (token === undefined) return undefined;
  const on = { address: vault, abi: erc4626ViewAbi, blockNumber: reader.block } as const;
  const shares = await reader.client.readContract({ ...on, functionName: "balanceOf", args: [owner] });
  if (shares === 0n) return undefined;
  const [amount, rate] = await Promise.all([
    reader.client.readContract({ ...on, functionName: "previewRedeem", args: [shares] }),
    readRate(reader, vault),
  ]);
  return {
    protocol: "erc4626",
    marketId: vault,
    owner,
    supplied: [{ asset: token, amount, apyWad: rate.apyWad, collateral: false }],
    borrowed: [],
  };
}
