import type { ReadDb } from './database.ts';
import { monthGrain, rollupTables } from './rollups.ts';

const dayOf = 'local_day(r.at, f.grain, r.at / 86400000)';
const start = `${dayOf} AS local_day, f.source_id, r.at / 86400000 AS utc_day`;
const joined = 'records r JOIN facets f ON f.id = r.facet_id';

/** Tables that the records themselves are counted for; the others are sums of the first. */
const counted: Readonly<Record<string, string>> = {
  rollup_day: `SELECT ${start}, f.provider_id, f.model_id, f.project_id, f.evidence, count(*),
      sum(f.grain = ${monthGrain}), sum(r.requests), sum(r.input), sum(r.cache_read), sum(r.cache_write_5m),
      sum(r.cache_write_1h), sum(r.cache_write_unknown), sum(r.output), sum(r.reasoning),
      coalesce(sum(r.cost_nano_usd), 0), sum((f.cost_state = 0) * max(1, r.requests)), sum(f.cost_state = 0)
    FROM ${joined} GROUP BY 1, 2, 3, 4, 5, 6, 7`,
  rollup_project_hour: `SELECT ${start}, local_hour(r.at, f.grain) AS hour, f.project_id, count(*), sum(r.requests),
      coalesce(sum(r.cost_nano_usd), 0)
    FROM ${joined} WHERE f.grain < 3 GROUP BY 1, 2, 3, 4, 5`,
};
const finest: Readonly<Record<string, string>> = { rollup_hour: 'rollup_project_hour' };

function expectedSql({ name, key, sums }: (typeof rollupTables)[number]): string {
  const fromRecords = counted[name];
  if (fromRecords !== undefined) return fromRecords;
  const summed = sums.map((sum) => `sum(${sum})`).join(', ');
  return `SELECT ${key.join(', ')}, ${summed} FROM ${finest[name] ?? 'rollup_day'} GROUP BY ${key.join(', ')}`;
}

function cellsOf(db: ReadDb, sql: string, width: number): Map<string, string> {
  const cells = new Map<string, string>();
  for (const row of db.prepare(sql).raw().iterate() as IterableIterator<unknown[]>)
    cells.set(row.slice(0, width).join(), row.slice(width).join());
  return cells;
}

/** How many cells of the coarser rollups differ from the finest ones. Reads no records. */
export function countUnevenSums(db: ReadDb): number {
  return countWrong(
    db,
    rollupTables.filter(({ name }) => counted[name] === undefined),
  );
}

/**
 * How many cells of the rollups differ from what the records say; 0 when all is well. Reads every record. The connection
 * has to know the zone the rollups are in (registerZone).
 */
export function countWrongSums(db: ReadDb): number {
  return countWrong(db, rollupTables);
}

function countWrong(db: ReadDb, tables: typeof rollupTables): number {
  let wrong = 0;
  for (const table of tables) {
    const { name, key, sums } = table;
    const kept = cellsOf(db, `SELECT ${[...key, ...sums].join(', ')} FROM ${name}`, key.length);
    const expected = cellsOf(db, expectedSql(table), key.length);
    for (const [cell, values] of expected) if (kept.get(cell) !== values) wrong++;
    for (const cell of kept.keys()) if (!expected.has(cell)) wrong++;
  }
  return wrong;
}
