import type { TokenScan } from "../domain/tokenRisk.ts";
import { type ScanRequest, scanToken } from "./scanToken.ts";

/** Scans kept at a time; the oldest goes first. */
const MOST_KEPT = 256;

/**
 * Scans that are kept by chain, block, token and intended amount: who asks again at the same block waits for the same scan. A
 * scan that throws is not kept.
 */
export function createScanCache(scan: typeof scanToken = scanToken): (request: ScanRequest) => Promise<TokenScan> {
  const kept = new Map<string, Promise<TokenScan>>();
  return (request) => {
    const { reader, token, intended = 0n } = request;
    const key = `${reader.chainId} ${reader.blockHash} ${token.toLowerCase()} ${intended}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = scan(request);
    kept.set(key, made);
    made.catch(() => kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return made;
  };
}
