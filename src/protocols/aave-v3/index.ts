import type { ChainAddresses } from "../../chain/addresses.ts";
import type { Protocol } from "../protocol.ts";
import { ProtocolAbsentError } from "../shared/lendingErrors.ts";
import { buildCalls } from "./calls.ts";
import { decodeCall } from "./decode.ts";
import { knownAddresses } from "./known.ts";
import { quoteAction } from "./quote.ts";
import { type AaveSite, readMarkets, readPositions } from "./read.ts";

const NAMES = { "aave-v3": "Aave v3", spark: "Spark" } as const;

/** Aave v3, or Spark, which runs the same code under its own addresses. Absent on the chain: no markets, no decoding. */
export function createAaveV3(addresses: ChainAddresses, id: "aave-v3" | "spark"): Protocol {
  const at = id === "spark" ? addresses.spark : addresses.aaveV3;
  const site: AaveSite | undefined = at && { id, name: NAMES[id], at };
  const present = (): AaveSite => {
    if (site === undefined) throw new ProtocolAbsentError(NAMES[id], addresses.chainId);
    return site;
  };
  return Object.freeze<Protocol>({
    id,
    actions: ["supply", "withdraw", "borrow", "repay", "set-collateral"],
    markets: async (reader) => (site ? readMarkets(reader, site) : []),
    positions: async (reader, owner) => (site ? readPositions(reader, site, owner) : []),
    quote: async (reader, action, owner, context) => quoteAction({ reader, site: present(), action, owner, context }),
    calls: (quote, owner) => buildCalls(present(), quote, owner),
    decode: (call) => site && decodeCall(site, call),
    known: (_addresses, markets) => (site ? knownAddresses(site, markets) : []),
  });
}
