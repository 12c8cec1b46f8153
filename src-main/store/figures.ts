import type { ReadDb } from './database.ts';
import { createNameReader } from './names.ts';

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

/** Expressions over single records (`r`, with local_day() and local_hour() registered). */
const recordKeys: Record<FigureKey, string> = {
  day: 'local_day(r.at, r.grain, r.utc_day) AS day',
  weekday: '(local_day(r.at, r.grain, r.utc_day) + 3) % 7 AS weekday',
  hour: 'local_hour(r.at, r.grain) AS hour',
  session: '(SELECT text FROM names WHERE id = r.session_id) AS session',
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

/** What narrows figures down, as far as a rollup may know it; days, sources and evidence are known to all of them. */
export type RollupFilter = 'model' | 'provider' | 'project';

/** A table of daily sums: which keys it tells apart besides days, sources and accounts. */
interface RollupTable {
  readonly name: string;
  readonly keys: readonly FigureKey[];
}

/** From the smallest; the first that knows enough answers. */
const rollups: readonly RollupTable[] = [
  { name: 'rollup_source', keys: [] },
  { name: 'rollup_model', keys: ['model', 'provider'] },
  { name: 'rollup_project', keys: ['project'] },
  { name: 'rollup_day', keys: ['model', 'provider', 'project'] },
];
const inEvery: readonly FigureKey[] = ['day', 'weekday', 'account', 'source'];

function smallestRollup(
  keys: readonly FigureKey[],
  filters: readonly RollupFilter[],
): RollupTable | undefined {
  return rollups.find((table) =>
    [...keys, ...filters].every((key) => inEvery.includes(key) || table.keys.includes(key)),
  );
}

export function isInRollup(keys: readonly FigureKey[]): boolean {
  return smallestRollup(keys, []) !== undefined;
}

/** A row as the rollups give it: names and accounts as ids. */
type RollupRow = {
  -readonly [K in keyof FigureRow]: FigureRow[K];
} & { source_id: number; model_id?: number; provider_id?: number; project_id?: number };

/** Columns that a key is read from; accounts follow from sources, which are always read. */
const rollupColumns: Partial<Record<FigureKey, string>> = {
  day: 'r.local_day AS day',
  weekday: '(r.local_day + 3) % 7 AS weekday',
  model: 'r.model_id',
  provider: 'r.provider_id',
  project: 'r.project_id',
};
const named = ['model', 'provider', 'project'] as const;

interface SourceAccount {
  readonly id: number;
  readonly account_id: number;
  readonly kind: FigureRow['account_kind'];
}

/** Asked by day and all else a table tells apart, its rows are the answer; grouping them would only sort them again. */
function isWhole(table: RollupTable, keys: readonly FigureKey[]): boolean {
  const own = table.keys.filter((key) => key !== 'provider');
  return keys.includes('day') && own.every((key) => keys.includes(key));
}

function rollupSelect(table: RollupTable, keys: readonly FigureKey[], where: Where): string {
  const columns = ['r.source_id', ...keys.flatMap((key) => rollupColumns[key] ?? [])];
  const flags = ['r.evidence', 'r.counts_cost', 'r.counts_usage'];
  const added = ['records', ...sums, 'cost_nano_usd', 'unpriced_requests'];
  const whole = isWhole(table, keys);
  const group = [...columns.map((column) => column.replace(/^.* AS /, '')), ...flags].join(', ');
  return `SELECT ${[...columns, ...flags, ...added.map((s) => (whole ? `r.${s}` : `sum(r.${s}) AS ${s}`))].join(', ')}
    FROM ${table.name} r WHERE ${where.sql} ${whole ? '' : `GROUP BY ${group}`}`;
}

/**
 * Figures from the smallest daily rollup that knows the keys and what `filters` narrow down. `where` may use r, the rollup.
 * A group may come as several rows, of several sources or days: they are to be added up.
 */
export function rollupFigures(
  db: ReadDb,
  keys: readonly FigureKey[],
  { where, filters }: { readonly where: Where; readonly filters: readonly RollupFilter[] },
): readonly FigureRow[] {
  const table = smallestRollup(keys, filters);
  if (table === undefined) throw new Error(`no rollup tells ${keys.join(', ')} apart`);
  const accounts = db
    .prepare('SELECT s.id, s.account_id, a.kind FROM sources s JOIN accounts a ON a.id = s.account_id')
    .all() as SourceAccount[];
  const accountOf = new Map(accounts.map((source) => [source.id, source]));
  const nameOf = createNameReader(db);
  const texts = named.filter((key) => keys.includes(key));
  const rows = db.prepare(rollupSelect(table, keys, where)).all(...where.params) as RollupRow[];
  for (const row of rows) {
    const account = accountOf.get(row.source_id);
    row.account_id = account?.account_id ?? 0;
    row.account_kind = account?.kind ?? 'api';
    for (const key of texts) row[key] = nameOf(row[`${key}_id`] ?? 0);
  }
  return rows;
}

/** How many records match on each UTC day, in order of the days. */
export function recordsByUtcDay(
  db: ReadDb,
  { where, filters }: { readonly where: Where; readonly filters: readonly RollupFilter[] },
): readonly { readonly day: number; readonly records: number }[] {
  const table = smallestRollup([], filters);
  if (table === undefined) return [];
  return db
    .prepare(
      `SELECT r.utc_day AS day, sum(r.records) AS records FROM ${table.name} r WHERE ${where.sql}
       GROUP BY r.utc_day ORDER BY r.utc_day`,
    )
    .all(...where.params) as { day: number; records: number }[];
}

/** Whether a record's source counts on its UTC day, looked up in the rollup that the witness rule marks. */
export const countsCostSql =
  '(SELECT d.counts_cost FROM rollup_source d WHERE d.source_id = r.source_id AND d.utc_day = r.utc_day LIMIT 1)';
export const countsUsageSql =
  '(SELECT d.counts_usage FROM rollup_source d WHERE d.source_id = r.source_id AND d.utc_day = r.utc_day LIMIT 1)';
export const localDaySql = 'local_day(r.at, r.grain, r.utc_day)';
export const localHourSql = 'local_hour(r.at, r.grain)';

/** Figures counted from single records: any key, any zone, any filter; slower than the rollup, same answer. */
export function recordFigures(db: ReadDb, keys: readonly FigureKey[], where: Where): readonly FigureRow[] {
  const columns = [
    `${countsCostSql} AS counts_cost`,
    `${countsUsageSql} AS counts_usage`,
    'count(*) AS records',
    ...sums.map((s) => `sum(r.${s}) AS ${s}`),
    'coalesce(sum(r.cost_nano_usd), 0) AS cost_nano_usd',
    'sum(CASE WHEN r.cost_state = 0 THEN max(1, r.requests) ELSE 0 END) AS unpriced_requests',
  ].join(', ');
  const sql = select(
    keys.map((key) => recordKeys[key]),
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
