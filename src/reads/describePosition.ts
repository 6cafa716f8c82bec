import type { Address } from "viem";
import { findAsset } from "./findAsset.ts";
import { healthFacts, positionFacts } from "./holdingFacts.ts";
import { matchAsset } from "./matchAsset.ts";
import { pinReads } from "./pinReads.ts";
import { readPortfolio } from "./readPortfolio.ts";
import { type Answer, toAnswer } from "./toAnswer.ts";
import type { ReadDeps } from "./types.ts";
import { unknownProtocol } from "./unknownProtocol.ts";

type Wish = {
  readonly owner: Address;
  readonly asset?: string | undefined;
  readonly protocol?: string | undefined;
};

/** What one account has supplied and owes: everywhere, or in one protocol or asset. */
export async function describePosition(deps: ReadDeps, { owner, asset, protocol }: Wish): Promise<Answer> {
  const reader = await deps.reader();
  const source = `the lending protocols' own positions of ${owner} on chain ${reader.chainId}`;
  const found = asset === undefined ? undefined : await findAsset(reader, asset);
  const why = unknownProtocol(deps, protocol) ?? found?.missing;
  if (why !== undefined) return toAnswer({ says: why, block: reader.block, source });
  const { positions } = await readPortfolio(pinReads(deps, reader), owner);
  const wanted = found?.missing === undefined && found !== undefined ? matchAsset(reader.tokens, found.tokens) : all;
  const open = positions.filter((entry) => protocol === undefined || entry.protocol === protocol);
  const held = open.flatMap((entry) => positionFacts(entry, wanted));
  const touched = open.filter((entry) => positionFacts(entry, wanted).length > 0);
  const where = `${asset === undefined ? "" : ` in ${asset.replace("any:", "")}`}${protocol === undefined ? "" : ` on ${protocol}`}`;
  const places = [...new Set(touched.map((entry) => entry.protocol))];
  return toAnswer({
    says: held.length === 0 ? `There is no position${where}.` : `Positions${where} on ${places.join(", ")}:`,
    facts: [...held, ...healthFacts(touched)],
    block: reader.block,
    source,
  });
}

const all = (): boolean => true;
