import type { Reader } from "../chain/reader.ts";
import type { KnownAddress } from "../domain/evidence.ts";
import type { Market } from "../domain/market.ts";
import type { Protocol } from "../protocols/protocol.ts";

/** Contracts that the registries know: listed tokens, and what the protocols name, position tokens of `markets` included. */
export function knownAddresses(
  { tokens, addresses }: Pick<Reader, "tokens" | "addresses">,
  protocols: readonly Protocol[],
  markets: readonly Market[] = [],
): readonly KnownAddress[] {
  const listed = tokens.all.map(
    (token): KnownAddress => ({ address: token.address, label: token.symbol, role: "token", protocol: "erc20" }),
  );
  return [...listed, ...protocols.flatMap((protocol) => protocol.known(addresses, markets))];
}
