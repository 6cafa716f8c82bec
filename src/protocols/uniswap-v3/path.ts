import { type Address, concat, getAddress, type Hex, numberToHex, size, slice } from "viem";
import type { SwapPath } from "../../domain/quote.ts";

const TOKEN_BYTES = 20;
const HOP_BYTES = 23; // 3 bytes of fee, 20 of the next token

/**
 * Uniswap v3 path bytes: token (20) then fee (3) and token (20) per hop. Exact output wants it from the end to the start.
 * Source: v3-periphery contracts/libraries/Path.sol.
 */
export function encodePath(path: SwapPath, side: "sell" | "buy"): Hex {
  const tokens = path.tokens.map((token) => token.address);
  const fees = path.pools.map((pool) => numberToHex(pool.feePips, { size: 3 }));
  if (side === "buy") {
    tokens.reverse();
    fees.reverse();
  }
  return concat(tokens.flatMap((token, index) => (index === 0 ? [token] : [fees[index - 1] ?? "0x", token])));
}

/** Ends of path bytes in their own order; undefined when the length is not that of a path. */
export function pathEnds(path: Hex): { readonly first: Address; readonly last: Address } | undefined {
  const length = size(path);
  if (length < TOKEN_BYTES + HOP_BYTES || (length - TOKEN_BYTES) % HOP_BYTES !== 0) return undefined;
  return { first: getAddress(slice(path, 0, TOKEN_BYTES)), last: getAddress(slice(path, length - TOKEN_BYTES)) };
}
