import type { Pool } from "pg";
import type { UsageRecord } from "../domain/usage.ts";

export type UsageStore = {
  add(record: UsageRecord): Promise<void>;
  /** Newest first. `before` is the `at` of the last record of the page before. */
  list(options: {
    readonly limit: number;
    readonly before?: string;
    readonly intentId?: string;
  }): Promise<readonly UsageRecord[]>;
};

/** Usage records: one per inference, never changed. */
export function createUsageStore(pool: Pool): UsageStore {
  return {
    add: async (record) => {
      await pool.query(
        "insert into usage_records (id, at, intent_id, record) values ($1, $2, $3, $4) on conflict (id) do nothing",
        [record.id, record.at, record.intentId ?? null, JSON.stringify(record)],
      );
    },
    list: async ({ limit, before, intentId }) => {
      const { rows } = await pool.query<{ record: UsageRecord }>(
        `select record from usage_records
         where ($1::timestamptz is null or at < $1) and ($2::text is null or intent_id = $2)
         order by at desc, id limit $3`,
        [before ?? null, intentId ?? null, limit],
      );
      return rows.map((row) => row.record);
    },
  };
}
