import type { Pool } from "pg";
import type { Json } from "../domain/json.ts";
import type { IntentRecord, RecordState } from "../domain/record.ts";
import { inTransaction } from "./executions.ts";

export type RecordEvent = { readonly seq: number; readonly at: string; readonly type: string; readonly data: Json };
export type RecordPage = { readonly records: readonly IntentRecord[]; readonly cursor?: string };

export type RecordStore = {
  create(record: IntentRecord): Promise<void>;
  /** Replaces the record and appends the event that explains the change, in one transaction. */
  update(record: IntentRecord, event: { readonly type: string; readonly data: Json }): Promise<RecordEvent>;
  get(id: string): Promise<IntentRecord | undefined>;
  list(options: {
    readonly state?: RecordState;
    readonly thread?: string;
    /** Address in any case. */
    readonly account?: string;
    readonly cursor?: string;
    readonly limit: number;
  }): Promise<RecordPage>;
  /** Events after `afterSeq`, oldest first. */
  events(id: string, afterSeq: number): Promise<readonly RecordEvent[]>;
};

/** Intent records and their event log. */
export function createRecordStore(pool: Pool): RecordStore {
  return {
    create: async (record) => {
      await pool.query(
        `insert into intents (id, state, account, chain_id, mode, thread, record, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
        [
          record.id,
          record.state,
          record.account.toLowerCase(),
          record.chainId,
          record.mode,
          record.thread ?? null,
          JSON.stringify(record),
          record.createdAt,
        ],
      );
    },
    update: (record, event) =>
      inTransaction(pool, async (client) => {
        await client.query("update intents set state = $2, record = $3, updated_at = $4 where id = $1", [
          record.id,
          record.state,
          JSON.stringify(record),
          record.updatedAt,
        ]);
        const { rows } = await client.query<{ seq: number }>(
          `insert into intent_events (intent_id, seq, at, type, data)
           select $1, coalesce(max(seq), 0) + 1, $2, $3, $4 from intent_events where intent_id = $1 returning seq`,
          [record.id, record.updatedAt, event.type, JSON.stringify(event.data)],
        );
        return { seq: rows[0]?.seq ?? 0, at: record.updatedAt, type: event.type, data: event.data };
      }),
    get: async (id) => {
      const { rows } = await pool.query<{ record: IntentRecord }>("select record from intents where id = $1", [id]);
      return rows[0]?.record;
    },
    list: async ({ state, thread, account, cursor, limit }) => {
      const { rows } = await pool.query<{ record: IntentRecord }>(
        `select record from intents
         where ($1::text is null or state = $1) and ($2::text is null or thread = $2)
           and ($3::text is null or account = $3)
           and ($4::text is null or (created_at, id) < (select created_at, id from intents where id = $4))
         order by created_at desc, id desc limit $5`,
        [state ?? null, thread ?? null, account?.toLowerCase() ?? null, cursor ?? null, limit],
      );
      const records = rows.map((row) => row.record);
      const last = records.at(-1);
      return records.length === limit && last !== undefined ? { records, cursor: last.id } : { records };
    },
    events: async (id, afterSeq) => {
      const { rows } = await pool.query<{ seq: number; at: Date; type: string; data: Json }>(
        "select seq, at, type, data from intent_events where intent_id = $1 and seq > $2 order by seq",
        [id, afterSeq],
      );
      return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    },
  };
}
