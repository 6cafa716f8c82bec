import type { Address } from "viem";
import type { Reader } from "../chain/reader.ts";
import type { KnownAddress } from "../domain/evidence.ts";
import type { Market } from "../domain/market.ts";
import type { ReadDeps } from "./types.ts";

export type AddressBook = {
  /** Contracts that may be met as spenders. */
  readonly spenders: readonly KnownAddress[];
  /** "Uniswap v3 SwapRouter02"; undefined for an address that nothing here knows. */
  nameOf(address: Address): string | undefined;
};

/** The addresses that the registries know: protocols, tokens, the chain's own helpers; pools and position tokens of `markets`. */
export function nameAddresses(deps: ReadDeps, reader: Reader, markets: readonly Market[] = []): AddressBook {
  const { addresses, tokens } = reader;
  const known = deps.protocols.flatMap((protocol) => protocol.known(addresses, markets));
  const permit2: readonly KnownAddress[] =
    addresses.permit2 === undefined
      ? []
      : [{ address: addresses.permit2, label: "Permit2", role: "spender", protocol: "permit2" }];
  const pools = markets.flatMap((market) => (market.kind === "swap" ? [[market.id, poolName(market)] as const] : []));
  // The first name wins: a vault is a protocol's contract before it is a listed token.
  const names = new Map<string, string>();
  for (const [address, name] of [
    ...[...known, ...permit2].map(({ address, label }) => [address, label] as const),
    ...tokens.all.map(({ address, symbol }) => [address, `${symbol} token`] as const),
    ...pools,
    [addresses.multicall3, "Multicall3"] as const,
  ])
    if (!names.has(address.toLowerCase())) names.set(address.toLowerCase(), name);
  const spenders = [...known, ...permit2].filter(({ role }) => role === "spender");
  return { spenders, nameOf: (address) => names.get(address.toLowerCase()) };
}

function poolName({ protocol, tokens: [a, b], feePips }: Extract<Market, { kind: "swap" }>): string {
  return `${protocol} pool of ${a.symbol} and ${b.symbol}, fee ${feePips / 10_000} %`;
}
