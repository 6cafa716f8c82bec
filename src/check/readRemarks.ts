import { type Address, keccak256, stringToHex, toHex } from "viem";
import type { Reader } from "../chain/reader.ts";
import type { Remark } from "../permissions/judgePermissions.ts";

/** EIP-1967: hash of the name, minus one. */
const IMPLEMENTATION_SLOT = toHex(BigInt(keccak256(stringToHex("eip1967.proxy.implementation"))) - 1n, { size: 32 });
/** A spender younger than this warns; Rabby's security engine says the same. */
const YOUNG_SECONDS = 3n * 86_400n;

/** Age and proxies of contracts that nobody here knows, by address as given. */
export async function readRemarks(
  reader: Reader,
  contracts: readonly Address[],
): Promise<ReadonlyMap<string, readonly Remark[]>> {
  const before = contracts.length === 0 ? undefined : await blockBefore(reader, YOUNG_SECONDS);
  const found = await Promise.all(
    contracts.map(async (address) => {
      const [young, proxy] = await Promise.all([
        before === undefined ? false : isNewSince(reader, address, before),
        isProxy(reader, address),
      ]);
      const remarks: Remark[] = [
        ...(young ? [{ code: "young-spender" as const, says: `${address} did not exist three days ago` }] : []),
        ...(proxy
          ? [{ code: "proxy-spender" as const, says: `the code of ${address} can be exchanged by whoever runs it` }]
          : []),
      ];
      return [address, remarks] as const;
    }),
  );
  return new Map(found);
}

/** Blocks asked for until one of the right time is found. */
const MOST_STEPS = 40;
/** A block may be this much older than asked for. */
const NEAR_SECONDS = 3_600n;

/**
 * The last block that is at least that old, found between the first block and this one by their times; undefined where the
 * chain is younger or the node does not tell.
 */
async function blockBefore({ client, block, timestamp }: Reader, seconds: bigint): Promise<bigint | undefined> {
  const wanted = timestamp - seconds;
  const timeOf = async (blockNumber: bigint) => (await client.getBlock({ blockNumber })).timestamp;
  try {
    let [low, high] = [0n, block];
    let [lowTime, highTime] = [await timeOf(0n), timestamp];
    if (lowTime > wanted) return undefined;
    for (let step = 0; step < MOST_STEPS && high - low > 1n && wanted - lowTime > NEAR_SECONDS; step++) {
      // By the pace in between where blocks are even, by halves every other time where they are not.
      const paced = low + ((high - low) * (wanted - lowTime)) / (highTime - lowTime + 1n);
      const between = step % 2 === 0 && paced > low && paced < high ? paced : (low + high) / 2n;
      const time = await timeOf(between);
      if (time <= wanted) [low, lowTime] = [between, time];
      else [high, highTime] = [between, time];
    }
    return high - low <= 1n || wanted - lowTime <= NEAR_SECONDS ? low : undefined;
  } catch {
    return undefined;
  }
}

/** Nodes without old state do not answer: then its age is not told. */
async function isNewSince({ client }: Reader, address: Address, blockNumber: bigint): Promise<boolean> {
  try {
    return ((await client.getCode({ address, blockNumber })) ?? "0x") === "0x";
  } catch {
    return false;
  }
}

async function isProxy({ client, block }: Reader, address: Address): Promise<boolean> {
  try {
    const word = await client.getStorageAt({ address, slot: IMPLEMENTATION_SLOT, blockNumber: block });
    return word !== undefined && BigInt(word) !== 0n;
  } catch {
    return false;
  }
}
