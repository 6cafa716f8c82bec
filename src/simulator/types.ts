import type { Address, Hex } from "viem";
import type { Reader } from "../chain/reader.ts";
import type { Call } from "../domain/call.ts";
import type { PositionChange, Simulation } from "../domain/simulation.ts";

/** What one step of a sequence did. */
export type StepResult = {
  readonly ok: boolean;
  /** Return data, or revert data when not ok. */
  readonly data: Hex;
  readonly gasUsed: bigint;
  /** Events; undefined when the backend cannot see them. */
  readonly logs?: readonly StepLog[];
};

export type StepLog = { readonly address: Address; readonly topics: readonly Hex[]; readonly data: Hex };

/** A sequence that a backend runs in one simulated block, every step sent by `account`, gas free of charge. */
export type Sequence = {
  readonly reader: Reader;
  readonly account: Address;
  /** Unix seconds of the simulated block. */
  readonly timestamp: bigint;
  readonly steps: readonly Call[];
};

/**
 * One way to run a sequence. results[i] belongs to steps[i]; a failing step does not stop the later ones.
 * Errors: BackendUnsupportedError (try the next backend), SimulationUnavailableError.
 */
export type Backend = {
  readonly id: Simulation["backend"];
  run(sequence: Sequence): Promise<readonly StepResult[]>;
};

/** State of one lending account, read inside the simulated block before and after the plan. */
export type PositionProbe = {
  readonly protocol: string;
  readonly marketId?: string;
  /** Reads (or idempotent pokes such as accruing interest) to run; parse gets their results in order. */
  readonly reads: readonly Call[];
  /** Undefined = nothing held here, or unreadable. */
  parse(results: readonly StepResult[]): PositionChange["before"] | undefined;
};

/**
 * Most gas one call may use: 2^24, the most that a transaction may ask for (EIP-7825).
 * Also keeps one call that burns everything from starving the reads after it.
 */
export const GAS_PER_CALL = 16_777_216n;
