import type { Address } from "viem";
import type { PriceSource, Reader } from "../chain/reader.ts";
import type { Call } from "../domain/call.ts";
import type { Effect } from "../domain/effect.ts";
import type { TokenScan } from "../domain/tokenRisk.ts";
import type { FindRoute } from "../planner/types.ts";
import type { Protocol } from "../protocols/protocol.ts";
import type { RecordStore } from "../storage/records.ts";
import type { UsageStore } from "../storage/usage.ts";

/** What every read needs: a fresh pinned reader, the protocols and the prices. */
export type ReadDeps = {
  readonly reader: () => Promise<Reader>;
  readonly protocols: readonly Protocol[];
  readonly prices: PriceSource;
  /** Buys and sells a token in a sandbox; absent where nothing may be run. */
  readonly scanToken?: (reader: Reader, token: Address) => Promise<TokenScan>;
};

/** What answers to questions need beyond that; handed in, so that this room stays without planner and database. */
export type QuestionDeps = ReadDeps & {
  /** The best way through the pools, as the planner finds it. */
  readonly findRoute: FindRoute;
  /** Distance of a swap's floor from its quote. */
  readonly slippageBps: number;
  /** Meaning of calldata; undefined where no decoder knows it. */
  readonly decode: (call: Call) => Effect | undefined;
  /** Intents, newest first. */
  readonly records: Pick<RecordStore, "list">;
  /** Inferences, newest first. */
  readonly usage: Pick<UsageStore, "list">;
};

export type Owner = { readonly owner: Address };
