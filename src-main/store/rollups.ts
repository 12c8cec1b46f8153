import type { WriteDb } from './database.ts';
import type { StoredFacet } from './facets.ts';
import type { StoredRecord } from './records.ts';

/** Where a record falls in the chosen zone; hour is null for records that stand for a whole day or month. */
export interface LocalTime {
  readonly day: number;
  readonly hour: number | null;
}

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

/** Where a sum stands: what its facet says, and its days. */
interface Place {
  readonly facet: StoredFacet;
  readonly day: number;
  readonly hour: number;
  readonly utcDay: number;
}

/** One table of sums. Every key begins with the local day, the source and the UTC day: witnesses are marked by them. */
interface RollupTable {
  readonly name: string;
  readonly key: readonly string[];
  readonly sums: readonly string[];
  keyOf(place: Place): readonly number[];
}

const start = ['local_day', 'source_id', 'utc_day'] as const;
const startOf = ({ facet, day, utcDay }: Place): [number, number, number] => [day, facet.source_id, utcDay];

const dayTables: readonly RollupTable[] = [
  {
    name: 'rollup_day',
    key: [...start, 'provider_id', 'model_id', 'project_id', 'evidence'],
    sums: daySums,
    keyOf: (place) => {
      const { provider_id, model_id, project_id, evidence } = place.facet;
      return [...startOf(place), provider_id, model_id, project_id, evidence];
    },
  },
  {
    name: 'rollup_model',
    key: [...start, 'provider_id', 'model_id', 'evidence'],
    sums: daySums,
    keyOf: (place) => [
      ...startOf(place),
      place.facet.provider_id,
      place.facet.model_id,
      place.facet.evidence,
    ],
  },
  {
    name: 'rollup_project',
    key: [...start, 'project_id', 'evidence'],
    sums: daySums,
    keyOf: (place) => [...startOf(place), place.facet.project_id, place.facet.evidence],
  },
  {
    name: 'rollup_source',
    key: [...start, 'evidence'],
    sums: daySums,
    keyOf: (place) => [...startOf(place), place.facet.evidence],
  },
];

const hourTables: readonly RollupTable[] = [
  {
    name: 'rollup_hour',
    key: [...start, 'hour'],
    sums: hourSums,
    keyOf: (place) => [...startOf(place), place.hour],
  },
  {
    name: 'rollup_project_hour',
    key: [...start, 'hour', 'project_id'],
    sums: hourSums,
    keyOf: (place) => [...startOf(place), place.hour, place.facet.project_id],
  },
];

/** Every table of sums kept beside the records, the finest daily one first. */
export const rollupTables: readonly Pick<RollupTable, 'name' | 'key' | 'sums'>[] = [
  ...dayTables,
  ...hourTables,
];

/** New sums count until witnesses are settled, as most do then: those that do not are marked again, the others are not. */
function upsert({ name, key, sums }: RollupTable): string {
  const all = [...key, ...sums];
  return `INSERT INTO ${name} (${all.join(', ')}, counts_cost, counts_usage) VALUES (${all.map(() => '?').join(', ')}, 1, 1)
    ON CONFLICT DO UPDATE SET ${sums.map((s) => `${s} = ${s} + excluded.${s}`).join(', ')}`;
}

/** Deltas of one table, by key. */
interface Deltas {
  add(place: Place, sums: Sums): void;
  write(): void;
}

function deltasOf(db: WriteDb, table: RollupTable): Deltas {
  const put = db.prepare(upsert(table));
  const drop = db.prepare(
    `DELETE FROM ${table.name} WHERE records = 0 AND ${table.key.map((k) => `${k} = ?`).join(' AND ')}`,
  );
  const cells = new Map<string, { readonly key: readonly number[]; readonly sums: Sums }>();
  return {
    add(place, sums) {
      const key = table.keyOf(place);
      const id = key.join();
      const cell = cells.get(id);
      if (cell === undefined) cells.set(id, { key, sums: [...sums] });
      else for (const [at, sum] of sums.entries()) add(cell.sums, at, sum);
    },
    write() {
      for (const { key, sums } of cells.values()) {
        if (sums.every((sum) => sum === 0)) continue;
        put.run(...key, ...sums);
        if ((sums[0] ?? 0) <= 0) drop.run(...key);
      }
      cells.clear();
    },
  };
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
  const dayDeltas = dayTables.map((table) => deltasOf(db, table));
  const hourDeltas = hourTables.map((table) => deltasOf(db, table));
  const touchedScopes = (): Map<number, Set<number>> => {
    const touched = new Map<number, Set<number>>();
    for (const { facet, days } of known.values()) {
      const set = touched.get(facet.source_id) ?? new Set();
      for (const cell of days.keys()) set.add(placeOf(cell).utcDay);
      touched.set(facet.source_id, set);
    }
    return touched;
  };
  const spread = (sums: FacetSums): void => {
    const { facet } = sums;
    for (const [cell, values] of sums.days)
      for (const table of dayDeltas) table.add({ facet, ...placeOf(cell) }, values);
    for (const [cell, values] of sums.hours)
      for (const table of hourDeltas) table.add({ facet, ...placeOf(cell) }, values);
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
      for (const sums of known.values()) spread(sums);
      for (const table of [...dayDeltas, ...hourDeltas]) table.write();
      known.clear();
      return touched;
    },
    clear() {
      known.clear();
      for (const { name } of rollupTables) db.exec(`DELETE FROM ${name}`);
    },
  };
}
