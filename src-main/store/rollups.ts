import type { WriteDb } from './database.ts';
import type { RecordRow } from './records.ts';

/** Where a record falls in the chosen zone; hour is null for records that stand for a whole day or month. */
export interface LocalTime {
  readonly day: number;
  readonly hour: number | null;
}

const dayKey = [
  'local_day',
  'source_id',
  'utc_day',
  'provider_id',
  'model_id',
  'project_id',
  'evidence',
] as const;
const daySums = [
  'records',
  'month_records',
  'requests',
  'input',
  'cache_read',
  'cache_write_5m',
  'cache_write_1h',
  'cache_write_unknown',
  'output',
  'reasoning',
  'cost_nano_usd',
  'unpriced_requests',
  'unpriced_records',
] as const;
const hourKey = ['local_day', 'hour', 'source_id', 'utc_day'] as const;
const hourSums = ['records', 'requests', 'cost_nano_usd'] as const;

export const monthGrain = 4;

function daySumsOf(row: RecordRow): number[] {
  const unpriced = row.cost_state === 0;
  return [
    1,
    row.grain === monthGrain ? 1 : 0,
    row.requests,
    row.input,
    row.cache_read,
    row.cache_write_5m,
    row.cache_write_1h,
    row.cache_write_unknown,
    row.output,
    row.reasoning,
    row.cost_nano_usd ?? 0,
    unpriced ? Math.max(1, row.requests) : 0,
    unpriced ? 1 : 0,
  ];
}

function accumulate(into: Map<string, number[]>, key: string, sums: readonly number[], sign: 1 | -1): void {
  const entry = into.get(key);
  if (entry === undefined)
    into.set(
      key,
      sums.map((n) => sign * n),
    );
  else for (const [i, n] of sums.entries()) entry[i] = (entry[i] ?? 0) + sign * n;
}

function upsert(table: string, key: readonly string[], sums: readonly string[]): string {
  const all = [...key, ...sums];
  return `INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})
    ON CONFLICT DO UPDATE SET ${sums.map((s) => `${s} = ${s} + excluded.${s}`).join(', ')}`;
}

export interface Rollups {
  /** Adds (1) or takes away (-1) one record; written by flush, in the same transaction. */
  count(row: RecordRow, local: LocalTime, sign: 1 | -1): void;
  /** Writes the deltas and answers which (source, UTC day) scopes they touched. */
  flush(): ReadonlyMap<number, ReadonlySet<number>>;
  clear(): void;
}

/** Daily and hourly sums kept by delta beside the records they count. */
export function createRollups(db: WriteDb): Rollups {
  const days = new Map<string, number[]>();
  const hours = new Map<string, number[]>();
  const putDay = db.prepare(upsert('rollup_day', dayKey, daySums));
  const putHour = db.prepare(upsert('rollup_hour', hourKey, hourSums));
  const dropDay = db.prepare(
    `DELETE FROM rollup_day WHERE records = 0 AND ${dayKey.map((k) => `${k} = ?`).join(' AND ')}`,
  );
  const dropHour = db.prepare(
    `DELETE FROM rollup_hour WHERE records = 0 AND ${hourKey.map((k) => `${k} = ?`).join(' AND ')}`,
  );
  const write = (deltas: Map<string, number[]>, put: typeof putDay, drop: typeof dropDay): void => {
    for (const [text, sums] of deltas) {
      if (sums.every((sum) => sum === 0)) continue;
      const key = text.split('|').map(Number);
      put.run(...key, ...sums);
      if ((sums[0] ?? 0) <= 0) drop.run(...key);
    }
    deltas.clear();
  };
  const touchedScopes = (): Map<number, Set<number>> => {
    const touched = new Map<number, Set<number>>();
    for (const text of days.keys()) {
      const [, source = 0, day = 0] = text.split('|').map(Number);
      const set = touched.get(source);
      if (set === undefined) touched.set(source, new Set([day]));
      else set.add(day);
    }
    return touched;
  };
  return {
    count(row, local, sign) {
      const key = `${local.day}|${row.source_id}|${row.utc_day}|${row.provider_id}|${row.model_id}|${row.project_id}|${row.evidence}`;
      accumulate(days, key, daySumsOf(row), sign);
      if (local.hour === null) return;
      accumulate(
        hours,
        `${local.day}|${local.hour}|${row.source_id}|${row.utc_day}`,
        [1, row.requests, row.cost_nano_usd ?? 0],
        sign,
      );
    },
    flush() {
      const touched = touchedScopes();
      write(days, putDay, dropDay);
      write(hours, putHour, dropHour);
      return touched;
    },
    clear() {
      days.clear();
      hours.clear();
      db.exec('DELETE FROM rollup_day; DELETE FROM rollup_hour;');
    },
  };
}
