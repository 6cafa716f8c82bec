import type { Address } from "viem";
import type { Reader } from "../../chain/reader.ts";
import type { LendMarket, Position } from "../../domain/market.ts";
import { attempt } from "../shared/attempt.ts";
import { type Unvalued, valuePositions } from "../shared/valuePositions.ts";
import { borrowLimit, debtOf, healthFactorWad } from "./health.ts";
import { borrowApyWad, supplyApyWad } from "./rates.ts";
import { type MorphoSite, type MorphoState, readBorrowRate, readState } from "./readState.ts";
import { toAssetsDown } from "./shares.ts";

/** Every market of the address book whose tokens the registry knows; one whose rate model reverts is left out. */
export async function readMarkets(reader: Reader, site: MorphoSite): Promise<readonly LendMarket[]> {
  const markets = await Promise.all(site.markets.map((id) => attempt(readMarket(reader, site, id))));
  return markets.filter((market) => market !== undefined);
}

/** The owner's positions, one per market that holds something. */
export async function readPositions(reader: Reader, site: MorphoSite, owner: Address): Promise<readonly Position[]> {
  const found = await Promise.all(site.markets.map((id) => attempt(readPosition({ reader, site, id, owner }))));
  return valuePositions(
    reader,
    found.filter((position) => position !== undefined),
  );
}

async function readMarket(reader: Reader, site: MorphoSite, id: MorphoState["id"]): Promise<LendMarket | undefined> {
  const read = await readState(reader, site, { id });
  if (read === undefined) return undefined;
  const { state } = read;
  const borrowApy = borrowApyWad(await readBorrowRate(reader, site, state));
  const lltvBps = Number(state.params.lltv / 10n ** 14n);
  const liquidity = state.supply.assets - state.borrow.assets;
  return {
    kind: "lend",
    protocol: "morpho",
    id,
    asset: state.loan,
    collateral: state.collateral,
    label: `Morpho ${state.loan.symbol} against ${state.collateral.symbol}`,
    supplyApyWad: supplyApyWad(borrowApy, state),
    borrowApyWad: borrowApy,
    totalSupplied: state.supply.assets,
    totalBorrowed: state.borrow.assets,
    liquidity,
    ltvBps: lltvBps,
    liquidationThresholdBps: lltvBps,
    canSupply: true,
    canBorrow: liquidity > 0n && state.price !== undefined,
    notes: [
      ...(liquidity === 0n ? ["no liquidity to borrow or withdraw"] : []),
      ...(state.price === undefined ? ["its price oracle does not answer"] : []),
    ],
  };
}

type PositionOf = {
  readonly reader: Reader;
  readonly site: MorphoSite;
  readonly id: MorphoState["id"];
  readonly owner: Address;
};

async function readPosition({ reader, site, id, owner }: PositionOf): Promise<Unvalued | undefined> {
  const read = await readState(reader, site, { id, owner });
  if (read === undefined) return undefined;
  const { state, position } = read;
  const { supplyShares, borrowShares, collateral } = position;
  if (supplyShares === 0n && borrowShares === 0n && collateral === 0n) return undefined;
  const borrowApy = borrowApyWad(await readBorrowRate(reader, site, state));
  const debt = debtOf(position, state);
  const health = healthFactorWad(collateral, debt, state);
  const capacity = capacityLeft(collateral, debt, state);
  const unvalued: Position = {
    protocol: "morpho",
    marketId: id,
    owner,
    supplied: [
      ...(supplyShares > 0n
        ? [
            {
              asset: state.loan,
              amount: toAssetsDown(supplyShares, state.supply),
              apyWad: supplyApyWad(borrowApy, state),
              collateral: false,
            },
          ]
        : []),
      ...(collateral > 0n ? [{ asset: state.collateral, amount: collateral, apyWad: 0n, collateral: true }] : []),
    ],
    borrowed: debt > 0n ? [{ asset: state.loan, amount: debt, apyWad: borrowApy }] : [],
    ...(health === undefined ? undefined : { healthFactorWad: health }),
  };
  if (collateral === 0n || capacity === undefined) return { position: unvalued };
  return { position: unvalued, capacity: { asset: state.loan, amount: capacity } };
}

/** Limit less debt in loan base units; zero when over the limit, undefined without a price. */
export function capacityLeft(collateral: bigint, debt: bigint, state: MorphoState): bigint | undefined {
  const limit = borrowLimit(collateral, state);
  if (limit === undefined) return undefined;
  return limit > debt ? limit - debt : 0n;
}
