import type { Address } from "viem";
import { isNative, type Token } from "../domain/token.ts";
import { erc20Abi } from "./abis/erc20.ts";
import type { Reader } from "./reader.ts";

/** Allowances of the owner at the reader's block, in the order asked; the native coin needs none and reads as 0. One call. */
export async function readAllowances(
  reader: Reader,
  owner: Address,
  asked: readonly { readonly token: Token; readonly spender: Address }[],
): Promise<readonly bigint[]> {
  const erc20s = asked.filter(({ token }) => !isNative(token));
  if (erc20s.length === 0) return asked.map(() => 0n);
  const contracts = erc20s.map(
    ({ token, spender }) =>
      ({ address: token.address, abi: erc20Abi, functionName: "allowance", args: [owner, spender] }) as const,
  );
  const amounts = await reader.client.multicall({ contracts, allowFailure: false, blockNumber: reader.block });
  return asked.map((entry) => amounts[erc20s.indexOf(entry)] ?? 0n);
}
