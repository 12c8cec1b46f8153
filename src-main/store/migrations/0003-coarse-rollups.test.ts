import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { tempDir } from '../../testing/temp-dir.ts';
import { readMeta, writeMeta } from '../meta.ts';
import { ledgerPath, openLedger } from '../open.ts';
import { createMarker } from '../witnesses.ts';
import { ledger } from './0001-ledger.ts';
import { facets } from './0002-facets.ts';

const clock = { now: () => Date.UTC(2026, 10, 21) };

/** Sums as 0002 kept them: two models and two projects of one source on one day, and another source beside it. */
function secondLedger(dir: string): void {
  const db = new Database(ledgerPath(dir));
  ledger.up(db);
  facets.up(db);
  db.pragma('user_version = 2');
  writeMeta(db, 'zone', 'Europe/Berlin');
  const sums = (n: number): string => Array.from({ length: 13 }, (_, i) => n * (i + 1)).join(', ');
  db.exec(`INSERT INTO rollup_day VALUES
    (100, 1, 100, 1, 10, 20, 2, 1, 1, ${sums(1)}), (100, 1, 100, 1, 10, 21, 2, 1, 1, ${sums(10)}),
    (100, 1, 100, 1, 11, 20, 2, 1, 1, ${sums(100)}), (100, 2, 99, 1, 11, 20, 0, 0, 1, ${sums(1000)});
    INSERT INTO rollup_hour VALUES (100, 7, 1, 100, 1, 1, 111, 333, 1221), (100, 8, 2, 99, 0, 1, 4, 5, 6);`);
  db.close();
}

test('the coarser sums are those of the day, with the same witnesses; hours stay', () => {
  using dir = tempDir();
  secondLedger(dir.path);
  const db = openLedger(dir.path, clock);
  const read = (columns: string, table: string): unknown =>
    db.prepare(`SELECT ${columns} FROM ${table} ORDER BY 1, 2, 3`).raw().all();
  expect(
    read('source_id, model_id, records, cost_nano_usd, counts_cost, counts_usage', 'rollup_model'),
  ).toEqual([
    [1, 10, 11, 121, 1, 1],
    [1, 11, 100, 1100, 1, 1],
    [2, 11, 1000, 11000, 0, 1],
  ]);
  expect(read('source_id, project_id, records, unpriced_records', 'rollup_project')).toEqual([
    [1, 20, 101, 1313],
    [1, 21, 10, 130],
    [2, 20, 1000, 13000],
  ]);
  expect(read('source_id, utc_day, records, requests, counts_cost', 'rollup_source')).toEqual([
    [1, 100, 111, 333, 1],
    [2, 99, 1000, 3000, 0],
  ]);
  expect(read('source_id, utc_day, hour, records, requests, counts_cost', 'rollup_hour')).toEqual([
    [1, 100, 7, 111, 333, 1],
    [2, 99, 8, 4, 5, 0],
  ]);
  // Hours by project are known to the records alone: without a zone, the start counts everything anew.
  expect(readMeta(db, 'zone')).toBeUndefined();
  db.close();
});

test('marking a witness finds its rows by the key of every table, without an index of its own', () => {
  using dir = tempDir();
  secondLedger(dir.path);
  const db = openLedger(dir.path, clock);
  createMarker(db)(1, 100, false, true);
  for (const table of ['rollup_day', 'rollup_model', 'rollup_project', 'rollup_source', 'rollup_hour']) {
    const flags = db
      .prepare(`SELECT DISTINCT source_id, counts_cost, counts_usage FROM ${table}`)
      .raw()
      .all();
    expect(flags.toSorted(), table).toEqual([
      [1, 0, 1],
      [2, 0, 1],
    ]);
    const plan = db
      .prepare(
        `EXPLAIN QUERY PLAN UPDATE ${table} SET counts_cost = 1
         WHERE local_day IN (99, 100, 101) AND source_id = 1 AND utc_day = 100 AND counts_cost <> 1`,
      )
      .all() as { detail: string }[];
    expect(plan[0]?.detail, table).toMatch(/SEARCH .*local_day=\? AND source_id=\? AND utc_day=\?|by_source/);
  }
  db.close();
});
