import { type Address, erc20Abi, getAddress, isAddress } from "viem";
import type { Reader } from "../../chain/reader.ts";
import type { Token } from "../../domain/token.ts";
import { UnknownTokenError } from "../errors.ts";
import { suggest } from "./suggest.ts";

/**
 * Token that an intent's asset names: a listed symbol, or an address.
 * An unlisted address is legal (the guards decide); its symbol is text from the chain and is kept only when harmless.
 * Throws UnknownTokenError with the nearest listed symbols.
 */
export async function resolveAsset(reader: Reader, asset: string): Promise<Token> {
  if (isAddress(asset, { strict: false })) return tokenAt(reader, getAddress(asset));
  const { tokens } = reader;
  const folded = asset.toLowerCase();
  const token = tokens.bySymbol(asset) ?? tokens.all.find((one) => one.symbol.toLowerCase() === folded);
  if (token !== undefined) return token;
  const near = suggest(
    asset,
    tokens.all.map((one) => one.symbol),
  );
  const hint =
    near.length > 0 ? ` Did you mean ${near.join(" or ")}?` : " Name a listed token or its contract address.";
  throw new UnknownTokenError(`This chain lists no token "${asset}".${hint}`, {
    facts: [`chain ${reader.chainId}`, ...near.map((symbol) => `listed: ${symbol}`)],
  });
}

async function tokenAt(reader: Reader, address: Address): Promise<Token> {
  const listed = reader.tokens.byAddress(address);
  if (listed !== undefined) return listed;
  const at = { address, abi: erc20Abi, blockNumber: reader.block } as const;
  const [decimals, symbol] = await Promise.all([
    reader.client.readContract({ ...at, functionName: "decimals" }).catch(() => undefined),
    reader.client.readContract({ ...at, functionName: "symbol" }).catch(() => "?"),
  ]);
  if (decimals === undefined)
    throw new UnknownTokenError(`There is no ERC-20 token at ${address}: check the address and the chain.`, {
      facts: [`chain ${reader.chainId}`],
    });
  const shown = /^[A-Za-z0-9.$+_-]{1,16}$/.test(symbol) ? symbol : "?";
  return { chainId: reader.chainId, address, symbol: shown, name: shown, decimals, stable: false };
}
