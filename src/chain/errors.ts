import { IntendantError } from "../domain/error.ts";

/** The chain's RPC endpoint did not answer, or answered with a transport failure. */
export class RpcUnavailableError extends IntendantError {
  readonly code = "rpc_unavailable";
}

/** The endpoint answers, but for another chain than the one configured. */
export class WrongChainError extends IntendantError {
  readonly code = "wrong_chain";
}

/** No registry entry for this chain id. */
export class UnsupportedChainError extends IntendantError {
  readonly code = "unsupported_chain";
}
