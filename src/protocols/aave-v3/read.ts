import type { Address } from "viem";
import { aaveOracleAbi } from "../../chain/abis/aaveOracle.ts";
import type { AaveAddresses } from "../../chain/addresses.ts";
import type { Reader } from "../../chain/reader.ts";
import type { LendMarket, Position } from "../../domain/market.ts";
import type { Token } from "../../domain/token.ts";
import { aprRayToApyWad } from "../shared/rates.ts";
import { usdWadOf } from "../shared/valuePositions.ts";
import { aaveDataProviderAbi, aavePoolViewAbi } from "./abi.ts";
import { type Reserve, readReserve } from "./readReserve.ts";

/** Which deployment of the Aave v3 code is read, and under which name. */
export type AaveSite = { readonly id: string; readonly name: string; readonly at: AaveAddresses };

/** Every listed reserve whose asset the registry knows. Two batched rounds after the list. */
export async function readMarkets(reader: Reader, site: AaveSite): Promise<readonly LendMarket[]> {
  const assets = await listedAssets(reader, site.at);
  const reserves = await Promise.all(assets.map((asset) => readReserve(reader, site.at, asset)));
  return reserves.filter((reserve) => reserve !== undefined).map((reserve) => toMarket(reserve, site));
}

/** The owner's account: at most one position, empty when nothing is supplied or owed. */
export async function readPositions(reader: Reader, site: AaveSite, owner: Address): Promise<readonly Position[]> {
  const { client, block: blockNumber } = reader;
  const assets = await listedAssets(reader, site.at);
  const data = { address: site.at.dataProvider, abi: aaveDataProviderAbi, blockNumber } as const;
  const [account, prices, entries] = await Promise.all([
    readAccount(reader, site.at, owner),
    client.readContract({
      address: site.at.oracle,
      abi: aaveOracleAbi,
      functionName: "getAssetsPrices",
      args: [assets.map(({ address }) => address)],
      blockNumber,
    }),
    Promise.all(
      assets.map(async (asset) => {
        const [mine, reserve] = await Promise.all([
          client.readContract({ ...data, functionName: "getUserReserveData", args: [asset.address, owner] }),
          client.readContract({ ...data, functionName: "getReserveData", args: [asset.address] }),
        ]);
        return { asset, mine, variableBorrowRate: reserve[6] };
      }),
    ),
  ]);
  const valued = entries.map((entry, index) => ({ ...entry, usdE8: prices[index] ?? 0n }));
  const supplied = valued.filter(({ mine }) => mine[0] > 0n).map(toSupplied);
  const borrowed = valued.flatMap(toBorrowed);
  if (supplied.length === 0 && borrowed.length === 0) return [];
  const { healthFactorWad, availableBorrowsBase } = account;
  return [
    {
      protocol: site.id,
      owner,
      supplied,
      borrowed,
      ...(healthFactorWad === undefined ? undefined : { healthFactorWad }),
      borrowCapacityUsdWad: availableBorrowsBase * USD_E8_TO_WAD,
    },
  ];
}

/** The pool's own view of an account; base currency is US dollars with 8 decimals on every market served here. */
export async function readAccount(reader: Reader, at: AaveAddresses, owner: Address) {
  const [totalCollateralBase, totalDebtBase, availableBorrowsBase, liquidationThresholdBps, ltvBps, healthFactor] =
    await reader.client.readContract({
      address: at.pool,
      abi: aavePoolViewAbi,
      functionName: "getUserAccountData",
      args: [owner],
      blockNumber: reader.block,
    });
  return {
    totalCollateralBase,
    totalDebtBase,
    availableBorrowsBase,
    liquidationThresholdBps,
    ltvBps,
    // The pool answers 2^256 - 1 when nothing is owed.
    healthFactorWad: totalDebtBase === 0n ? undefined : healthFactor,
  };
}

/** Base units still accepted by the supply cap; undefined = no cap. */
export function supplyRoom({ supplyCap, supplied }: Reserve): bigint | undefined {
  return supplyCap === undefined ? undefined : atLeastZero(supplyCap - supplied);
}

/** Base units still lent under the borrow cap; undefined = no cap. */
export function borrowRoom({ borrowCap, stableDebt, variableDebt }: Reserve): bigint | undefined {
  return borrowCap === undefined ? undefined : atLeastZero(borrowCap - stableDebt - variableDebt);
}

const USD_E8_TO_WAD = 10n ** 10n;

async function listedAssets(reader: Reader, at: AaveAddresses): Promise<readonly Token[]> {
  const list = await reader.client.readContract({
    address: at.pool,
    abi: aavePoolViewAbi,
    functionName: "getReservesList",
    blockNumber: reader.block,
  });
  return list.map((address) => reader.tokens.byAddress(address)).filter((token) => token !== undefined);
}

function toMarket(reserve: Reserve, site: AaveSite): LendMarket {
  const room = supplyRoom(reserve);
  const left = borrowRoom(reserve);
  const open = reserve.active && !reserve.paused && !reserve.frozen;
  return {
    kind: "lend",
    protocol: site.id,
    id: reserve.asset.address,
    asset: reserve.asset,
    label: `${site.name} ${reserve.asset.symbol}`,
    positionToken: reserve.aToken,
    debtToken: reserve.debtToken,
    supplyApyWad: aprRayToApyWad(reserve.liquidityRate),
    borrowApyWad: aprRayToApyWad(reserve.variableBorrowRate),
    totalSupplied: reserve.aTokenSupply,
    totalBorrowed: reserve.stableDebt + reserve.variableDebt,
    liquidity: reserve.liquidity,
    ...(room === undefined ? undefined : { supplyRoom: room }),
    ...(left === undefined ? undefined : { borrowRoom: left }),
    ltvBps: Number(reserve.ltvBps),
    liquidationThresholdBps: Number(reserve.liquidationThresholdBps),
    canSupply: open && room !== 0n,
    canBorrow: open && reserve.borrowing && left !== 0n && reserve.liquidity > 0n,
    notes: notesOf(reserve, room, left),
  };
}

function notesOf(reserve: Reserve, room: bigint | undefined, left: bigint | undefined): readonly string[] {
  const notes: readonly (readonly [boolean, string])[] = [
    [!reserve.active, "not active"],
    [reserve.paused, "paused"],
    [reserve.frozen, "frozen: no new supply or loan"],
    [!reserve.borrowing, "borrowing is off"],
    [room === 0n, "supply cap reached"],
    [left === 0n, "borrow cap reached"],
    [reserve.liquidity === 0n, "no liquidity to borrow or withdraw"],
  ];
  return notes.filter(([holds]) => holds).map(([, note]) => note);
}

type Entry = {
  readonly asset: Token;
  readonly mine: readonly [bigint, bigint, bigint, bigint, bigint, bigint, bigint, number, boolean];
  readonly variableBorrowRate: bigint;
  readonly usdE8: bigint;
};

function toSupplied({ asset, mine, usdE8 }: Entry): Position["supplied"][number] {
  const [amount, , , , , , liquidityRate, , collateral] = mine;
  return { asset, amount, apyWad: aprRayToApyWad(liquidityRate), collateral, usdWad: usdWadOf(amount, asset, usdE8) };
}

function toBorrowed({ asset, mine, usdE8, variableBorrowRate }: Entry): Position["borrowed"] {
  const [, stable, variable, , , stableRate] = mine;
  return [
    { amount: variable, rate: variableBorrowRate },
    { amount: stable, rate: stableRate },
  ]
    .filter(({ amount }) => amount > 0n)
    .map(({ amount, rate }) => ({
      asset,
      amount,
      apyWad: aprRayToApyWad(rate),
      usdWad: usdWadOf(amount, asset, usdE8),
    }));
}

function atLeastZero(amount: bigint): bigint {
  return amount < 0n ? 0n : amount;
}
