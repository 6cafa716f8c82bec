import type { Address } from "viem";
import type { Reader } from "../chain/reader.ts";
import { toProblem } from "../domain/error.ts";
import type { TokenRisk } from "../domain/evidence.ts";
import type { TokenScan } from "../domain/tokenRisk.ts";
import { ScanLateError } from "./errors.ts";
import { createGate } from "./gate.ts";
import { within } from "./within.ts";

/** `intended`: wei that somebody means to spend on it; the scan then tries that size, too. */
export type Scanner = (reader: Reader, token: Address, intended?: bigint) => Promise<TokenScan>;

type Options = {
  readonly scan: Scanner;
  /** Longest wait for one scan; default 20 s. */
  readonly timeoutMs?: number;
  /** Scans at a time (default 3), and how many may wait behind them (default 24). */
  readonly running?: number;
  readonly waiting?: number;
};

/** Scans kept: what a token is at a block never changes. */
const KEPT = 256;

/**
 * The token scanner for every door: one scan per token, size and block however many ask, a bound on how many run at a time, and an
 * end in time. A scan that failed is not kept.
 *
 * @throws {OverloadedError} {ScanLateError} and what the scan throws
 */
export function createScanner({ scan, timeoutMs = 20_000, running = 3, waiting = 24 }: Options): Scanner {
  const gate = createGate({ running, waiting });
  const kept = new Map<string, Promise<TokenScan>>();
  const look: Scanner = async (reader, token, intended) => {
    const found = await within(
      gate(() => scan(reader, token, intended)),
      timeoutMs,
      undefined,
    );
    if (found === undefined) throw new ScanLateError(token, timeoutMs);
    return found;
  };
  return async (reader, token, intended) => {
    const key = `${reader.chainId} ${reader.blockHash} ${token.toLowerCase()} ${intended ?? ""}`;
    const known = kept.get(key);
    if (known !== undefined) return await known;
    const work = look(reader, token, intended);
    kept.set(key, work);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value ?? "");
    try {
      return await work;
    } catch (error) {
      kept.delete(key);
      throw error;
    }
  };
}

/** A scan as evidence: one that fails, is late or is refused is a `failure` in words, never a verdict. Never throws. */
export async function riskOf(scanner: Scanner, reader: Reader, token: Address, intended?: bigint): Promise<TokenRisk> {
  try {
    return { token, scan: await scanner(reader, token, intended) };
  } catch (error) {
    const { code, message } = toProblem(error);
    return { token, failure: `${code}: ${message}` };
  }
}
