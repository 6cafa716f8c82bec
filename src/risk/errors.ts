import { IntendantError } from "../domain/error.ts";

/** The node could not run a probe. Nothing is known about the token, which is not the same as nothing being wrong. */
export class ProbeUnavailableError extends IntendantError {
  readonly code = "risk_probe_unavailable";
}
