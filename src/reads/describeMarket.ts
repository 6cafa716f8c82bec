import { formatGwei } from "viem";
import { formatUsdE8 } from "../preview/format.ts";
import type { Answer } from "./describePortfolio.ts";
import { priceMap } from "./readPortfolio.ts";
import { readYields } from "./readYields.ts";
import type { ReadDeps } from "./types.ts";

/** Most markets named in one answer. */
const SHOWN = 8;

/** Yields of an asset, best first; `protocol` narrows. */
export async function describeYields(
  deps: ReadDeps,
  wish: { readonly asset?: string | undefined; readonly protocol?: string | undefined },
): Promise<Answer> {
  const yields = await readYields(deps, wish.asset);
  const facts = yields.markets
    .filter((market) => wish.protocol === undefined || market.protocol === wish.protocol)
    .slice(0, SHOWN)
    .map(
      ({ label, supplyApy, borrowApy }) =>
        `${label}: ${supplyApy} supply${borrowApy === null ? "" : `, ${borrowApy} borrow`}`,
    );
  return { text: facts.length === 0 ? "No market found for that." : facts.join("\n"), facts, block: yields.block };
}

/** Oracle price of one token; without a name, of the native coin. */
export async function describePrice(deps: ReadDeps, asset: string | undefined): Promise<Answer> {
  const reader = await deps.reader();
  const block = reader.block.toString();
  const token = asset === undefined ? reader.tokens.native : reader.tokens.bySymbol(asset);
  const prices = token === undefined ? new Map<string, bigint>() : await priceMap(deps, reader, [token]);
  const usdE8 = token === undefined ? undefined : prices.get(token.address.toLowerCase());
  if (token === undefined || usdE8 === undefined)
    return { text: `No oracle on this chain prices ${asset ?? "that"}.`, facts: [], block };
  const fact = `1 ${token.symbol} = $${formatUsdE8(usdE8)} (oracle)`;
  return { text: fact, facts: [fact], block };
}

/** What a unit of gas costs now. */
export async function describeGas(deps: ReadDeps): Promise<Answer> {
  const reader = await deps.reader();
  const fact = `${formatGwei(reader.gasPriceWei)} gwei per gas`;
  return { text: fact, facts: [fact], block: reader.block.toString() };
}
