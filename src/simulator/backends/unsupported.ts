import { IntendantError } from "../../domain/error.ts";

/** This node cannot run this backend; another one may do. Never raised for a revert. */
export class BackendUnsupportedError extends IntendantError {
  readonly code = "simulation_backend_unsupported";
}

/** JSON-RPC: method not found, method not supported (EIP-1474). */
const CODES = [-32601, -32004];
/** execution-apis, eth_simulateV1: the sender cannot pay the value. The whole request fails, so the call is not named. */
const INSUFFICIENT_FUNDS = -38014;
const TEXT =
  /method not found|unknown method|not supported|unsupported method|does not exist|is not available|not whitelisted/i;

/** True when the node refuses the method itself, or the one failure that eth_simulateV1 cannot attribute to a call. */
export function isUnsupported(error: unknown): boolean {
  const causes = chain(error);
  return causes.some((cause) => {
    const { code, message } = (cause ?? {}) as { code?: unknown; message?: unknown };
    if (code === INSUFFICIENT_FUNDS || CODES.includes(Number(code))) return true;
    return typeof message === "string" && (TEXT.test(message) || /insufficient funds for/i.test(message));
  });
}

function chain(error: unknown): readonly unknown[] {
  const causes: unknown[] = [];
  for (let cause = error; cause && causes.length < 8; cause = (cause as { cause?: unknown }).cause) causes.push(cause);
  return causes;
}
