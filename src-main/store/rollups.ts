import type { WriteDb } from './database.ts';
import type { StoredFacet } from './facets.ts';
import type { StoredRecord } from './records.ts';

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

/** What a record adds to a sum besides its facet. */
export type Summed = Pick<
  StoredRecord,
  | 'requests'
  | 'input'
  | 'cache_read'
  | 'cache_write_5m'
  | 'cache_write_1h'
  | 'cache_write_unknown'
  | 'output'
  | 'reasoning'
  | 'cost_nano_usd'
>;

type Sums = number[];

/** Deltas of the records of one facet, by day and hour: `cells` keys are of `cellOf`. */
interface FacetSums {
  readonly facet: StoredFacet;
  readonly days: Map<number, Sums>;
  readonly hours: Map<number, Sums>;
}

/** A local day (and hour) with the UTC day it stands on, which is at most one away. */
function cellOf(local: LocalTime, utcDay: number): number {
  return (local.day * 24 + (local.hour ?? 0)) * 4 + (utcDay - local.day + 1);
}

function placeOf(cell: number): { day: number; hour: number; utcDay: number } {
  const hours = Math.floor(cell / 4);
  const day = Math.floor(hours / 24);
  return { day, hour: hours % 24, utcDay: day + (cell % 4) - 1 };
}

function sumsAt(cells: Map<number, Sums>, cell: number, width: number): Sums {
  let sums = cells.get(cell);
  if (sums === undefined) {
    sums = new Array<number>(width).fill(0);
    cells.set(cell, sums);
  }
  return sums;
}

function add(sums: Sums, at: number, amount: number): void {
  if (amount !== 0) sums[at] = (sums[at] ?? 0) + amount;
}

function addDay(sums: Sums, facet: StoredFacet, row: Summed, sign: 1 | -1): void {
  add(sums, 0, sign);
  if (facet.grain === monthGrain) add(sums, 1, sign);
  add(sums, 2, sign * row.requests);
  add(sums, 3, sign * row.input);
  add(sums, 4, sign * row.cache_read);
  add(sums, 5, sign * row.cache_write_5m);
  add(sums, 6, sign * row.cache_write_1h);
  add(sums, 7, sign * row.cache_write_unknown);
  add(sums, 8, sign * row.output);
  add(sums, 9, sign * row.reasoning);
  add(sums, 10, sign * (row.cost_nano_usd ?? 0));
  if (facet.cost_state !== 0) return;
  add(sums, 11, sign * Math.max(1, row.requests));
  add(sums, 12, sign);
}

function addHour(sums: Sums, row: Summed, sign: 1 | -1): void {
  add(sums, 0, sign);
  add(sums, 1, sign * row.requests);
  add(sums, 2, sign * (row.cost_nano_usd ?? 0));
}

function upsert(table: string, key: readonly string[], sums: readonly string[]): string {
  const all = [...key, ...sums];
  return `INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})
    ON CONFLICT DO UPDATE SET ${sums.map((s) => `${s} = ${s} + excluded.${s}`).join(', ')}`;
}

export interface Rollups {
  /** Adds (1) or takes away (-1) one record of a facet; written by flush, in the same transaction. */
  count(facet: StoredFacet, row: Summed, utcDay: number, local: LocalTime, sign: 1 | -1): void;
  /** Writes the deltas and answers which (source, UTC day) scopes they touched. */
  flush(): ReadonlyMap<number, ReadonlySet<number>>;
  clear(): void;
}

/** Daily and hourly sums kept by delta beside the records they count. */
export function createRollups(db: WriteDb): Rollups {
  const known = new Map<number, FacetSums>();
  const putDay = db.prepare(upsert('rollup_day', dayKey, daySums));
  const putHour = db.prepare(upsert('rollup_hour', hourKey, hourSums));
  const dropDay = db.prepare(
    `DELETE FROM rollup_day WHERE records = 0 AND ${dayKey.map((k) => `${k} = ?`).join(' AND ')}`,
  );
  const dropHour = db.prepare(
    `DELETE FROM rollup_hour WHERE records = 0 AND ${hourKey.map((k) => `${k} = ?`).join(' AND ')}`,
  );
  const write = (
    key: readonly number[],
    sums: Sums,
    { put, drop }: { put: typeof putDay; drop: typeof dropDay },
  ): void => {
    if (sums.every((sum) => sum === 0)) return;
    put.run(...key, ...sums);
    if ((sums[0] ?? 0) <= 0) drop.run(...key);
  };
  const writeFacet = ({ facet, days, hours }: FacetSums): void => {
    for (const [cell, sums] of days) {
      const { day, utcDay } = placeOf(cell);
      const { source_id, provider_id, model_id, project_id, evidence } = facet;
      const key = [day, source_id, utcDay, provider_id, model_id, project_id, evidence];
      write(key, sums, { put: putDay, drop: dropDay });
    }
    for (const [cell, sums] of hours) {
      const { day, hour, utcDay } = placeOf(cell);
      write([day, hour, facet.source_id, utcDay], sums, { put: putHour, drop: dropHour });
    }
  };
  const touchedScopes = (): Map<number, Set<number>> => {
    const touched = new Map<number, Set<number>>();
    for (const { facet, days } of known.values()) {
      const set = touched.get(facet.source_id) ?? new Set();
      for (const cell of days.keys()) set.add(placeOf(cell).utcDay);
      touched.set(facet.source_id, set);
    }
    return touched;
  };
  return {
    count(facet, row, utcDay, local, sign) {
      let sums = known.get(facet.id);
      if (sums === undefined) {
        sums = { facet, days: new Map(), hours: new Map() };
        known.set(facet.id, sums);
      }
      const day = cellOf({ day: local.day, hour: null }, utcDay);
      addDay(sumsAt(sums.days, day, daySums.length), facet, row, sign);
      if (local.hour === null) return;
      addHour(sumsAt(sums.hours, cellOf(local, utcDay), hourSums.length), row, sign);
    },
    flush() {
      const touched = touchedScopes();
      for (const sums of known.values()) writeFacet(sums);
      known.clear();
      return touched;
    },
    clear() {
      known.clear();
      db.exec('DELETE FROM rollup_day; DELETE FROM rollup_hour;');
    },
  };
}
