import type { Address } from "viem";
import type { Reader } from "../../chain/reader.ts";
import type { ApyWad } from "../../domain/market.ts";
import { attempt } from "../shared/attempt.ts";
import { aprRayToApyWad, factorToApyWad, RAY, SECONDS_PER_YEAR } from "../shared/rates.ts";
import { erc4626ViewAbi, potAbi, vaultRateAbi } from "./abi.ts";

/** A vault's yield and how it is known. `forward`: set by the vault for every depositor, whatever the deposit. */
export type VaultRate = { readonly apyWad: ApyWad; readonly forward: boolean; readonly notes: readonly string[] };

/**
 * Forward rate where the vault publishes one: `ratePerSecondRay()` (savings vaults of the local chain), `ssr()` (sUSDS),
 * `pot().dsr()` (sDAI), each a per-second factor in ray. Else the growth of the share price over the last day, if the
 * node still has that state; else 0 with a note: a yield that nobody can show is not one.
 */
export async function readRate(reader: Reader, vault: Address): Promise<VaultRate> {
  const on = { address: vault, abi: vaultRateAbi, blockNumber: reader.block } as const;
  const [own, ssr, pot, fundedSeconds] = await Promise.all([
    attempt(reader.client.readContract({ ...on, functionName: "ratePerSecondRay" })),
    attempt(reader.client.readContract({ ...on, functionName: "ssr" })),
    attempt(reader.client.readContract({ ...on, functionName: "pot" })),
    attempt(reader.client.readContract({ ...on, functionName: "fundedSeconds" })),
  ]);
  const factor = own ?? ssr ?? (pot === undefined ? undefined : await readDsr(reader, pot));
  if (factor === undefined) return measuredRate(reader, vault);
  if (fundedSeconds === 0n) return { apyWad: 0n, forward: true, notes: ["its yield reserve is empty"] };
  return { apyWad: factorToApyWad(factor), forward: true, notes: fundingNotes(fundedSeconds) };
}

const DAY_SECONDS = 86_400n;
/** Below this the owner should know that the yield may end. */
const FUNDING_WARNING_SECONDS = 30n * DAY_SECONDS;

function fundingNotes(fundedSeconds: bigint | undefined): readonly string[] {
  if (fundedSeconds === undefined || fundedSeconds >= FUNDING_WARNING_SECONDS) return [];
  return [`its yield is funded for ${fundedSeconds / DAY_SECONDS} more days`];
}

function readDsr(reader: Reader, pot: Address): Promise<bigint | undefined> {
  return attempt(
    reader.client.readContract({ address: pot, abi: potAbi, functionName: "dsr", blockNumber: reader.block }),
  );
}

/** Blocks over which the chain's pace is taken, to find the block of a day ago without searching for it. */
const PACE_BLOCKS = 48n;

/** Simple yearly rate of the share price over about a day, compounded as the rest; 0 when the past cannot be read. */
async function measuredRate(reader: Reader, vault: Address): Promise<VaultRate> {
  const none = {
    apyWad: 0n,
    forward: false,
    notes: ["yield unknown: it publishes no rate and its past is not readable"],
  };
  const back = await blocksPerDay(reader);
  if (back === undefined || reader.block <= back) return none;
  const before = await pastPrice(reader, vault, reader.block - back);
  const now = await attempt(sharePrice(reader, vault, reader.block));
  if (before === undefined || now === undefined || before.price === 0n) return none;
  const seconds = reader.timestamp - before.timestamp;
  if (seconds < DAY_SECONDS / 2n) return none;
  if (now < before.price) return { ...none, notes: ["its share price fell over the last day"] };
  const aprRay = ((now - before.price) * RAY * SECONDS_PER_YEAR) / (before.price * seconds);
  return { apyWad: aprRayToApyWad(aprRay), forward: false, notes: ["yield measured over the last day, not promised"] };
}

/** Blocks in a day at the chain's recent pace; undefined on a chain too young to tell. */
async function blocksPerDay(reader: Reader): Promise<bigint | undefined> {
  if (reader.block <= PACE_BLOCKS) return undefined;
  const { timestamp } = await reader.client.getBlock({ blockNumber: reader.block - PACE_BLOCKS });
  const seconds = reader.timestamp - timestamp;
  return seconds <= 0n ? undefined : (DAY_SECONDS * PACE_BLOCKS) / seconds;
}

/** Undefined when the node keeps no state that old: that is usual, and no reason to fail. */
async function pastPrice(reader: Reader, vault: Address, block: bigint) {
  try {
    const [{ timestamp }, price] = await Promise.all([
      reader.client.getBlock({ blockNumber: block }),
      sharePrice(reader, vault, block),
    ]);
    return { timestamp, price };
  } catch {
    return undefined;
  }
}

async function sharePrice(reader: Reader, vault: Address, blockNumber: bigint): Promise<bigint> {
  const on = { address: vault, abi: erc4626ViewAbi, blockNumber } as const;
  const decimals = await reader.client.readContract({ ...on, functionName: "decimals" });
  // A million whole shares, so that six-decimal assets still show small growth.
  const shares = 10n ** BigInt(decimals + 6);
  return reader.client.readContract({ ...on, functionName: "convertToAssets", args: [shares] });
}
