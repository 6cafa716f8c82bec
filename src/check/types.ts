import type { PriceSource, Reader } from "../chain/reader.ts";
import type { CheckResult } from "../domain/check.ts";
import type { Preview } from "../domain/preview.ts";
import type { Finding } from "../domain/verdict.ts";
import type { Protocol } from "../protocols/protocol.ts";
import type { Scanner } from "./scanner.ts";

/** What a check reads with; nothing of it can sign or send. */
export type CheckDeps = {
  /** Pinned to the latest block. */
  readonly reader: () => Promise<Reader>;
  readonly protocols: readonly Protocol[];
  readonly prices: PriceSource;
  readonly scanner: Scanner;
  readonly nowSeconds: () => bigint;
  /** Longest wait for the simulation of a batch; default 12 s. */
  readonly simulationMs?: number;
};

/** What one part of a check found. */
export type Looked = {
  readonly findings: readonly Finding[];
  readonly unchecked: CheckResult["unchecked"];
  readonly preview?: Preview;
};
