import { type Address, type Hex, zeroAddress } from "viem";
import type { Reader } from "../../chain/reader.ts";
import type { Token } from "../../domain/token.ts";
import { attempt } from "../shared/attempt.ts";
import { irmAbi, morphoOracleAbi, morphoViewAbi } from "./abi.ts";
import type { MarketParams } from "./marketParams.ts";
import type { Pot } from "./shares.ts";

/** Morpho's deployment and the markets that are served. */
export type MorphoSite = { readonly address: Address; readonly markets: readonly Hex[] };

/** One market with today's interest. Amounts in base units of the loan token; `fee` in wad. */
export type MorphoState = {
  readonly id: Hex;
  readonly params: MarketParams;
  readonly loan: Token;
  readonly collateral: Token;
  readonly supply: Pot;
  readonly borrow: Pot;
  readonly lastUpdate: bigint;
  readonly fee: bigint;
  /** Loan base units per collateral base unit, 1e36 scale; undefined when the oracle refuses. */
  readonly price: bigint | undefined;
};

/** Parameters of a market; undefined when it was never created or a token is not in the registry. */
export async function readParams(reader: Reader, site: MorphoSite, id: Hex) {
  const params = await reader.client.readContract({
    address: site.address,
    abi: morphoViewAbi,
    functionName: "idToMarketParams",
    args: [id],
    blockNumber: reader.block,
  });
  const loan = reader.tokens.byAddress(params.loanToken);
  const collateral = reader.tokens.byAddress(params.collateralToken);
  if (params.loanToken === zeroAddress || loan === undefined || collateral === undefined) return undefined;
  return { params, loan, collateral };
}

/**
 * Market, and the owner's position where one is asked for, at the reader's block with interest up to its timestamp.
 *
 * The contract itself accrues: one eth_call runs `accrueInterest` and then reads, so nothing is re-computed here.
 */
export async function readState(
  reader: Reader,
  site: MorphoSite,
  ask: { readonly id: Hex; readonly owner?: Address },
): Promise<{ readonly state: MorphoState; readonly position: MorphoPosition } | undefined> {
  const known = await readParams(reader, site, ask.id);
  if (known === undefined) return undefined;
  const { params } = known;
  const morpho = { address: site.address, abi: morphoViewAbi } as const;
  const [[, market, [supplyShares, borrowShares, collateral]], price] = await Promise.all([
    reader.client.multicall({
      ...oneCall(reader),
      contracts: [
        { ...morpho, functionName: "accrueInterest", args: [params] },
        { ...morpho, functionName: "market", args: [ask.id] },
        { ...morpho, functionName: "position", args: [ask.id, ask.owner ?? zeroAddress] },
      ],
    }),
    readPrice(reader, params.oracle),
  ]);
  const state: MorphoState = {
    id: ask.id,
    ...known,
    supply: { assets: market.totalSupplyAssets, shares: market.totalSupplyShares },
    borrow: { assets: market.totalBorrowAssets, shares: market.totalBorrowShares },
    lastUpdate: market.lastUpdate,
    fee: market.fee,
    price,
  };
  return { state, position: { supplyShares, borrowShares, collateral } };
}

/** What an account holds in one market; collateral in base units of the collateral token. */
export type MorphoPosition = {
  readonly supplyShares: bigint;
  readonly borrowShares: bigint;
  readonly collateral: bigint;
};

/**
 * Borrow rate per second in wad for the market with other totals, from its own rate model after accruing: what the next
 * borrower pays. The same eth_call accrues first, because an adaptive model moves its target when it does.
 */
export async function readBorrowRate(reader: Reader, site: MorphoSite, state: MorphoState): Promise<bigint> {
  const { params, supply, borrow, lastUpdate, fee } = state;
  if (params.irm === zeroAddress) return 0n;
  const market = {
    totalSupplyAssets: supply.assets,
    totalSupplyShares: supply.shares,
    totalBorrowAssets: borrow.assets,
    totalBorrowShares: borrow.shares,
    lastUpdate,
    fee,
  };
  const [, rate] = await reader.client.multicall({
    ...oneCall(reader),
    contracts: [
      { address: site.address, abi: morphoViewAbi, functionName: "accrueInterest", args: [params] },
      { address: params.irm, abi: irmAbi, functionName: "borrowRateView", args: [params, market] },
    ],
  });
  return rate;
}

/** Order matters and state is shared, so the calls must not be split over several requests. */
function oneCall(reader: Reader) {
  return {
    allowFailure: false,
    batchSize: 0,
    blockNumber: reader.block,
    multicallAddress: reader.addresses.multicall3,
  } as const;
}

function readPrice(reader: Reader, oracle: Address): Promise<bigint | undefined> {
  if (oracle === zeroAddress) return Promise.resolve(undefined);
  return attempt(
    reader.client.readContract({
      address: oracle,
      abi: morphoOracleAbi,
      functionName: "price",
      blockNumber: reader.block,
    }),
  );
}
