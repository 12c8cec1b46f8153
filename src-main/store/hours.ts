import type { ReadDb } from './database.ts';
import type { Where } from './figures.ts';

/** Sums of one weekday (0 Monday) and hour, of one source. */
export interface HourRow {
  readonly weekday: number;
  readonly hour: number;
  readonly source_id: number;
  readonly account_kind: 'api' | 'plan' | 'local';
  readonly counts_cost: number;
  readonly counts_usage: number;
  readonly requests: unknown;
  readonly cost_nano_usd: unknown;
}

/** Usage by weekday and hour from the hourly rollups. `where` may use r, the rollup; its projects only with `byProject`. */
export function hourFigures(db: ReadDb, where: Where, { byProject }: { byProject: boolean }): HourRow[] {
  const kinds = db.prepare('SELECT s.id, a.kind FROM sources s JOIN accounts a ON a.id = s.account_id').raw();
  const kindOf = new Map(kinds.all() as [number, HourRow['account_kind']][]);
  const rows = db
    .prepare(
      `SELECT (r.local_day + 3) % 7 AS weekday, r.hour, r.source_id, r.counts_cost, r.counts_usage,
         sum(r.requests) AS requests, sum(r.cost_nano_usd) AS cost_nano_usd
       FROM ${byProject ? 'rollup_project_hour' : 'rollup_hour'} r WHERE ${where.sql}
       GROUP BY weekday, r.hour, r.source_id, r.counts_cost, r.counts_usage`,
    )
    .all(...where.params) as Omit<HourRow, 'account_kind'>[];
  return rows.map((row) => ({ ...row, account_kind: kindOf.get(row.source_id) ?? 'api' }));
}
