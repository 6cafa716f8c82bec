import type { Reader } from "./reader.ts";
import { type BlockRange, recentBlocks } from "./recentBlocks.ts";

/** Events of the recent blocks, oldest first, and which blocks those were, in words. */
export type RecentEvents<Log> = {
  /** Undefined where the node refused: too many events, or it keeps none. That is not "no events". */
  readonly logs: readonly Log[] | undefined;
  readonly blocks: string;
};

/** Reads events range by range. `read` asks for one range, bounded as public nodes want it. */
export async function readEvents<Log>(
  reader: Reader,
  read: (range: BlockRange) => Promise<readonly Log[]>,
): Promise<RecentEvents<Log>> {
  const ranges = recentBlocks(reader);
  const from = ranges[0]?.fromBlock ?? reader.block;
  const { timestamp } = await reader.client.getBlock({ blockNumber: from });
  const since = new Date(Number(timestamp) * 1_000).toISOString().slice(0, 16).replace("T", " ");
  const blocks = `blocks ${from} to ${reader.block} (since ${since} UTC)`;
  try {
    const lists = await Promise.all(ranges.map(read));
    return { logs: lists.flat(), blocks };
  } catch {
    return { logs: undefined, blocks };
  }
}
