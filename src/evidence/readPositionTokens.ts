import type { Reader } from "../chain/reader.ts";
import type { Market } from "../domain/market.ts";
import type { Token } from "../domain/token.ts";
import { readTokens } from "./readTokens.ts";

/**
 * Names and decimals of the position and debt tokens that markets mention (aTokens, vault shares), for `simulate`'s
 * `knownTokens`, so that a preview does not show "?". Tokens that the registry lists already are left out. One call.
 */
export async function readPositionTokens(reader: Reader, markets: readonly Market[]): Promise<readonly Token[]> {
  const named = markets.flatMap((market) =>
    market.kind === "lend" ? [market.positionToken, market.debtToken].filter((address) => address !== undefined) : [],
  );
  const addresses = [...new Set(named)].filter((address) => !reader.tokens.byAddress(address));
  const found = await readTokens(reader, addresses);
  return found.filter(({ symbol }) => symbol !== "").map(shortened);
}

function shortened(token: Token): Token {
  // Text from a contract is data: printable, short.
  const shown = token.symbol.replace(/[^\x20-\x7e]/g, "?").slice(0, 32);
  return { ...token, symbol: shown, name: shown };
}
