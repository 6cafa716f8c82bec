import { getAddress, isAddress } from "viem";
import { inspectAddress } from "../chain/inspectAddress.ts";
import type { Reader } from "../chain/reader.ts";
import { showText } from "../domain/showText.ts";
import { similarSymbols } from "../domain/similarSymbols.ts";
import type { Token } from "../domain/token.ts";

/** The tokens that a question's asset names (several for a class), or why there is none, in words. */
export type FoundAsset =
  | { readonly tokens: readonly [Token, ...Token[]]; readonly missing?: undefined }
  | { readonly missing: string };

/** Listed symbol, address of any ERC-20, or "any:stablecoin". Nothing is guessed: a near miss is only named. */
export async function findAsset(reader: Reader, asset: string): Promise<FoundAsset> {
  const { tokens, chainId } = reader;
  if (asset === "any:stablecoin") {
    const [first, ...rest] = tokens.all.filter((token) => token.stable);
    return first === undefined ? { missing: "This chain lists no stablecoin." } : { tokens: [first, ...rest] };
  }
  if (isAddress(asset, { strict: false })) return await tokenAt(reader, asset);
  const listed = tokens.bySymbol(asset);
  if (listed !== undefined) return { tokens: [listed] };
  const near = similarSymbols(asset, tokens.all);
  const hint = near.length === 0 ? "Give its contract address." : `Did you mean ${near.join(" or ")}?`;
  return { missing: `No token ${showText(asset)} is listed on chain ${chainId}. ${hint}` };
}

async function tokenAt(reader: Reader, asset: `0x${string}`): Promise<FoundAsset> {
  const address = getAddress(asset);
  const listed = reader.tokens.byAddress(address);
  if (listed !== undefined) return { tokens: [listed] };
  const { codeBytes, decimals, symbol, name } = await inspectAddress(reader, address);
  if (codeBytes === 0)
    return { missing: `There is no contract at ${address} on chain ${reader.chainId}, so there is no token.` };
  if (decimals === undefined || decimals > 77)
    return { missing: `The contract at ${address} is no ERC-20 token: it answers no usable decimals.` };
  const shown = `${showText(symbol ?? "?", 16)} (unlisted)`;
  const token = {
    chainId: reader.chainId,
    address,
    symbol: shown,
    name: showText(name ?? "?"),
    decimals,
    stable: false,
  };
  return { tokens: [token] };
}
