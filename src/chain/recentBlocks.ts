import type { Reader } from "./reader.ts";

/** Events older than this are not searched: a public node would need minutes for a whole chain. */
const LONGEST = 50_000n;
/** Blocks of one request; public nodes refuse more than ten thousand. */
const PER_REQUEST = 5_000n;

export type BlockRange = { readonly fromBlock: bigint; readonly toBlock: bigint };

/** The last blocks up to the reader's, cut into ranges that a public node answers; oldest first. */
export function recentBlocks({ block }: Reader): readonly BlockRange[] {
  const oldest = block >= LONGEST ? block - LONGEST + 1n : 0n;
  const ranges: BlockRange[] = [];
  for (let fromBlock = oldest; fromBlock <= block; fromBlock += PER_REQUEST) {
    const last = fromBlock + PER_REQUEST - 1n;
    ranges.push({ fromBlock, toBlock: last < block ? last : block });
  }
  return ranges;
}
