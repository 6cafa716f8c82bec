import { IntendantError } from "../domain/error.ts";

/** Too much is being looked at already. */
export class OverloadedError extends IntendantError {
  readonly code = "overloaded";
  constructor(running: number) {
    super("Too many checks are running here: wait a moment and ask again.", {
      facts: [`${running} at a time`],
      retry: "same",
    });
  }
}

/** The request is about another chain than the one that is read here. */
export class ChainNotServedError extends IntendantError {
  readonly code = "chain_not_served";
  constructor(asked: bigint, served: number) {
    super(`This server reads chain ${served} and the request is for chain ${asked}: ask a server of that chain.`);
  }
}

/** A scan did not end in time; nothing is known of the token. */
export class ScanLateError extends IntendantError {
  readonly code = "scan_late";
  constructor(token: string, milliseconds: number) {
    super("The scan of this token took too long: ask again, or use a faster RPC.", {
      facts: [token, `limit ${milliseconds / 1_000} s`],
      retry: "same",
    });
  }
}
