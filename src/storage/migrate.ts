import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import type { Pool, PoolClient } from "pg";
import { IntendantError } from "../domain/error.ts";

/** Arbitrary constant that names our advisory lock among the database's other users. */
const LOCK_ID = 7_236_512;
const FOLDER = new URL("./migrations/", import.meta.url);

type Migration = { readonly id: string; readonly sql: string; readonly checksum: string };

/**
 * Brings the schema to the newest version: numbered SQL files, each in a transaction, under an advisory lock, forward only.
 *
 * @returns ids that were applied now.
 * @throws {MigrationChangedError} when a file that was applied earlier has other content today.
 */
export async function migrate(pool: Pool): Promise<readonly string[]> {
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [LOCK_ID]);
    try {
      return await applyPending(client);
    } finally {
      await client.query("select pg_advisory_unlock($1)", [LOCK_ID]);
    }
  } finally {
    client.release();
  }
}

async function applyPending(client: PoolClient): Promise<readonly string[]> {
  await client.query("create table if not exists schema_migrations (id text primary key, checksum text not null)");
  const { rows } = await client.query<{ id: string; checksum: string }>("select id, checksum from schema_migrations");
  const applied = new Map(rows.map((row) => [row.id, row.checksum]));
  const fresh: string[] = [];
  for (const migration of listMigrations()) {
    const known = applied.get(migration.id);
    if (known === undefined) {
      await applyOne(client, migration);
      fresh.push(migration.id);
    } else if (known !== migration.checksum) throw new MigrationChangedError(migration.id);
  }
  return fresh;
}

async function applyOne(client: PoolClient, migration: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query(migration.sql);
    await client.query("insert into schema_migrations (id, checksum) values ($1, $2)", [
      migration.id,
      migration.checksum,
    ]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

function listMigrations(): readonly Migration[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((id) => {
      const sql = readFileSync(new URL(id, FOLDER), "utf8");
      return { id, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

export class MigrationChangedError extends IntendantError {
  readonly code = "migration_changed";
  constructor(id: string) {
    super(`Migration ${id} was applied with other content: restore the file, and put the change into a new one.`);
  }
}
