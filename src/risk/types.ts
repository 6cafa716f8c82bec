import type { Address, Hex } from "viem";

/** A contract that decides over a sale, and who has power over it. */
export type Target = {
  readonly at: Address;
  readonly selectors: readonly Hex[];
  readonly callers: readonly Address[];
  readonly declared: readonly Address[];
  /** Words in its code that may name roles. */
  readonly hashes: readonly Hex[];
};

/** What a privileged caller can do to a holder, and the calls that do it. */
export type LatentFinding = {
  readonly kind:
    | "blocks-sale"
    | "blocks-transfer"
    | "raises-tax"
    | "takes-balance"
    /** The holder's tokens are destroyed, and the supply says so. */
    | "burns-balance"
    | "mints"
    /** New tokens, none of them for the caller. */
    | "inflates"
    | "gives-away"
    | "replaces-code";
  readonly caller: Address;
  readonly says: string;
  /** In order, each sent by `caller`. */
  readonly calls: readonly Pick<ProbeCall, "to" | "data">[];
  /** Whether it happens only where the calls name the holder. */
  readonly aimed: boolean;
};

/** A Uniswap v2 pair through which the token can be bought with the native coin, and the way there. */
export type TradePair = {
  readonly router: Address;
  readonly pair: Address;
  /** From the wrapped native coin to the token. */
  readonly path: readonly Address[];
  /** Reserve of the token that stands before the scanned one in the path, and of the scanned one. */
  readonly baseReserve: bigint;
  readonly tokenReserve: bigint;
};

/** One call of a probe; `gas` and fees are filled in. */
export type ProbeCall = { readonly from: Address; readonly to: Address; readonly data: Hex; readonly value?: bigint };

/** One simulated block. What is left out is taken from the block before. */
export type ProbeBlock = {
  readonly calls: readonly ProbeCall[];
  /** Blocks and seconds after the one before; default 1 and 12. */
  readonly blocksLater?: bigint;
  readonly secondsLater?: bigint;
};

/**
 * What a contract can see of the block it runs in. `bare`: what plain `eth_call` shows, which traps look for. `impersonated`:
 * as real, but contracts may send, too.
 */
export type Surroundings = "real" | "bare" | "impersonated";

export type ProbeResult = {
  readonly ok: boolean;
  readonly data: Hex;
  readonly logs: readonly ProbeLog[];
  readonly gasUsed: bigint;
};
export type ProbeLog = { readonly address: Address; readonly topics: readonly Hex[]; readonly data: Hex };
