import type { ChainAddresses } from "../../chain/addresses.ts";
import type { KnownAddress } from "../../domain/evidence.ts";
import type { Protocol } from "../protocol.ts";
import { buildCalls } from "./calls.ts";
import { decodeCall } from "./decode.ts";
import { quoteAction } from "./quote.ts";
import { readMarkets, readPositions } from "./read.ts";

const id = "erc4626";

/** The ERC-4626 vaults of the address book, one market each. A chain without any lists no markets. */
export function createErc4626(addresses: ChainAddresses): Protocol {
  const vaults = addresses.erc4626 ?? [];
  return Object.freeze<Protocol>({
    id,
    actions: ["supply", "withdraw"],
    markets: (reader) => readMarkets(reader, vaults),
    positions: (reader, owner) => readPositions(reader, vaults, owner),
    quote: (reader, action, owner, context) => quoteAction({ reader, vaults, action, owner, context }),
    calls: (quote, owner) => buildCalls(vaults, quote, owner),
    decode: (call) => decodeCall(vaults, call),
    // A vault is called, pulls the deposit and is its own share token.
    known: () =>
      vaults.flatMap(({ vault: address, label }): readonly KnownAddress[] =>
        (["target", "spender", "position-token"] as const).map((role) => ({ address, label, role, protocol: id })),
      ),
  });
}
