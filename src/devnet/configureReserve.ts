import type { Client } from "viem";
import { actAs } from "./actAs.ts";
import { abiOf } from "./build/artifact.ts";
import { type ReserveRef, tokenOf } from "./traders.ts";
import type { DevnetDeployment } from "./types.ts";

/** What a market's risk admin may change; what is not named stays. */
export type ReserveChange = {
  /** Frozen: no new supply or borrow; withdraw and repay go on. */
  readonly frozen?: boolean;
  /** Paused: nothing moves at all. */
  readonly paused?: boolean;
  /** Whole tokens; 0 = no cap. */
  readonly supplyCap?: bigint;
  /** Whole tokens; 0 = no cap. */
  readonly borrowCap?: bigint;
};

/** Freezes, pauses or caps a reserve of Aave or Spark, as its admin. */
export async function configureReserve(
  client: Client,
  deployment: DevnetDeployment,
  reserve: ReserveRef,
  change: ReserveChange,
): Promise<void> {
  const asset = tokenOf(deployment, reserve.symbol).address;
  const to = deployment[reserve.market].poolConfigurator;
  const steps: readonly (readonly [fn: string, value: boolean | bigint | undefined])[] = [
    ["setReserveFreeze", change.frozen],
    ["setReservePause", change.paused],
    ["setSupplyCap", change.supplyCap],
    ["setBorrowCap", change.borrowCap],
  ];
  for (const [fn, value] of steps) {
    if (value === undefined) continue;
    await actAs(client, deployment.deployer, { to, abi: abiOf("PoolConfigurator"), fn, args: [asset, value] });
  }
}
