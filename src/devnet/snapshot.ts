import type { Client, Hex } from "viem";
import { IntendantError } from "../domain/error.ts";
import { request } from "./build/builder.ts";

/** Remembers the chain as it is; good for one {@link revertTo}. */
export function snapshot(client: Client): Promise<Hex> {
  return request<Hex>(client, "evm_snapshot", []);
}

/**
 * Puts the chain back to a snapshot and forgets it.
 *
 * @throws DevnetSnapshotError when the snapshot was used already.
 */
export async function revertTo(client: Client, id: Hex): Promise<void> {
  const reverted = await request<boolean>(client, "evm_revert", [id]);
  if (!reverted) throw new DevnetSnapshotError(id);
}

/** Moves the chain's clock forward and mines a block. */
export async function advanceTime(client: Client, seconds: number): Promise<void> {
  await request(client, "evm_increaseTime", [seconds]);
  await request(client, "evm_mine", []);
}

/** A snapshot is used up by reverting to it, or by reverting to an older one. */
export class DevnetSnapshotError extends IntendantError {
  readonly code = "devnet_snapshot_gone";
  constructor(id: Hex) {
    super("This snapshot is gone; take a new one after each revert.", { facts: [`snapshot ${id}`] });
  }
}
