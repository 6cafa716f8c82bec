import { type Address, zeroAddress } from "viem";
import { erc20Abi } from "../../chain/abis/erc20.ts";
import type { AaveAddresses } from "../../chain/addresses.ts";
import type { Reader } from "../../chain/reader.ts";
import type { Token } from "../../domain/token.ts";
import { attempt } from "../shared/attempt.ts";
import { rayDiv, rayMul } from "../shared/rates.ts";
import { aaveDataProviderAbi, aavePoolViewAbi, aavePoolVirtualAbi, scaledTokenAbi } from "./abi.ts";

/** One Aave reserve as it stands at the reader's block. Amounts in base units, rates and indexes in ray. */
export type Reserve = {
  readonly asset: Token;
  readonly aToken: Address;
  readonly debtToken: Address;
  readonly strategy: Address;
  readonly active: boolean;
  readonly frozen: boolean;
  readonly paused: boolean;
  readonly borrowing: boolean;
  readonly ltvBps: bigint;
  readonly liquidationThresholdBps: bigint;
  readonly reserveFactorBps: bigint;
  /** Undefined = no cap. */
  readonly supplyCap: bigint | undefined;
  readonly borrowCap: bigint | undefined;
  /** What counts against the supply cap: aTokens plus what the treasury is owed. */
  readonly supplied: bigint;
  readonly aTokenSupply: bigint;
  readonly stableDebt: bigint;
  readonly variableDebt: bigint;
  readonly scaledVariableDebt: bigint;
  readonly averageStableRate: bigint;
  readonly unbacked: bigint;
  readonly liquidityRate: bigint;
  readonly variableBorrowRate: bigint;
  readonly debtIndex: bigint;
  /** Base units that can leave the reserve. */
  readonly liquidity: bigint;
  /** v3.1 and later: the pool's own count of the underlying. */
  readonly virtualBalance: bigint | undefined;
};

/** Reads one reserve in two batched rounds; undefined when the asset is not listed. */
export async function readReserve(reader: Reader, at: AaveAddresses, asset: Token): Promise<Reserve | undefined> {
  const tokens = await attempt(
    reader.client.readContract({
      address: at.dataProvider,
      abi: aaveDataProviderAbi,
      functionName: "getReserveTokensAddresses",
      args: [asset.address],
      blockNumber: reader.block,
    }),
  );
  if (tokens === undefined || tokens[0] === zeroAddress) return undefined;
  const [aToken, , debtToken] = tokens;
  const [settings, amounts] = await Promise.all([
    readSettings(reader, at, asset),
    readAmounts({ reader, at, asset, aToken, debtToken }),
  ]);
  const unit = 10n ** BigInt(asset.decimals);
  const { supplyCap, borrowCap, ...rest } = settings;
  return {
    asset,
    aToken,
    debtToken,
    ...rest,
    supplyCap: supplyCap === 0n ? undefined : supplyCap * unit,
    borrowCap: borrowCap === 0n ? undefined : borrowCap * unit,
    ...amounts,
    supplied: suppliedTowardsCap(amounts, rest.reserveFactorBps),
  };
}

async function readSettings(reader: Reader, at: AaveAddresses, asset: Token) {
  const data = { address: at.dataProvider, abi: aaveDataProviderAbi, blockNumber: reader.block } as const;
  const args = [asset.address] as const;
  const [config, [borrowCap, supplyCap], paused, strategy] = await Promise.all([
    reader.client.readContract({ ...data, functionName: "getReserveConfigurationData", args }),
    reader.client.readContract({ ...data, functionName: "getReserveCaps", args }),
    reader.client.readContract({ ...data, functionName: "getPaused", args }),
    reader.client.readContract({ ...data, functionName: "getInterestRateStrategyAddress", args }),
  ]);
  const [, ltvBps, liquidationThresholdBps, , reserveFactorBps, , borrowing, , active, frozen] = config;
  return {
    strategy,
    active,
    frozen,
    paused,
    borrowing,
    ltvBps,
    liquidationThresholdBps,
    reserveFactorBps,
    supplyCap,
    borrowCap,
  };
}

type AmountsOf = {
  readonly reader: Reader;
  readonly at: AaveAddresses;
  readonly asset: Token;
  readonly aToken: Address;
  readonly debtToken: Address;
};

async function readAmounts({ reader, at, asset, aToken, debtToken }: AmountsOf) {
  const { client, block: blockNumber } = reader;
  const args = [asset.address] as const;
  const pool = { address: at.pool, abi: aavePoolViewAbi, args, blockNumber } as const;
  const virtual = { address: at.pool, abi: aavePoolVirtualAbi, args, blockNumber } as const;
  const scaled = { abi: scaledTokenAbi, functionName: "scaledTotalSupply", blockNumber } as const;
  const [state, incomeIndex, debtIndex, scaledSupply, scaledVariableDebt, held, virtualBalance, deficit] =
    await Promise.all([
      client.readContract({
        address: at.dataProvider,
        abi: aaveDataProviderAbi,
        functionName: "getReserveData",
        args,
        blockNumber,
      }),
      client.readContract({ ...pool, functionName: "getReserveNormalizedIncome" }),
      client.readContract({ ...pool, functionName: "getReserveNormalizedVariableDebt" }),
      client.readContract({ ...scaled, address: aToken }),
      client.readContract({ ...scaled, address: debtToken }),
      client.readContract({
        address: asset.address,
        abi: erc20Abi,
        functionName: "balanceOf",
        args: [aToken],
        blockNumber,
      }),
      attempt(client.readContract({ ...virtual, functionName: "getVirtualUnderlyingBalance" })),
      attempt(client.readContract({ ...virtual, functionName: "getReserveDeficit" })),
    ]);
  const [unbacked, treasuryScaled, aTokenSupply, stableDebt, variableDebt, liquidityRate, variableBorrowRate] = state;
  return {
    aTokenSupply,
    stableDebt,
    variableDebt,
    scaledSupply,
    scaledVariableDebt,
    treasuryScaled,
    liquidityRate,
    variableBorrowRate,
    averageStableRate: state[8],
    storedDebtIndex: state[10],
    unbacked: deficit ?? unbacked,
    incomeIndex,
    debtIndex,
    liquidity: virtualBalance ?? held,
    virtualBalance,
  };
}

/**
 * What validateSupply compares with the cap (aave-v3-core ValidationLogic): aTokens and the treasury's claim, the
 * latter with the interest since the last update (ReserveLogic._accrueToTreasury, variable debt).
 */
function suppliedTowardsCap(amounts: Awaited<ReturnType<typeof readAmounts>>, reserveFactorBps: bigint): bigint {
  const { scaledVariableDebt, debtIndex, storedDebtIndex, incomeIndex, scaledSupply, treasuryScaled } = amounts;
  const accrued = rayMul(scaledVariableDebt, debtIndex) - rayMul(scaledVariableDebt, storedDebtIndex);
  const toTreasury = (accrued * reserveFactorBps + 5_000n) / 10_000n;
  return rayMul(scaledSupply + treasuryScaled + rayDiv(toTreasury, incomeIndex), incomeIndex);
}
