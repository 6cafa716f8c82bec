import { IntendantError } from "../domain/error.ts";

export class IntentNotFoundError extends IntendantError {
  readonly code = "not_found";
  constructor(id: string) {
    super(`There is no intent ${id}: check the id.`);
  }
}

export class IntentStateError extends IntendantError {
  readonly code = "state_conflict";
  constructor(wish: string, state: string) {
    super(`This intent cannot be ${wish} now.`, { facts: [`state ${state}`] });
  }
}

export class PlanHashMismatchError extends IntendantError {
  readonly code = "plan_hash_mismatch";
  constructor(given: string, actual: string) {
    super("The consent names another plan than the one shown: read the preview again and approve its planHash.", {
      facts: [`given ${given}`, `actual ${actual}`],
    });
  }
}

export class PlanOutdatedError extends IntendantError {
  readonly code = "plan_expired";
  constructor(expiresAt: string) {
    super("The plan has expired: send the intent again for fresh quotes.", {
      facts: [`expired at ${expiresAt}`],
      retry: "fresh-quote",
    });
  }
}

export class AcknowledgementMissingError extends IntendantError {
  readonly code = "acknowledgement_missing";
  constructor(codes: readonly string[]) {
    super("Warnings of this plan must be acknowledged by their code before it is approved.", {
      facts: codes.map((code) => `acknowledge ${code}`),
    });
  }
}

export class WalletSignsError extends IntendantError {
  readonly code = "wallet_signs";
  constructor() {
    super(
      "The wallet signs this plan, its calls are at /v1/intents/{id}/calls: send the intent again to have it executed here.",
    );
  }
}

export class LateBoundCallsError extends IntendantError {
  readonly code = "late_bound_calls";
  constructor() {
    super("This plan fills amounts while it runs, which a wallet cannot: send the intent again with mode wallet.");
  }
}

export class PausedError extends IntendantError {
  readonly code = "paused";
  constructor() {
    super("Intendant is stopping: send the request again after the restart.", { retry: "same" });
  }
}

/** No key is configured for this chain. */
export class SignerMissingError extends IntendantError {
  readonly code = "signer_missing";
  constructor() {
    super(
      "No signer is configured: set INTENDANT_KEYSTORE (keystore v3 file) or INTENDANT_SIGNER_URL, or use mode wallet.",
    );
  }
}
