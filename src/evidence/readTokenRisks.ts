import type { Address } from "viem";
import type { Reader } from "../chain/reader.ts";
import type { Effect } from "../domain/effect.ts";
import type { Price, TokenRisk } from "../domain/evidence.ts";
import type { DecodedCall } from "../domain/simulation.ts";
import { sameToken, type Token } from "../domain/token.ts";

/** Scans a token, at that size in wei as well; never throws. */
export type RiskOf = (token: Address, intendedWei?: bigint) => Promise<TokenRisk>;

/** Scans of what swaps bring and no list names, at the size of the swap where it can be told in the native coin. */
export async function readTokenRisks(
  reader: Reader,
  riskOf: RiskOf,
  { decoded, prices }: { readonly decoded: readonly DecodedCall[]; readonly prices: readonly Price[] },
): Promise<readonly TokenRisk[]> {
  const swaps = decoded.flatMap(({ effect }) => (effect?.type === "swap" ? [effect] : []));
  const bought = [...new Set(swaps.map(({ buy }) => buy))];
  const unlisted = bought.filter((address) => reader.tokens.byAddress(address) === undefined);
  return await Promise.all(
    unlisted.map((token) => {
      const paid = swaps.filter(({ buy }) => buy === token).map((swap) => inNativeCoin(reader, swap, prices));
      const known = paid.every((wei) => wei !== undefined);
      return riskOf(token, known ? paid.reduce((sum, wei) => sum + wei, 0n) : undefined);
    }),
  );
}

/** Wei that a swap pays, at oracle prices; undefined without them. */
function inNativeCoin(
  { tokens }: Reader,
  { sell, sellAmount }: Extract<Effect, { type: "swap" }>,
  prices: readonly Price[],
): bigint | undefined {
  const token = tokens.byAddress(sell);
  if (token === undefined) return undefined;
  if (sameToken(token, tokens.native) || sameToken(token, tokens.wrappedNative)) return sellAmount;
  const priceOf = (one: Token) => prices.find((price) => sameToken(price.token, one))?.usdE8;
  const [paid, coin] = [priceOf(token), priceOf(tokens.native)];
  if (paid === undefined || coin === undefined || coin === 0n) return undefined;
  return (sellAmount * paid * 10n ** 18n) / (coin * 10n ** BigInt(token.decimals));
}
