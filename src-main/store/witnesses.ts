import type { ReadDb, WriteDb } from './database.ts';
import { rollupTables } from './rollups.ts';

/** One source's presence on one UTC day of an account, as the rollups know it. */
export interface Presence {
  readonly source_id: number;
  readonly utc_day: number;
  /** Requests and tokens it states, added up: only good for telling which of two states more. */
  readonly usage: number;
  /** Whether it knows a cost: of its records some have one, and that is not all zero beside what has none. */
  readonly has_money: number;
  readonly month_records: number;
  /** Sum of what is known of its cost. */
  readonly cost_nano_usd: unknown;
}

/** The same for whoever asks, over grouped rows of a rollup. */
export const presenceSql = `sum(month_records) AS month_records, sum(cost_nano_usd) AS cost_nano_usd,
  (sum(records - unpriced_records) > 0 AND (sum(unpriced_records) = 0 OR sum(cost_nano_usd) <> 0)) AS has_money,
  sum(requests + input + cache_read + cache_write_5m + cache_write_1h + cache_write_unknown + output) AS usage`;

/** Which sources of an account have records on the days `from`..`to` (UTC, inclusive). */
export function presences(db: ReadDb, accountId: number, from: number, to: number): readonly Presence[] {
  return db
    .prepare(
      `SELECT source_id, utc_day, ${presenceSql}
       FROM rollup_source WHERE source_id IN (SELECT id FROM sources WHERE account_id = ?) AND utc_day BETWEEN ? AND ?
       GROUP BY source_id, utc_day`,
    )
    .all(accountId, from, to) as Presence[];
}

export type MarkCounts = (sourceId: number, utcDay: number, cost: boolean, usage: boolean) => void;

/** Marks whether a source's records of a UTC day count for money and for usage. */
export function createMarker(db: WriteDb): MarkCounts {
  // A local day is at most one away from its UTC day, and every rollup's key begins with these three.
  const statements = rollupTables.map(({ name }) =>
    db.prepare(
      `UPDATE ${name} SET counts_cost = @cost, counts_usage = @usage
       WHERE local_day IN (@day - 1, @day, @day + 1) AND source_id = @source AND utc_day = @day
         AND (counts_cost <> @cost OR counts_usage <> @usage)`,
    ),
  );
  return (source, day, cost, usage) => {
    for (const statement of statements)
      statement.run({ source, day, cost: Number(cost), usage: Number(usage) });
  };
}
