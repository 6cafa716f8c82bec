import { formatGwei } from "viem";
import { formatUsdE8 } from "../preview/format.ts";
import { priceMap } from "./readPortfolio.ts";
import { type Answer, toAnswer } from "./toAnswer.ts";
import type { ReadDeps } from "./types.ts";

/** Gas units: a payment of the native coin, by the protocol's own rule; and a round number to scale by. */
const AMOUNTS = [
  ["a plain payment (21,000 gas)", 21_000n],
  ["100,000 gas", 100_000n],
] as const;

/** What a unit of gas costs now, and what that makes in US dollars. */
export async function describeGas(deps: ReadDeps): Promise<Answer> {
  const reader = await deps.reader();
  const { native } = reader.tokens;
  const usdE8 = (await priceMap(deps, reader, [native])).get(native.address.toLowerCase());
  const fact = `${formatGwei(reader.gasPriceWei)} gwei per gas`;
  const costs = AMOUNTS.map(([name, gas]) => {
    const wei = gas * reader.gasPriceWei;
    const usd = usdE8 === undefined ? "" : ` ($${smallUsd((wei * usdE8) / 10n ** 18n)})`;
    return `${name}: ${formatGwei(wei)} gwei${usd}`;
  });
  return toAnswer({
    says: `Gas costs ${fact} now.`,
    facts: [fact, ...costs],
    block: reader.block,
    source: `base fee and usual tip of chain ${reader.chainId}`,
  });
}

/** Cents, and below a cent what is left to say. */
function smallUsd(usdE8: bigint): string {
  return usdE8 >= 1_000_000n ? formatUsdE8(usdE8) : usdE8 === 0n ? "0.00" : "under 0.01";
}
