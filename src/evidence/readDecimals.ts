import { erc20Abi } from "../chain/abis/erc20.ts";
import type { Reader } from "../chain/reader.ts";
import type { Evidence } from "../domain/evidence.ts";
import { isNative, type Token } from "../domain/token.ts";

/** `decimals()` of each token as its contract answers at the reader's block; the native coin is left out. One call. */
export async function readDecimals(reader: Reader, tokens: readonly Token[]): Promise<Evidence["chainDecimals"]> {
  const contracts = tokens
    .filter((token) => !isNative(token))
    .map(({ address }) => ({ address, abi: erc20Abi, functionName: "decimals" }) as const);
  if (contracts.length === 0) return [];
  const answers = await reader.client.multicall({ contracts, blockNumber: reader.block });
  return contracts.map(({ address }, index) => ({ asset: address, decimals: answers[index]?.result }));
}
