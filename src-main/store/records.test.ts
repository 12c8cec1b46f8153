import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tempDir } from '../testing/temp-dir.ts';
import { inTransaction } from './database.ts';
import { createFacets } from './facets.ts';
import { openLedger } from './open.ts';
import { damagedRecords, type RecordRow, recordTable } from './records.ts';
import { insertSource } from './sources.ts';

const clock = { now: () => 0 };
const nothing: RecordRow = {
  ...{
    key_a: 1,
    key_b: 2,
    import_id: 1,
    facet_id: 1,
    file_id: 0,
    line: null,
    at: 0,
    session_id: 0,
    requests: 0,
  },
  ...{ input: 0, cache_read: 0, cache_write_5m: 0, cache_write_1h: 0, cache_write_unknown: 0, output: 0 },
  ...{ reasoning: 0, cost_nano_usd: null, amount: null, precedence: 0, vendor_call_id: null, extras: null },
};

/** A ledger with one facet, which all records share. */
function openTable(dir: string) {
  const db = openLedger(dir, clock);
  db.exec(
    `INSERT INTO accounts (id, name, kind, provider, assumed, created_at) VALUES (1, 'A', 'api', 'p', 0, 0)`,
  );
  const source = {
    importer: 'i',
    label: 'l',
    vendor: 'v',
    kind: 'table',
    account_id: 1,
    evidence: 0,
  } as const;
  const sourceId = insertSource(db, { ...source, coverage: 'account', usage_rank: 0, cut: '', sample: 0 });
  createFacets(db).of({
    ...{ source_id: sourceId, provider_id: 1, model_id: 0, model_raw_id: 0, project_id: 0, grain: 0 },
    ...{
      cost_state: 0,
      price_version_id: 0,
      evidence: 0,
      charge: 0,
      currency: '',
      status: '',
      price_facts: '',
    },
  });
  return { db, records: recordTable(db) };
}

const count = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2 ** 53 - 1 }));
const text = fc.oneof(fc.constant(null), fc.string());
const row: fc.Arbitrary<RecordRow> = fc.record({
  key_a: fc.integer({ min: 0, max: 12 }),
  key_b: fc.integer({ min: 0, max: 12 }),
  import_id: fc.constantFrom(1, 1, 1, 1, 1, 1, 2),
  facet_id: fc.constant(1),
  file_id: fc.constantFrom(0, 0, 7),
  line: fc.option(fc.integer({ min: 1, max: 1e9 })),
  at: fc.integer({ min: -1e12, max: 2e12 }),
  ...{ session_id: count, requests: count, input: count, cache_read: count, cache_write_5m: count },
  ...{ cache_write_1h: count, cache_write_unknown: count, output: count, reasoning: count },
  cost_nano_usd: fc.option(fc.integer({ min: -(2 ** 53), max: 2 ** 53 })),
  ...{ amount: text, precedence: fc.integer(), vendor_call_id: text, extras: text },
});
const names = Object.keys(nothing) as (keyof RecordRow)[];

test('every row is stored as it is, whatever it leaves out, and known ones are left alone and named', () => {
  fc.assert(
    fc.property(fc.array(fc.array(row, { maxLength: 130 }), { maxLength: 3 }), (batches) => {
      using dir = tempDir();
      const { db, records } = openTable(dir.path);
      const expected: RecordRow[] = [];
      const seen = new Set<string>();
      for (const batch of batches) {
        const known = inTransaction(db, () => records.insert(batch));
        const taken = batch.filter((_, i) => !known.includes(i));
        for (const one of batch.filter((_, i) => known.includes(i)))
          expect(seen.has(`${one.key_a}|${one.key_b}`) || taken.some((t) => t.key_a === one.key_a)).toBe(
            true,
          );
        for (const one of taken) {
          expect(seen.has(`${one.key_a}|${one.key_b}`)).toBe(false);
          seen.add(`${one.key_a}|${one.key_b}`);
        }
        expected.push(...taken);
      }
      const stored = db.prepare(`SELECT ${names.join()} FROM records ORDER BY id`).all();
      expect(stored).toEqual(expected.map((one) => ({ ...one })));
      // The hash written with a row is that of its columns one after the other, by which damage is found.
      expect(damagedRecords(db)).toEqual({ records: expected.length, damaged: [] });
      db.close();
    }),
    { numRuns: 25 },
  );
});

test('a column that turned into another type is damage, also where both read as nothing', () => {
  using dir = tempDir();
  const { db, records } = openTable(dir.path);
  records.insert([nothing, { ...nothing, key_a: 2 }]);
  db.exec(`CREATE TABLE loose AS SELECT * FROM records; UPDATE loose SET input = 'x' WHERE id = 2;`);
  db.exec('DROP VIEW record_rows; DROP TABLE records; ALTER TABLE loose RENAME TO records');
  expect(damagedRecords(db).damaged).toEqual([2]);
  db.close();
});

test('only the first rows are inserted where a count is told', () => {
  using dir = tempDir();
  const { db, records } = openTable(dir.path);
  const rows = Array.from({ length: 100 }, (_, i) => ({ ...nothing, key_a: i }));
  expect(records.insert(rows, 90)).toEqual([]);
  expect(db.prepare('SELECT count(*) FROM records').pluck().get()).toBe(90);
  expect(records.insert(rows)).toEqual(Array.from({ length: 90 }, (_, i) => i));
  db.close();
});
