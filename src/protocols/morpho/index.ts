import type { ChainAddresses } from "../../chain/addresses.ts";
import type { Protocol } from "../protocol.ts";
import { ProtocolAbsentError } from "../shared/lendingErrors.ts";
import { buildCalls } from "./calls.ts";
import { decodeCall } from "./decode.ts";
import { quoteAction } from "./quote.ts";
import { readMarkets, readPositions } from "./read.ts";
import type { MorphoSite } from "./readState.ts";

const id = "morpho";

/** Morpho Blue with the markets of the address book. Absent on the chain: no markets, no decoding. */
export function createMorpho(addresses: ChainAddresses): Protocol {
  const site = addresses.morpho;
  const present = (): MorphoSite => {
    if (site === undefined) throw new ProtocolAbsentError("Morpho", addresses.chainId);
    return site;
  };
  return Object.freeze<Protocol>({
    id,
    actions: ["supply", "withdraw", "borrow", "repay"],
    markets: async (reader) => (site ? readMarkets(reader, site) : []),
    positions: async (reader, owner) => (site ? readPositions(reader, site, owner) : []),
    quote: async (reader, action, owner, context) => quoteAction({ reader, site: present(), action, owner, context }),
    calls: (quote, owner) => buildCalls(present(), quote, owner),
    decode: (call) => site && decodeCall(site, call),
    known: () =>
      site
        ? [
            { address: site.address, label: "Morpho", role: "target", protocol: id },
            { address: site.address, label: "Morpho", role: "spender", protocol: id },
          ]
        : [],
  });
}
