import { afterAll, beforeAll } from "vitest";
import { migrate } from "../../src/storage/migrate.ts";
import { type Database, openPool } from "../../src/storage/openPool.ts";

/** Databases that every storage test runs on: PGlite always, PostgreSQL where INTENDANT_TEST_POSTGRES names one (CI starts it). */
export const databases: readonly { readonly name: string; readonly url: string | undefined }[] = [
  { name: "PGlite", url: "pglite:memory" },
  { name: "PostgreSQL", url: process.env.INTENDANT_TEST_POSTGRES },
];

/** Why a database is left out, for the test's name. */
export const absent = "skipped: set INTENDANT_TEST_POSTGRES to a postgres:// URL to run on PostgreSQL too";

/** Opens and migrates a database for one describe block; a PostgreSQL one is emptied first. */
export function withDatabase(url: string): () => Database {
  let database: Database | undefined;
  beforeAll(async () => {
    database = await openPool(url);
    if (url.startsWith("postgres")) await database.pool.query("drop schema public cascade; create schema public");
    await migrate(database.pool);
  });
  afterAll(async () => database?.close());
  return () => {
    if (database === undefined) throw new TypeError("the database is open only inside tests");
    return database;
  };
}
