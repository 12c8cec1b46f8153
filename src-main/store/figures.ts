import type { ReadDb } from './database.ts';

/** A condition and its parameters. */
export interface Where {
  readonly sql: string;
  readonly params: readonly (string | number)[];
}

export type FigureKey =
  | 'day'
  | 'model'
  | 'provider'
  | 'project'
  | 'account'
  | 'source'
  | 'session'
  | 'hour'
  | 'weekday';

/** Sums of one group of ledger rows that share evidence, kind of account and whether they count. */
export interface FigureRow {
  readonly day?: number;
  readonly model?: string;
  readonly provider?: string;
  readonly project?: string;
  readonly account_id?: number;
  readonly source_id?: number;
  readonly session?: string;
  readonly hour?: number | null;
  readonly weekday?: number;
  readonly evidence: number;
  readonly account_kind: 'api' | 'plan' | 'local';
  readonly counts_cost: number;
  readonly counts_usage: number;
  readonly records: unknown;
  readonly requests: unknown;
  readonly input: unknown;
  readonly cache_read: unknown;
  readonly cache_write_5m: unknown;
  readonly cache_write_1h: unknown;
  readonly cache_write_unknown: unknown;
  readonly output: unknown;
  readonly reasoning: unknown;
  readonly cost_nano_usd: unknown;
  readonly unpriced_requests: unknown;
}

/** Expressions over the rollup (`r`) and over single records (`r`, with local_day() and local_hour() registered). */
const rollupKeys: Partial<Record<FigureKey, string>> = {
  day: 'r.local_day AS day',
  weekday: '(r.local_day + 3) % 7 AS weekday',
  model: '(SELECT text FROM names WHERE id = r.model_id) AS model',
  provider: '(SELECT text FROM names WHERE id = r.provider_id) AS provider',
  project: '(SELECT text FROM names WHERE id = r.project_id) AS project',
  account: 's.account_id AS account_id',
  source: 'r.source_id AS source_id',
};
const groupColumn: Record<FigureKey, string> = {
  day: 'day',
  weekday: 'weekday',
  model: 'r.model_id',
  provider: 'r.provider_id',
  project: 'r.project_id',
  account: 's.account_id',
  source: 'r.source_id',
  session: 'r.session_id',
  hour: 'hour',
};

const sums = [
  'requests',
  'input',
  'cache_read',
  'cache_write_5m',
  'cache_write_1h',
  'cache_write_unknown',
  'output',
  'reasoning',
] as const;

function select(
  keys: readonly string[],
  columns: string,
  from: string,
  where: Where,
  group: readonly string[],
): string {
  const all = [...keys, 'r.evidence', 'a.kind AS account_kind', columns].join(', ');
  return `SELECT ${all} FROM ${from} JOIN sources s ON s.id = r.source_id JOIN accounts a ON a.id = s.account_id
    WHERE ${where.sql} GROUP BY ${[...group, 'r.evidence', 'a.kind', 'counts_cost', 'counts_usage'].join(', ')}`;
}

export function isInRollup(keys: readonly FigureKey[]): boolean {
  return keys.every((key) => key in rollupKeys);
}

/** Figures from the daily rollup. `where` may use r (rollup_day), s (sources) and a (accounts). */
export function rollupFigures(db: ReadDb, keys: readonly FigureKey[], where: Where): readonly FigureRow[] {
  const columns = [
    'r.counts_cost AS counts_cost',
    'r.counts_usage AS counts_usage',
    'sum(r.records) AS records',
    ...sums.map((s) => `sum(r.${s}) AS ${s}`),
    'sum(r.cost_nano_usd) AS cost_nano_usd',
    'sum(r.unpriced_requests) AS unpriced_requests',
  ].join(', ');
  const sql = select(
    keys.map((key) => rollupKeys[key] ?? ''),
    columns,
    'rollup_day r',
    where,
    keys.map((key) => groupColumn[key]),
  );
  return db.prepare(sql).all(...where.params) as FigureRow[];
}

/** Whether a record's source counts on its UTC day, looked up in the rollup that the witness rule marks. */
export const countsCostSql =
  '(SELECT d.counts_cost FROM rollup_day d WHERE d.source_id = r.source_id AND d.utc_day = r.utc_day LIMIT 1)';
export const countsUsageSql =
  '(SELECT d.counts_usage FROM rollup_day d WHERE d.source_id = r.source_id AND d.utc_day = r.utc_day LIMIT 1)';
export const localDaySql = 'local_day(r.at, r.grain, r.utc_day)';
export const localHourSql = 'local_hour(r.at, r.grain)';

/** Figures counted from single records: any key, any zone, any filter; slower than the rollup, same answer. */
export function recordFigures(db: ReadDb, keys: readonly FigureKey[], where: Where): readonly FigureRow[] {
  const recordKeys: Partial<Record<FigureKey, string>> = {
    ...rollupKeys,
    day: `${localDaySql} AS day`,
    weekday: `(${localDaySql} + 3) % 7 AS weekday`,
    hour: `${localHourSql} AS hour`,
    session: '(SELECT text FROM names WHERE id = r.session_id) AS session',
  };
  const columns = [
    `${countsCostSql} AS counts_cost`,
    `${countsUsageSql} AS counts_usage`,
    'count(*) AS records',
    ...sums.map((s) => `sum(r.${s}) AS ${s}`),
    'coalesce(sum(r.cost_nano_usd), 0) AS cost_nano_usd',
    'sum(CASE WHEN r.cost_state = 0 THEN max(1, r.requests) ELSE 0 END) AS unpriced_requests',
  ].join(', ');
  const sql = select(
    keys.map((key) => recordKeys[key] ?? ''),
    columns,
    'record_rows r',
    where,
    keys.map((key) => groupColumn[key]),
  );
  return db.prepare(sql).all(...where.params) as FigureRow[];
}

export interface ZoneAt {
  at(ms: number): { day: number; hour: number };
}

/** Teaches a connection the chosen zone: local_day(at, grain, utc_day) and local_hour(at, grain). */
export function registerZone(db: ReadDb, zone: ZoneAt): void {
  const dayGrain = 3;
  db.function('local_day', { deterministic: false }, (at: unknown, grain: unknown, utcDay: unknown) =>
    (grain as number) >= dayGrain ? (utcDay as number) : zone.at(at as number).day,
  );
  db.function('local_hour', { deterministic: false }, (at: unknown, grain: unknown) =>
    (grain as number) >= dayGrain ? null : zone.at(at as number).hour,
  );
}
