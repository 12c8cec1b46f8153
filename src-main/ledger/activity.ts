import type { Tokens } from '../platform/record.ts';
import { listAccounts } from '../store/accounts.ts';
import type { ReadDb } from '../store/database.ts';
import {
  countsCostSql,
  countsUsageSql,
  localDaySql,
  recordsByUtcDay,
  registerZone,
  type Where,
} from '../store/figures.ts';
import type { StoredRecord } from '../store/records.ts';
import { charges, costStates, grains, tokensOf } from './content.ts';
import { type DayNumber, dayMs, dayText, type Zone } from './day.ts';
import { evidenceLevels } from './evidence.ts';
import { type Filters, fitsRollup, recordWhere, rollupNeeds, rollupWhere } from './filter.ts';

export type ActivitySort = 'at' | 'cost' | 'input' | 'output' | 'model' | 'project' | 'account';

export interface ListOptions {
  readonly filters: Filters;
  readonly sort: ActivitySort;
  readonly order: 'asc' | 'desc';
  readonly offset: number;
  readonly limit: number;
  readonly zone: Zone;
  /** Zone the rollups were built in. */
  readonly rollupZone: string;
}

/** A stored record with its names looked up and whether it counts. */
export interface NamedRecord extends StoredRecord {
  readonly day: number;
  readonly provider: string;
  readonly model: string;
  readonly model_raw: string;
  readonly project: string;
  readonly session: string;
  readonly account_id: number;
  readonly source: string;
  readonly counts_cost: number | null;
  readonly counts_usage: number | null;
}

const name = (column: string): string => `(SELECT text FROM names WHERE id = r.${column})`;

const selectNamed = `SELECT r.*, ${localDaySql} AS day, ${name('provider_id')} AS provider, ${name('model_id')} AS model,
  ${name('model_raw_id')} AS model_raw, ${name('project_id')} AS project, ${name('session_id')} AS session,
  s.account_id, s.label AS source, ${countsCostSql} AS counts_cost, ${countsUsageSql} AS counts_usage
  FROM record_rows r JOIN sources s ON s.id = r.source_id`;

const orderBy: Record<ActivitySort, string> = {
  at: 'r.at',
  cost: 'r.cost_nano_usd',
  input: '(r.input + r.cache_read + r.cache_write_5m + r.cache_write_1h + r.cache_write_unknown)',
  output: 'r.output',
  model: name('model_id'),
  project: name('project_id'),
  account: '(SELECT a.name FROM accounts a JOIN sources s ON s.account_id = a.id WHERE s.id = r.source_id)',
};

export interface ActivityRecord {
  readonly id: number;
  readonly at: number;
  readonly grain: (typeof grains)[number];
  readonly day: string;
  readonly provider: string;
  readonly model: string | null;
  readonly modelRaw: string | null;
  readonly project: string | null;
  readonly session: string | null;
  readonly account: string;
  readonly accountId: number;
  readonly accountKind: 'api' | 'plan' | 'local';
  readonly source: string;
  readonly sourceId: number;
  readonly importId: number;
  readonly requests: number;
  readonly tokens: Tokens;
  readonly costState: (typeof costStates)[number];
  readonly costNanoUsd: number | null;
  readonly evidence: (typeof evidenceLevels)[number];
  readonly charge: (typeof charges)[number];
  readonly status: string | null;
  readonly countsCost: boolean;
  readonly countsUsage: boolean;
}

function toActivity(
  row: NamedRecord,
  accounts: ReadonlyMap<number, { name: string; kind: 'api' | 'plan' | 'local' }>,
): ActivityRecord {
  const account = accounts.get(row.account_id);
  return {
    id: row.id,
    at: row.at,
    grain: grains[row.grain] ?? 'instant',
    day: dayText(row.day),
    provider: row.provider,
    model: row.model || null,
    modelRaw: row.model_raw || null,
    project: row.project || null,
    session: row.session || null,
    account: account?.name ?? '',
    accountId: row.account_id,
    accountKind: account?.kind ?? 'api',
    source: row.source,
    sourceId: row.source_id,
    importId: row.import_id,
    requests: row.requests,
    tokens: tokensOf(row),
    costState: costStates[row.cost_state] ?? 'unpriced',
    costNanoUsd: row.cost_nano_usd,
    evidence: evidenceLevels[row.evidence] ?? 'estimated',
    charge: charges[row.charge] ?? 'usage',
    status: row.status,
    countsCost: row.counts_cost === 1,
    countsUsage: row.counts_usage === 1,
  };
}

function accountsById(db: ReadDb): Map<number, { name: string; kind: 'api' | 'plan' | 'local' }> {
  return new Map(listAccounts(db).map((account) => [account.id, account]));
}

type DayCounts = ReturnType<typeof recordsByUtcDay>;

/** How many records match on each UTC day, where a rollup knows it. */
function countsByDay(db: ReadDb, { filters, zone, rollupZone }: ListOptions): DayCounts | null {
  if (zone.name !== rollupZone || !fitsRollup(filters)) return null;
  return recordsByUtcDay(db, { where: rollupWhere(filters), filters: rollupNeeds(filters) });
}

/** The UTC days on which a window of the matches lies, and how many matches of those days come before it. */
function daysOfWindow(
  counts: DayCounts,
  { order, offset, limit }: ListOptions,
): { from: DayNumber; to: DayNumber; skip: number } | null {
  const days = order === 'asc' ? counts : counts.toReversed();
  let before = 0;
  let [first, last, skip]: [DayNumber | null, DayNumber, number] = [null, 0, 0];
  for (const { day, records } of days) {
    if (before >= offset + limit) break;
    if (before + records > offset) {
      if (first === null) [first, skip] = [day, offset - before];
      last = day;
    }
    before += records;
  }
  return first === null ? null : { from: Math.min(first, last), to: Math.max(first, last), skip };
}

function and(where: Where, sql: string, ...params: number[]): Where {
  return { sql: `${where.sql} AND ${sql}`, params: [...where.params, ...params] };
}

/** Ids of one window of the matching records. A window in order of time reads only the days it lies on. */
function idsOfWindow(
  db: ReadDb,
  options: ListOptions,
  { where, counts }: { readonly where: Where; readonly counts: DayCounts | null },
): readonly number[] {
  const { sort, limit, offset } = options;
  const direction = options.order === 'asc' ? 'ASC' : 'DESC';
  const read = ({ sql, params }: Where, skip: number): number[] =>
    db
      .prepare(
        `SELECT r.id FROM record_rows r WHERE ${sql} ORDER BY ${orderBy[sort]} ${direction}, r.id ${direction} LIMIT ? OFFSET ?`,
      )
      .pluck()
      .all(...params, limit, skip) as number[];
  if (counts === null || sort !== 'at') return read(where, offset);
  const days = daysOfWindow(counts, options);
  if (days === null) return [];
  return read(and(where, 'r.at >= ? AND r.at < ?', days.from * dayMs, (days.to + 1) * dayMs), days.skip);
}

export interface ActivityWindow {
  readonly records: readonly ActivityRecord[];
  readonly total: number;
}

/** One window of the matching records, and how many match in all: both of one moment, whatever is written meanwhile. */
export function listActivity(db: ReadDb, options: ListOptions): ActivityWindow {
  registerZone(db, options.zone);
  return db.transaction(() => readWindow(db, options))();
}

function readWindow(db: ReadDb, options: ListOptions): ActivityWindow {
  const where = recordWhere(options.filters, options.zone);
  const counts = countsByDay(db, options);
  const ids = idsOfWindow(db, options, { where, counts });
  const rows = db
    .prepare(`${selectNamed} WHERE r.id IN (${ids.map(() => '?').join(', ')})`)
    .all(...ids) as NamedRecord[];
  const byId = new Map(rows.map((row) => [row.id, row]));
  const total =
    counts?.reduce((sum, { records }) => sum + records, 0) ??
    (db
      .prepare(`SELECT count(*) FROM record_rows r WHERE ${where.sql}`)
      .pluck()
      .get(...where.params) as number);
  const accounts = accountsById(db);
  const records = ids.flatMap((id) => {
    const row = byId.get(id);
    return row === undefined ? [] : [toActivity(row, accounts)];
  });
  return { records, total };
}

/** Every matching record, oldest first, one at a time: for exports. */
export function* eachActivity(
  db: ReadDb,
  filters: Filters,
  zone: Zone,
): Generator<{ record: ActivityRecord; row: NamedRecord }> {
  registerZone(db, zone);
  const where = recordWhere(filters, zone);
  const accounts = accountsById(db);
  const rows = db.prepare(`${selectNamed} WHERE ${where.sql} ORDER BY r.at, r.id`).iterate(...where.params);
  for (const row of rows as IterableIterator<NamedRecord>) yield { record: toActivity(row, accounts), row };
}

export function getActivity(
  db: ReadDb,
  id: number,
  zone: Zone,
): { record: ActivityRecord; row: NamedRecord } | undefined {
  registerZone(db, zone);
  const row = db.prepare(`${selectNamed} WHERE r.id = ?`).get(id) as NamedRecord | undefined;
  return row === undefined ? undefined : { record: toActivity(row, accountsById(db)), row };
}

/** Names of the sources that stand in for another on an account's UTC day. */
export function standIns(
  db: ReadDb,
  row: NamedRecord,
): { cost: readonly string[]; usage: readonly string[] } {
  const find = (column: 'counts_cost' | 'counts_usage'): string[] =>
    db
      .prepare(
        `SELECT DISTINCT s.label FROM rollup_source d JOIN sources s ON s.id = d.source_id
         WHERE s.account_id = ? AND d.utc_day = ? AND d.${column} = 1 AND d.source_id <> ?`,
      )
      .pluck()
      .all(row.account_id, row.utc_day, row.source_id) as string[];
  return { cost: find('counts_cost'), usage: find('counts_usage') };
}
