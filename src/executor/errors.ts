import type { Hex } from "viem";
import { IntendantError } from "../domain/error.ts";

/** The plan's content no longer hashes to its id. */
export class PlanTamperedError extends IntendantError {
  readonly code = "plan_tampered";
  constructor(planId: Hex) {
    super("The plan was changed after it was hashed: ask for a fresh plan.", {
      facts: [`plan ${planId}`],
      retry: "fresh-quote",
    });
  }
}

/** The plan is older than its expiry. */
export class PlanExpiredError extends IntendantError {
  readonly code = "plan_expired";
  constructor(expiresAtSeconds: bigint, nowSeconds: bigint) {
    super("The plan has expired: ask again for fresh quotes.", {
      facts: [`expired ${nowSeconds - expiresAtSeconds} s ago`],
      retry: "fresh-quote",
    });
  }
}

/** The chain has moved on, and the plan would not do any more what was shown. */
export class PlanStaleError extends IntendantError {
  readonly code = "plan_stale";
  constructor(facts: readonly string[]) {
    super(
      "The chain has changed, and the plan would no longer do what was shown. Nothing was sent: ask for a fresh plan.",
      {
        facts: [...facts],
        retry: "fresh-quote",
      },
    );
  }
}

/** The database knows an earlier attempt of the plan that never reached the journal. */
export class PlanAbandonedError extends IntendantError {
  readonly code = "plan_abandoned";
  constructor(planId: Hex) {
    super("An earlier attempt of this plan was given up before its first step: ask for a fresh plan.", {
      facts: [`plan ${planId}`],
      retry: "fresh-quote",
    });
  }
}

/** The signer signs for another account than the plan's. */
export class SignerMismatchError extends IntendantError {
  readonly code = "signer_mismatch";
  constructor(signer: string, account: string) {
    super(
      "The configured signer cannot sign for this account: configure its key, or let the wallet sign (mode wallet).",
      {
        facts: [`signer ${signer}`, `account ${account}`],
      },
    );
  }
}

/** A call would revert now; it was not sent. */
export class CallWouldRevertError extends IntendantError {
  readonly code = "call_would_revert";
  constructor(label: string, reason: string) {
    super(`"${label}" would fail on chain now and was not sent: ask for a fresh plan.`, {
      facts: [reason],
      retry: "fresh-quote",
    });
  }
}

/** A late-bound amount fell outside the bounds that the owner consented to. */
export class BindingOutOfBoundsError extends IntendantError {
  readonly code = "binding_out_of_bounds";
  constructor(facts: readonly string[]) {
    super("The earlier step returned an amount outside the agreed bounds; the next step was not sent.", { facts });
  }
}

/** Signed and perhaps sent, and not seen mined and recorded in time. Nothing is sent again; the next start or a later look reconciles it. */
export class ExecutionPendingError extends IntendantError {
  readonly code = "execution_pending";
  constructor(txHash: Hex, cause?: unknown) {
    super(
      "The transaction was sent and is not mined yet: its state is read from the chain later, nothing is sent twice.",
      {
        facts: [`transaction ${txHash}`],
        cause,
        retry: "same",
      },
    );
  }
}

/** The endpoint asks for far more gas price than the owner saw. */
export class FeeTooHighError extends IntendantError {
  readonly code = "fee_too_high";
  constructor(maxFeePerGasWei: bigint, ceilingWei: bigint) {
    super(
      "Gas now costs far more than the plan showed and nothing was sent: ask for a fresh plan, or use another RPC.",
      {
        facts: [`asked ${maxFeePerGasWei} wei per gas`, `at most ${ceilingWei}`],
        retry: "fresh-quote",
      },
    );
  }
}

/** The nonce of a journaled transaction was used by another one. */
export class NonceConflictError extends IntendantError {
  readonly code = "nonce_conflict";
  constructor(nonce: number, txHash: Hex) {
    super(
      "Another transaction used the nonce of this step: the step is not repeated; check the account before asking again.",
      {
        facts: [`nonce ${nonce}`, `our transaction ${txHash}`],
      },
    );
  }
}

/** A raw key in the environment on a real chain. */
export class RawKeyForbiddenError extends IntendantError {
  readonly code = "raw_key_forbidden";
  constructor(chainId: number) {
    super("A raw private key is accepted on the local chain 31337 only: use a keystore file or an external signer.", {
      facts: [`chain ${chainId}`],
    });
  }
}

/** The keystore does not open. */
export class KeystoreError extends IntendantError {
  readonly code = "keystore_invalid";
  constructor(path: string, why: string, cause?: unknown) {
    super(`The keystore ${path} does not open: ${why}.`, { cause });
  }
}

/** The external signer refused or did not answer. */
export class ExternalSignerError extends IntendantError {
  readonly code = "external_signer_failed";
  constructor(why: string, cause?: unknown) {
    super(`The external signer did not sign: ${why}. Nothing was sent.`, { cause, retry: "same" });
  }
}
