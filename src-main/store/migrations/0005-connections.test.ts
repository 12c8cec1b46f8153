import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { tempDir } from '../../testing/temp-dir.ts';
import { ledgerPath, openLedger } from '../open.ts';
import { ledger } from './0001-ledger.ts';
import { facets } from './0002-facets.ts';
import { coarseRollups } from './0003-coarse-rollups.ts';

const clock = { now: () => Date.UTC(2026, 10, 28) };

/** One source with one import, as they stood before connections. */
function ledgerBefore(path: string): void {
  const db = new Database(path);
  for (const step of [ledger, facets, coarseRollups]) step.up(db);
  db.pragma('user_version = 3');
  db.exec(`INSERT INTO accounts (id, name, kind, provider, assumed, created_at) VALUES (7, 'OpenAI API', 'api', 'openai', 0, 1);
    INSERT INTO sources (id, importer, label, vendor, kind, account_id, evidence, coverage, usage_rank, cut, last_read_at)
      VALUES (3, 'openai-cost', 'OpenAI cost', 'openai', 'table', 7, 0, 'account', 3, 'by item', 42);
    INSERT INTO imports (id, kind, importer, importer_label, source_id, file_name, at, accepted, cost_nano_usd, first_record, last_record)
      VALUES (5, 'file', 'openai-cost', 'OpenAI cost', 3, 'cost.csv', 40, 2, 900, 1, 2);
    INSERT INTO observations (record_id, import_id, source_id, file_id) VALUES (1, 5, 3, 0);`);
  db.close();
}

test('sources and imports stay what they were, with their references, and may be of the new kinds', () => {
  using dir = tempDir();
  ledgerBefore(ledgerPath(dir.path));
  const db = openLedger(dir.path, clock);
  const one = (sql: string): unknown => db.prepare(sql).raw().get();
  expect(one('SELECT kind, label, vendor, account_id, cut, last_read_at FROM sources WHERE id = 3')).toEqual([
    ...['table', 'OpenAI cost', 'openai', 7, 'by item', 42],
  ]);
  expect(
    one('SELECT kind, source_id, cost_nano_usd, first_record, last_record FROM imports WHERE id = 5'),
  ).toEqual([...['file', 3, 900, 1, 2]]);
  db.exec("UPDATE sources SET kind = 'sync' WHERE id = 3; UPDATE imports SET kind = 'calls' WHERE id = 5");
  // References hold again once the step is over.
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(() => db.exec('DELETE FROM sources WHERE id = 3')).toThrow(/FOREIGN KEY/);
  expect(() => db.exec("UPDATE sources SET kind = 'other'")).toThrow(/CHECK/);
  db.close();
});

test('a step that would leave a row without what it refers to is refused as a whole', () => {
  using dir = tempDir();
  const path = ledgerPath(dir.path);
  ledgerBefore(path);
  const before = new Database(path);
  before.pragma('foreign_keys = OFF');
  before.exec('UPDATE imports SET source_id = 99');
  before.close();
  expect(() => openLedger(dir.path, clock)).toThrow(/refer/);
  const after = new Database(path, { readonly: true });
  expect(after.pragma('user_version', { simple: true })).toBe(3);
  after.close();
});
