import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { createPgConfig } from "@electric-sql/pglite/node-postgres";
import pg from "pg";
import { IntendantError, stripSecrets } from "../domain/error.ts";
import { openPglite } from "./pgliteTemplate.ts";

export type Database = {
  readonly pool: pg.Pool;
  /** What survives what: shown by `doctor` and at start. */
  readonly durability: "memory" | "process-crash" | "power-loss";
  readonly describe: string;
  close(): Promise<void>;
};

/**
 * Opens the one database behind one `pg.Pool`.
 *
 * `pglite:memory` (nothing kept), `pglite:<dir>` (in-process Postgres, survives a crash of the process but never
 * fsyncs: the journal file does), `postgres://…` (a server). On PGlite the pool has a single connection: never call
 * `pool.query` while holding a client.
 *
 * @throws {DatabaseUrlError} when the URL has another form.
 * @throws {DatabaseUnavailableError} when the database does not open.
 */
export async function openPool(url: string): Promise<Database> {
  if (url.startsWith("pglite:")) return openEmbedded(url.slice("pglite:".length));
  if (/^postgres(ql)?:\/\//.test(url)) return openPostgres(url);
  throw new DatabaseUrlError(url);
}

async function openEmbedded(target: string): Promise<Database> {
  const memory = target === "memory" || target === "";
  const dataDir = memory ? undefined : resolve(target);
  if (dataDir !== undefined) mkdirSync(dirname(dataDir), { recursive: true });
  try {
    const engine = await openPglite(dataDir);
    const pool = new pg.Pool({ ...createPgConfig(engine), max: 1 });
    return {
      pool,
      durability: memory ? "memory" : "process-crash",
      describe: memory ? "PGlite in memory" : `PGlite in ${dataDir}`,
      close: async () => {
        await pool.end();
        await engine.close();
      },
    };
  } catch (cause) {
    throw new DatabaseUnavailableError(`pglite:${target}`, cause);
  }
}

async function openPostgres(url: string): Promise<Database> {
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5_000 });
  // A lost idle connection is reported by the next query; without a listener it would end the process.
  pool.on("error", () => undefined);
  try {
    await pool.query("select 1");
  } catch (cause) {
    await pool.end();
    throw new DatabaseUnavailableError(stripSecrets(url), cause);
  }
  return { pool, durability: "power-loss", describe: stripSecrets(url), close: () => pool.end() };
}

export class DatabaseUrlError extends IntendantError {
  readonly code = "database_url_invalid";
  constructor(url: string) {
    super('DATABASE_URL must be "pglite:memory", "pglite:<folder>" or "postgres://user@host/database".', {
      facts: [`got ${stripSecrets(url)}`],
    });
  }
}

export class DatabaseUnavailableError extends IntendantError {
  readonly code = "database_unavailable";
  constructor(where: string, cause: unknown) {
    super(`The database at ${where} does not open: start it, free it from other processes, or change DATABASE_URL.`, {
      cause,
      facts: [cause instanceof Error ? stripSecrets(cause.message) : String(cause)],
      retry: "same",
    });
  }
}
