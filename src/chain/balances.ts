import type { Address } from "viem";
import { isNative, type Token } from "../domain/token.ts";
import { erc20Abi } from "./abis/erc20.ts";
import { multicall3Abi } from "./abis/multicall3.ts";
import type { Reader } from "./reader.ts";

/** Base units of each token held by the owner at the reader's block, in the order asked; native coin included. One call. */
export async function readBalances(
  reader: Reader,
  owner: Address,
  tokens: readonly Token[],
): Promise<readonly { readonly token: Token; readonly amount: bigint }[]> {
  if (tokens.length === 0) return [];
  const contracts = tokens.map((token) =>
    isNative(token)
      ? ({
          address: reader.addresses.multicall3,
          abi: multicall3Abi,
          functionName: "getEthBalance",
          args: [owner],
        } as const)
      : ({ address: token.address, abi: erc20Abi, functionName: "balanceOf", args: [owner] } as const),
  );
  const amounts = await reader.client.multicall({ contracts, allowFailure: false, blockNumber: reader.block });
  return tokens.map((token, index) => ({ token, amount: BigInt(amounts[index] ?? 0n) }));
}
