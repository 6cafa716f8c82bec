import type { Address } from "viem";
import { erc20Abi } from "../chain/abis/erc20.ts";
import type { Reader } from "../chain/reader.ts";
import type { Token } from "../domain/token.ts";

/** Symbol and decimals of contracts as they say themselves, in one call; what does not answer as a token is left out. */
export async function readTokens(reader: Reader, addresses: readonly Address[]): Promise<readonly Token[]> {
  const contracts = addresses.flatMap((address) => [
    { address, abi: erc20Abi, functionName: "symbol" } as const,
    { address, abi: erc20Abi, functionName: "decimals" } as const,
  ]);
  if (contracts.length === 0) return [];
  const answers = await reader.client.multicall({ contracts, blockNumber: reader.block });
  return addresses.flatMap((address, index) => {
    const [symbol, decimals] = [answers[index * 2]?.result, answers[index * 2 + 1]?.result];
    if (typeof decimals !== "number") return [];
    const said = typeof symbol === "string" ? symbol : "";
    return [{ chainId: reader.chainId, address, symbol: said, name: said, decimals, stable: false }];
  });
}
