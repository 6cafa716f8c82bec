import { type Address, decodeFunctionResult, encodeFunctionData, type Hex, parseAbi } from "viem";
import type { Reader } from "../../chain/reader.ts";
import { MAX_UINT256 } from "../../domain/effect.ts";
import type { PositionProbe, StepResult } from "../types.ts";

const aaveAbi = parseAbi([
  "function getUserAccountData(address user) view returns (uint256 totalCollateralBase, uint256 totalDebtBase, uint256 availableBorrowsBase, uint256 currentLiquidationThreshold, uint256 ltv, uint256 healthFactor)",
]);
const morphoAbi = parseAbi([
  "struct MarketParams { address loanToken; address collateralToken; address oracle; address irm; uint256 lltv; }",
  "function idToMarketParams(bytes32 id) view returns (MarketParams params)",
  "function accrueInterest(MarketParams params)",
  "function position(bytes32 id, address user) view returns (uint256 supplyShares, uint128 borrowShares, uint128 collateral)",
  "function market(bytes32 id) view returns (uint128 totalSupplyAssets, uint128 totalSupplyShares, uint128 totalBorrowAssets, uint128 totalBorrowShares, uint128 lastUpdate, uint128 fee)",
  "function price() view returns (uint256)",
]);

const WAD = 10n ** 18n;
/** Morpho Blue's oracle scale (ConstantsLib.ORACLE_PRICE_SCALE). */
const ORACLE_SCALE = 10n ** 36n;
/** Morpho Blue's SharesMathLib.VIRTUAL_SHARES; virtual assets are 1. */
const VIRTUAL_SHARES = 10n ** 6n;

/** Probes for every lending account the chain's address book names: Aave v3 code, and each Morpho Blue market. */
export async function lendingProbes(reader: Reader, owner: Address): Promise<readonly PositionProbe[]> {
  const { aaveV3, spark, morpho } = reader.addresses;
  const pools = [
    ...(aaveV3 ? [aaveProbe("aave-v3", aaveV3.pool, owner)] : []),
    ...(spark ? [aaveProbe("spark", spark.pool, owner)] : []),
  ];
  return [...pools, ...(morpho ? await morphoProbes(reader, morpho, owner) : [])];
}

/** One account of an Aave v3 pool: `getUserAccountData`, interest up to the simulated second included. */
function aaveProbe(protocol: string, pool: Address, owner: Address): PositionProbe {
  const data = encodeFunctionData({ abi: aaveAbi, functionName: "getUserAccountData", args: [owner] });
  return {
    protocol,
    reads: [{ to: pool, data, value: 0n }],
    parse([account]) {
      const read = decode(account, (hex) =>
        decodeFunctionResult({ abi: aaveAbi, functionName: "getUserAccountData", data: hex }),
      );
      if (!read) return undefined;
      const [collateral, debt, , , , healthFactor] = read;
      if (collateral === 0n && debt === 0n) return undefined;
      return state(debt, collateral, healthFactor === MAX_UINT256 ? undefined : healthFactor);
    },
  };
}

async function morphoProbes(
  reader: Reader,
  morpho: { readonly address: Address; readonly markets: readonly Hex[] },
  owner: Address,
): Promise<readonly PositionProbe[]> {
  const { address, markets } = morpho;
  const contracts = markets.map(
    (id) => ({ address, abi: morphoAbi, functionName: "idToMarketParams", args: [id] }) as const,
  );
  const all = await reader.client.multicall({ contracts, allowFailure: false, blockNumber: reader.block });
  return markets.flatMap((id, index) => {
    const params = all[index];
    return params ? [morphoProbe(address, id, params, owner)] : [];
  });
}

type MarketParams = {
  readonly loanToken: Address;
  readonly collateralToken: Address;
  readonly oracle: Address;
  readonly irm: Address;
  readonly lltv: bigint;
};

/** One Morpho Blue market: interest is accrued first (idempotent in one block), then debt against collateral at the oracle. */
function morphoProbe(morpho: Address, id: Hex, params: MarketParams, owner: Address): PositionProbe {
  const on = (to: Address, data: Hex) => ({ to, data, value: 0n });
  return {
    protocol: "morpho",
    marketId: id,
    reads: [
      on(morpho, encodeFunctionData({ abi: morphoAbi, functionName: "accrueInterest", args: [params] })),
      on(morpho, encodeFunctionData({ abi: morphoAbi, functionName: "position", args: [id, owner] })),
      on(morpho, encodeFunctionData({ abi: morphoAbi, functionName: "market", args: [id] })),
      on(params.oracle, encodeFunctionData({ abi: morphoAbi, functionName: "price" })),
    ],
    parse([, position, market, oracle]) {
      const held = decode(position, (data) => decodeFunctionResult({ abi: morphoAbi, functionName: "position", data }));
      const totals = decode(market, (data) => decodeFunctionResult({ abi: morphoAbi, functionName: "market", data }));
      const price = decode(oracle, (data) => decodeFunctionResult({ abi: morphoAbi, functionName: "price", data }));
      if (!held || !totals || price === undefined) return undefined;
      const [, borrowShares, collateral] = held;
      if (borrowShares === 0n && collateral === 0n) return undefined;
      // SharesMathLib.toAssetsUp and Morpho._isHealthy, kept in loan-token units.
      const debt = divUp(borrowShares * (totals[2] + 1n), totals[3] + VIRTUAL_SHARES);
      const worth = (collateral * price) / ORACLE_SCALE;
      const healthFactor = debt === 0n ? undefined : (((worth * params.lltv) / WAD) * WAD) / debt;
      return state(debt, worth, healthFactor);
    },
  };
}

function state(debt: bigint, collateral: bigint, healthFactorWad: bigint | undefined) {
  const ltvBps = collateral === 0n ? undefined : Number((debt * 10_000n) / collateral);
  return {
    ...(healthFactorWad !== undefined && { healthFactorWad }),
    ...(ltvBps !== undefined && { ltvBps }),
  };
}

function decode<T>(result: StepResult | undefined, read: (data: Hex) => T): T | undefined {
  if (!result?.ok) return undefined;
  try {
    return read(result.data);
  } catch {
    return undefined; // another contract, or none, stands there
  }
}

const divUp = (a: bigint, b: bigint): bigint => (a + b - 1n) / b;
