import type { Address } from "viem";
import { erc20Abi } from "../chain/abis/erc20.ts";
import type { Reader } from "../chain/reader.ts";
import type { Market } from "../domain/market.ts";
import type { Token } from "../domain/token.ts";

/**
 * Names and decimals of the position and debt tokens that markets mention (aTokens, vault shares), for `simulate`'s
 * `knownTokens`, so that a preview does not show "?". Tokens that the registry lists already are left out. One call.
 */
export async function readPositionTokens(reader: Reader, markets: readonly Market[]): Promise<readonly Token[]> {
  const named = markets.flatMap((market) =>
    market.kind === "lend" ? [market.positionToken, market.debtToken].filter((address) => address !== undefined) : [],
  );
  const addresses = [...new Set(named)].filter((address) => !reader.tokens.byAddress(address));
  const contracts = addresses.flatMap((address) => [
    { address, abi: erc20Abi, functionName: "symbol" } as const,
    { address, abi: erc20Abi, functionName: "decimals" } as const,
  ]);
  if (contracts.length === 0) return [];
  const answers = await reader.client.multicall({ contracts, blockNumber: reader.block });
  return addresses.flatMap((address, index) => {
    const [symbol, decimals] = [answers[index * 2]?.result, answers[index * 2 + 1]?.result];
    return typeof symbol === "string" && typeof decimals === "number"
      ? [toToken(reader, address, symbol, decimals)]
      : [];
  });
}

function toToken({ chainId }: Reader, address: Address, symbol: string, decimals: number): Token {
  // Text from a contract is data: printable, short.
  const shown = symbol.replace(/[^\x20-\x7e]/g, "?").slice(0, 32);
  return { chainId, address, symbol: shown, name: shown, decimals, stable: false };
}
