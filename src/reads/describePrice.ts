import { formatUnits } from "viem";
import { formatUsdE8 } from "../preview/format.ts";
import { findAsset } from "./findAsset.ts";
import { type Answer, toAnswer } from "./toAnswer.ts";
import type { ReadDeps } from "./types.ts";

/** Oracle price of one token; without a name, of the native coin; of a class, of each of its tokens. */
export async function describePrice(deps: ReadDeps, asset: string | undefined): Promise<Answer> {
  const reader = await deps.reader();
  const source = `oracle of chain ${reader.chainId}`;
  const found = await findAsset(reader, asset ?? reader.tokens.native.symbol);
  if (found.missing !== undefined) return toAnswer({ says: found.missing, block: reader.block, source });
  const addresses = found.tokens.map((token) => token.address);
  const prices = await deps.prices(reader, addresses);
  const priced = found.tokens.flatMap((token) => {
    const price = prices.get(token.address);
    return price === undefined ? [] : [{ text: `1 ${token.symbol} = $${sayPrice(price.usdE8)} (oracle)`, ...price }];
  });
  const [first] = priced;
  const names = found.tokens.map((token) => token.symbol).join(", ");
  if (first === undefined)
    return toAnswer({ says: `No oracle on this chain prices ${names}.`, block: reader.block, source });
  return toAnswer({
    says: priced.length === 1 ? first.text : `Oracle prices of ${priced.length} tokens:`,
    facts: priced.map(({ text }) => text),
    block: reader.block,
    source: [...new Set(priced.map((price) => price.source))].join("; "),
  });
}

/** Cents; below a dollar, where cents would hide a lost peg or the whole price, every digit of the oracle. */
export function sayPrice(usdE8: bigint): string {
  return usdE8 < 100_000_000n ? formatUnits(usdE8, 8) : formatUsdE8(usdE8);
}
