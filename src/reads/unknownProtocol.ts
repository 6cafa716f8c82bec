import type { ReadDeps } from "./types.ts";

/** Why a question about a protocol cannot be answered here; undefined where it can. */
export function unknownProtocol(deps: ReadDeps, protocol: string | undefined): string | undefined {
  if (protocol === undefined || deps.protocols.some(({ id }) => id === protocol)) return undefined;
  return `No protocol ${protocol} is known here; there are ${deps.protocols.map(({ id }) => id).join(", ")}.`;
}
