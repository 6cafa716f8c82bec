import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Config } from "../config.ts";
import { createExecutionStore, type ExecutionStore } from "../storage/executions.ts";
import { createIdempotencyStore, type IdempotencyStore } from "../storage/idempotency.ts";
import { type Journal, openJournal } from "../storage/journal.ts";
import { migrate } from "../storage/migrate.ts";
import { type Database, openPool } from "../storage/openPool.ts";
import { createRecordStore, type RecordStore } from "../storage/records.ts";
import { createUsageStore, type UsageStore } from "../storage/usage.ts";

export type StorageParts = {
  readonly database: Database;
  readonly records: RecordStore;
  readonly executions: ExecutionStore;
  readonly usage: UsageStore;
  readonly idempotency: IdempotencyStore;
  readonly journal: Journal;
  close(): Promise<void>;
};

/** A local chain that starts with us and ends with us: what was recorded of it must not outlive it. */
function isEphemeral(config: Config): boolean {
  return config.CHAIN_ID === 31_337 && config.RPC_URL === undefined;
}

/** Journal first (it keeps a second process out), then the database, migrated. */
export async function composeStorage(config: Config): Promise<StorageParts> {
  const folder = isEphemeral(config) ? mkdtempSync(join(tmpdir(), "intendant-")) : config.INTENDANT_DATA;
  const journal = openJournal(join(folder, `journal-${config.CHAIN_ID}.log`));
  try {
    const database = await openPool(
      config.DATABASE_URL ?? (isEphemeral(config) ? "pglite:memory" : `pglite:${join(folder, "database")}`),
    );
    await migrate(database.pool);
    return {
      database,
      records: createRecordStore(database.pool),
      executions: createExecutionStore(database.pool),
      usage: createUsageStore(database.pool),
      idempotency: createIdempotencyStore(database.pool),
      journal,
      close: async () => {
        await database.close();
        journal.close();
        if (isEphemeral(config)) rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    journal.close();
    if (isEphemeral(config)) rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}
