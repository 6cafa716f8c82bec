import { createHash } from "node:crypto";
import type { Pool } from "pg";
import { IntendantError } from "../domain/error.ts";
import type { Json } from "../domain/json.ts";

export type StoredAnswer = { readonly status: number; readonly response: Json };
/** Longest that work under a key may take before the key counts as abandoned. */
const ABANDONED_AFTER = "15 minutes";

type Key = { readonly key: string; readonly route: string; readonly body: unknown };

export type IdempotencyStore = {
  /**
   * Claims a key. "new": the caller does the work and then calls `finish`; otherwise the answer given before.
   * @throws {IdempotencyKeyReusedError} when the key came with another body.
   * @throws {IdempotencyInFlightError} when the first request is still being worked on.
   */
  claim(key: Key): Promise<"new" | StoredAnswer>;
  finish(key: Key, answer: StoredAnswer): Promise<void>;
  /** Gives a key back after a failure that the caller may retry. */
  release(key: Key): Promise<void>;
};

/** Idempotency-Key records: same key and body, same answer. */
export function createIdempotencyStore(pool: Pool): IdempotencyStore {
  return {
    claim: async (key) => {
      const hash = bodyHash(key.body);
      // A process that died in the middle of the work never gave the key back.
      await pool.query(
        "delete from idempotency where key = $1 and route = $2 and status is null and created_at < now() - $3::interval",
        [key.key, key.route, ABANDONED_AFTER],
      );
      const inserted = await pool.query(
        "insert into idempotency (key, route, body_hash) values ($1, $2, $3) on conflict do nothing returning key",
        [key.key, key.route, hash],
      );
      if (inserted.rowCount === 1) return "new";
      const { rows } = await pool.query<{ body_hash: string; status: number | null; response: Json }>(
        "select body_hash, status, response from idempotency where key = $1 and route = $2",
        [key.key, key.route],
      );
      const row = rows[0];
      if (row === undefined || row.body_hash !== hash) throw new IdempotencyKeyReusedError(key.key);
      if (row.status === null) throw new IdempotencyInFlightError(key.key);
      return { status: row.status, response: row.response };
    },
    finish: async (key, answer) => {
      await pool.query("update idempotency set status = $3, response = $4 where key = $1 and route = $2", [
        key.key,
        key.route,
        answer.status,
        JSON.stringify(answer.response),
      ]);
    },
    release: async (key) => {
      await pool.query("delete from idempotency where key = $1 and route = $2 and status is null", [
        key.key,
        key.route,
      ]);
    },
  };
}

function bodyHash(body: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(body ?? null))
    .digest("hex");
}

export class IdempotencyKeyReusedError extends IntendantError {
  readonly code = "idempotency_key_reused";
  constructor(key: string) {
    super("This Idempotency-Key came with another body before: use a new key for a new request.", {
      facts: [`key ${key}`],
    });
  }
}

export class IdempotencyInFlightError extends IntendantError {
  readonly code = "idempotency_in_flight";
  constructor(key: string) {
    super("The first request with this Idempotency-Key is still being worked on: ask again in a moment.", {
      facts: [`key ${key}`],
      retry: "same",
    });
  }
}
