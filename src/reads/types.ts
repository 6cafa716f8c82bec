import type { Address } from "viem";
import type { PriceSource, Reader } from "../chain/reader.ts";
import type { Protocol } from "../protocols/protocol.ts";

/** What every read needs: a fresh pinned reader, the protocols and the prices. */
export type ReadDeps = {
  readonly reader: () => Promise<Reader>;
  readonly protocols: readonly Protocol[];
  readonly prices: PriceSource;
};

export type Owner = { readonly owner: Address };
